/**
 * The collector on Cloudflare Workers, and in workerd on this machine.
 *
 * @module
 */

import { env, waitUntil } from 'cloudflare:workers'
import { causeOf, type Failure } from './api/report.ts'
import { collector } from './app.ts'
import { configuredPeople } from './auth/configured.ts'
import { durableDirectory } from './auth/directory-object.ts'
import { thisMachine } from './auth/local.ts'
import { LOCAL_PROJECT, withLocalKey } from './auth/local-key.ts'
import { removalFrom } from './auth/removal.ts'
import { site } from './dashboard/site.tsx'
import { readLimits } from './limits.ts'
import { upkeep } from './operations/upkeep.ts'
import { pricing } from './price/price.ts'
import { PRICES } from './price/prices.ts'
import { clickhouseStore } from './store/clickhouse/clickhouse.ts'
import { d1Store } from './store/d1/d1.ts'
import { durableLive } from './store/durable/durable-live.ts'
import { durableStore } from './store/durable/durable.ts'
import { ProjectObject } from './store/durable/project.ts'
import type { Store } from './store/store.ts'

export { Directory } from './auth/directory-object.ts'

const prices = { price: pricing, prices: PRICES }

/** One for each project. */
export class Project extends ProjectObject {
  constructor(context: DurableObjectState, bindings: Cloudflare.Env) {
    super(context, bindings, prices)
  }
}

const directory = withLocalKey(durableDirectory(env.DIRECTORY), env.CARROT_LOCAL_KEY)

const { store, tendsItself } = chosenStore()

const app = collector({
  store,
  // An object hears of what it writes itself.
  ...(!env.DATABASE && { live: durableLive(env.PROJECT) }),
  directory,
  people:
    env.CARROT_LOCAL === 'true'
      ? thisMachine(LOCAL_PROJECT)
      : configuredPeople(env, {
          directory,
          // Set by Cloudflare, whatever was sent.
          addressOf: (context) => context.req.header('cf-connecting-ip'),
        }),
  pages: site,
  limits: readLimits(env),
  report,
  ...(env.CARROT_LOG === 'requests' && {
    // oxlint-disable-next-line no-console -- the log of a Worker
    log: (line) => console.log(JSON.stringify({ level: 'info', ...line })),
  }),
})

export default {
  fetch: app.fetch,
  scheduled: () =>
    upkeep({
      store,
      directory,
      removeData: removalFrom(store),
      tend: !tendsItself,
      onError: (error) => report({ event: 'upkeep failed', cause: causeOf(error) }),
      nowUs: Date.now() * 1000,
    }),
} satisfies ExportedHandler<Cloudflare.Env>

/** An object for each project, unless another engine is named. */
function chosenStore(): { store: Store; tendsItself: boolean } {
  const { DATABASE, CLICKHOUSE_URL, CLICKHOUSE_DATABASE, CLICKHOUSE_USER, CLICKHOUSE_PASSWORD } =
    env
  if (CLICKHOUSE_URL) {
    const store = clickhouseStore({
      ...prices,
      url: CLICKHOUSE_URL,
      ...(CLICKHOUSE_DATABASE && { database: CLICKHOUSE_DATABASE }),
      ...(CLICKHOUSE_USER && { user: CLICKHOUSE_USER }),
      ...(CLICKHOUSE_PASSWORD && { password: CLICKHOUSE_PASSWORD }),
    })
    return { store, tendsItself: false }
  }
  if (DATABASE) {
    return { store: d1Store(DATABASE, { ...prices, later: waitUntil }), tendsItself: false }
  }
  return { store: durableStore(env.PROJECT), tendsItself: true }
}

function report(failure: Failure): void {
  // oxlint-disable-next-line no-console -- the log of a Worker
  console.error(JSON.stringify({ level: 'error', ...failure }))
}
