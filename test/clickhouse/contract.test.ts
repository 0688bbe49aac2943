import { afterAll, beforeAll } from 'vitest'
import { clickhouseStore } from '../../worker/store/clickhouse/clickhouse.ts'
import type { Store } from '../../worker/store/store.ts'
import { storeContract } from '../store/contract.ts'
import { type Clickhouse, PASSWORD, startClickhouse } from '../support/clickhouse.ts'

let server: Clickhouse
let store: Store
beforeAll(async () => {
  server = await startClickhouse()
  store = clickhouseStore({ url: server.url, password: PASSWORD, settings: { async_insert: 0 } })
})
afterAll(() => server[Symbol.asyncDispose]())

storeContract('ClickHouse', () => store, 5)
