/**
 * What runtimes have beside the Web platform. Each may be missing, and is asked for before use.
 *
 * @module
 */

import type { AsyncStorage } from './async-context.ts'

/** Where Node keeps what sends its requests. */
export const UNDICI: unique symbol = Symbol.for('undici.globalDispatcher.1')
export type Dispatch = (options: object, handler: unknown) => unknown

interface BeyondTheWeb {
  /** Node, Bun, Deno; Workers with Node compatibility. */
  process?: {
    env?: Record<string, string | undefined>
    getBuiltinModule?: (name: string) => unknown
    on?: (event: 'beforeExit', listener: () => void) => unknown
    off?: (event: 'beforeExit', listener: () => void) => unknown
  }
  [UNDICI]?: { dispatch: Dispatch }
  AsyncLocalStorage?: new () => AsyncStorage
  Deno?: unknown
  /** workerd alone has it, with every date and flag. */
  WebSocketPair?: unknown
}

export const globals: typeof globalThis & BeyondTheWeb = globalThis
