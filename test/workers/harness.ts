/**
 * Workers of the folder `applications`, in workerd, and a collector for what they record.
 *
 * @module
 */

import { fileURLToPath } from 'node:url'
import { inject } from 'vitest'
import { createTestHarness, type TestHarness } from 'wrangler'
import type { IngestRecord } from '../../src/lib/ingest.ts'
import { collectorStub, type CollectorStub } from '../support/collector-stub.ts'
import { newest, paths } from './tree.ts'

process.env.CLOUDFLARE_CF_FETCH_ENABLED = 'false'
process.env.WRANGLER_SEND_METRICS = 'false'
process.env.WRANGLER_LOG = 'none'

export interface Runtime {
  date: string
  flags: string[]
  /** Whether it carries context across `await`. */
  ambient: boolean
}

export const RUNTIMES: Runtime[] = [
  { date: '2024-09-01', flags: [], ambient: false },
  { date: '2024-09-01', flags: ['nodejs_als'], ambient: true },
  { date: '2026-10-01', flags: [], ambient: true },
]

type Config = Extract<
  NonNullable<Parameters<typeof createTestHarness>[0]>['workers'][number],
  { config: unknown }
>['config']

export interface Application {
  harness: TestHarness
  collector: CollectorStub
  url: URL
  /** What was recorded since the last time, once spans with all of these names have ended. */
  recorded(...names: string[]): Promise<Recorded>
  close(): Promise<void>
}

export interface Recorded {
  records: IngestRecord[]
  paths: string[]
  requests: number
}

/** @param beside Other applications, each a Worker of its own. */
export async function startApplication(
  name: string,
  { date, flags }: Omit<Runtime, 'ambient'>,
  config: Config = {},
  beside: readonly string[] = [],
): Promise<Application> {
  const collector = await collectorStub()
  const worker = (application: string, own: Config) => ({
    config: {
      name: application,
      main: fileURLToPath(new URL(`applications/${application}.ts`, import.meta.url)),
      compatibility_date: date,
      compatibility_flags: flags,
      ...own,
      vars: {
        MODELS: inject('baseUrl'),
        CARROT_API_KEY: 'sk-test',
        CARROT_BASE_URL: collector.url,
        ...own.vars,
      },
    },
  })
  const workers = [worker(name, config), ...beside.map((other) => worker(other, {}))]
  const harness = createTestHarness({ workers })
  const { url } = await harness.listen()
  let seen = 0
  return {
    harness,
    collector,
    url,
    async recorded(...names) {
      const since = seen
      const areAll = (requests: IngestRecord[][]) => {
        const ended = newest(requests.slice(since)).filter(({ status }) => status !== 'running')
        const left = names.filter((name) => {
          const at = ended.findIndex((record) => record.name === name)
          return ended.splice(at, at < 0 ? 0 : 1).length === 0
        })
        return left.length === 0
      }
      await collector.until(areAll)
      seen = collector.requests.length
      const records = newest(collector.requests.slice(since))
      return { records, paths: paths(records), requests: seen - since }
    },
    async close() {
      await harness.close()
      await collector.close()
    },
  }
}
