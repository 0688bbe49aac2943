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
import { d1Store } from './store/d1/d1.ts'
import { durableLive } from './store/durable/durable-live.ts'
import { durableStore } from './store/durable/durable.ts'
import { ProjectObject } from './store/durable/project.ts'

export { Directory } from './auth/directory-object.ts'

const prices = { price: pricing, prices: PRICES }

/** One for each project. */
export class Project extends ProjectObject {
  constructor(context: DurableObjectState, bindings: Cloudflare.Env) {
    super(context, bindings, prices)
  }
}

const directory = withLocalKey(durableDirectory(env.DIRECTORY), env.CARROT_LOCAL_KEY)

const store = env.DATABASE
  ? d1Store(env.DATABASE, { ...prices, later: waitUntil })
  : durableStore(env.PROJECT)

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
      tend: env.DATABASE !== undefined, // objects do it by themselves
      onError: (error) => report({ event: 'upkeep failed', cause: causeOf(error) }),
      nowUs: Date.now() * 1000,
    }),
} satisfies ExportedHandler<Cloudflare.Env>

function report(failure: Failure): void {
  // oxlint-disable-next-line no-console -- the log of a Worker
  console.error(JSON.stringify({ level: 'error', ...failure }))
}
