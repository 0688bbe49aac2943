/** Stores on one engine, for tests of what the contract cannot see. */

import { describe, expect, it } from 'vitest'
import {
  clickhouseStore,
  type ClickhouseOptions,
} from '../../worker/store/clickhouse/clickhouse.ts'
import type { Store } from '../../worker/store/store.ts'
import { type Clickhouse, IS_SUPPORTED, PASSWORD } from '../support/clickhouse.ts'

/** Without waiting for others: statements run one after another here. */
export const AT_ONCE = { async_insert: 0 }

export function storeOn(
  server: Pick<Clickhouse, 'url'>,
  options: Partial<ClickhouseOptions> = {},
): Store {
  return clickhouseStore({ url: server.url, password: PASSWORD, settings: AT_ONCE, ...options })
}

/** Tests on the engine; where there is none for this machine, that is what is shown. */
export function describeOnEngine(name: string, tests: () => void): void {
  const none = (): void =>
    it(`cannot be tested on ${process.platform} ${process.arch}`, () => {
      expect(IS_SUPPORTED).toBe(false)
    })
  describe(name, IS_SUPPORTED ? tests : none)
}

export function newProject(): string {
  return `test-${crypto.randomUUID()}`
}

/** What was sent: the text of a statement, its fields, and the data that goes with it. */
export interface Sent {
  text: string
  fields: Map<string, string>
  data: string
}

export function sentOf(url: RequestInfo | URL, init: RequestInit | undefined): Sent {
  const { body } = init ?? {}
  const form =
    body instanceof FormData ? [...body].map(([name, value]) => [name, String(value)]) : []
  const address = [...new URL(String(url)).searchParams]
  const fields = new Map([...address, ...form].map(([name = '', value = '']) => [name, value]))
  return { text: fields.get('query') ?? '', fields, data: typeof body === 'string' ? body : '' }
}
