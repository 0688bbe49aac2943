/**
 * What runtimes have beside the Web platform. Each may be missing, and is asked for before use.
 *
 * @module
 */

import type { AsyncStorage } from './async-context.ts'

/** Where Node keeps what sends its requests. */
export const UNDICI: unique symbol = Symbol.for('undici.globalDispatcher.1')
export type Dispatch = (options: object, handler: unknown) => unknown

/** Of Node, Bun and Deno; of Workers with Node compatibility, which have less of it. */
export interface Process {
  pid: number
  stdout?: { isTTY?: boolean }
  version?: string
  env?: Record<string, string | undefined>
  getBuiltinModule?: (name: string) => unknown
  on?(event: string, listener: () => void): unknown
  prependListener?(event: string, listener: () => void): unknown
  off?(event: string, listener: () => void): unknown
  listenerCount?(event: string): number
  kill?(pid: number, signal: string): unknown
}

interface BeyondTheWeb {
  process?: Process
  [UNDICI]?: { dispatch: Dispatch }
  AsyncLocalStorage?: new () => AsyncStorage
  Bun?: unknown
  Deno?: unknown
  /** workerd alone has it, with every date and flag. */
  WebSocketPair?: unknown
  Netlify?: { context?: unknown }
  /** Of Supabase an object; Vercel's is a text. */
  EdgeRuntime?: unknown
  /** Not in Node before 21. */
  navigator?: { userAgent?: string }
  /** Not in workers of any kind. */
  document?: Document
}

export const globals: Omit<typeof globalThis, keyof BeyondTheWeb> & BeyondTheWeb = globalThis
