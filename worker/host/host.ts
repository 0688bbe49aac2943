/**
 * The collector on a folder of SQLite files, on Node, Bun and Deno.
 *
 * @module
 */

import { join } from 'node:path'
import { Hono } from 'hono'
import { causeOf, type Report } from '../api/report.ts'
import { collector } from '../app.ts'
import { configuredPeople, type PeopleVariables } from '../auth/configured.ts'
import { type Directory, directory } from '../auth/directory.ts'
import { thisMachine } from '../auth/local.ts'
import { LOCAL_PROJECT, withLocalKey } from '../auth/local-key.ts'
import { site } from '../dashboard/site.tsx'
import { type LimitVariables, readLimits } from '../limits.ts'
import { liveStore } from '../live/events.ts'
import { nodeDriver } from '../node/node-driver.ts'
import { DIRECTORY_FILE } from '../node/project-file.ts'
import { projectFiles } from '../node/project-files.ts'
import type { RequestLine } from '../operations/watched-requests.ts'
import { upkeep } from '../operations/upkeep.ts'
import { pricing } from '../price/price.ts'
import { PRICES } from '../price/prices.ts'
import { addressOf, asSeenFrom } from './address.ts'
import { assets } from './assets.ts'
import { listen } from './listen.ts'

export interface HostOptions {
  folder: string
  host: string
  port: number
  /** A key to everything on this machine, where nobody has to log in. Absent: people log in. */
  localKey?: string
  /** How people get in, and limits, as they are set in the environment. */
  variables?: PeopleVariables & LimitVariables
  /** Where people see it, if something stands in front. */
  origin?: string
  /** Whether what stands in front says truly who asks. */
  trustProxy?: boolean
  /** Of one project. */
  maxBytes?: number
  report: Report
  log?: (line: RequestLine) => void
}

export interface Host {
  port: number
  directory: Directory
  /** Lets requests come to their end, and closes the files. */
  stop(): Promise<void>
}

const UPKEEP_MS = 10 * 60_000

export async function startHost(options: HostOptions): Promise<Host> {
  const { folder, host, port, localKey, variables = {}, origin, report } = options
  const limits = readLimits(variables)
  const onError = (error: unknown) => report({ event: 'upkeep failed', cause: causeOf(error) })
  const store = projectFiles({
    folder,
    price: pricing,
    prices: PRICES,
    onError,
    ...(options.maxBytes !== undefined && { maxBytes: options.maxBytes }),
  })
  const book = nodeDriver(join(folder, DIRECTORY_FILE))
  const known = withLocalKey(directory(book), localKey)
  const removeData = async (project: string) => {
    await store.removeFile(project)
    return false
  }
  const news = liveStore(store)
  const address = addressOf(options.trustProxy ?? false)
  const people =
    localKey === undefined
      ? configuredPeople(variables, { directory: known, addressOf: address })
      : thisMachine(LOCAL_PROJECT, address)
  const app = new Hono()
  app.route('/', await assets())
  app.route(
    '/',
    collector({
      store: news.store,
      live: news.live,
      directory: known,
      removeData,
      people,
      pages: site,
      limits,
      report,
      ...(options.log && { log: options.log }),
    }),
  )
  const listening = await listen({
    host,
    port,
    fetch: (request, connection) => app.fetch(asSeenFrom(request, origin), { ...connection }),
  })
  const keepUp = () =>
    upkeep({ store, directory: known, removeData, tend: false, onError, nowUs: Date.now() * 1000 })
  const timer = setInterval(() => void keepUp().catch(onError), UPKEEP_MS)

  return {
    port: listening.port,
    directory: known,
    async stop() {
      clearInterval(timer)
      const stopped = listening.stop()
      news.hangUp()
      await stopped
      await store.close()
      book[Symbol.dispose]()
    },
  }
}
