/**
 * The collector on Cloudflare Workers, and in workerd on this machine.
 *
 * @module
 */

import { env } from 'cloudflare:workers'
import type { Failure } from './api/report.ts'
import { collector, type Limits } from './app.ts'
import { byAccess } from './auth/cloudflare-access.ts'
import { durableDirectory } from './auth/directory-object.ts'
import { thisMachine } from './auth/local.ts'
import { LOCAL_PROJECT, withLocalKey } from './auth/local-key.ts'
import { byPassword } from './auth/password-login.ts'
import type { People } from './auth/people.ts'
import { removalFrom } from './auth/removal.ts'
import { site } from './dashboard/site.tsx'
import { upkeep } from './operations/upkeep.ts'
import { priceOf } from './price/price.ts'
import { PRICES } from './price/prices.ts'
import { durableStore } from './store/durable/durable.ts'
import { ProjectObject } from './store/durable/project.ts'

export { Directory } from './auth/directory-object.ts'

/** One for each project. */
export class Project extends ProjectObject {
  constructor(context: DurableObjectState, bindings: Cloudflare.Env) {
    super(context, bindings, { price: priceOf, prices: PRICES })
  }
}

const directory = withLocalKey(durableDirectory(env.DIRECTORY), env.CARROT_LOCAL_KEY)

const store = durableStore(env.PROJECT)

const app = collector({
  store,
  directory,
  people: people(),
  pages: site,
  limits: {
    ...limit('ingestPerMinute', 'CARROT_INGEST_PER_MINUTE'),
    ...limit('bodySeconds', 'CARROT_BODY_SECONDS'),
  },
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
      tend: false,
      onError: (error) =>
        report({ event: 'upkeep failed', cause: error instanceof Error ? error.name : 'unknown' }),
      nowUs: Date.now() * 1000,
    }),
} satisfies ExportedHandler<Cloudflare.Env>

function report(failure: Failure): void {
  // oxlint-disable-next-line no-console -- the log of a Worker
  console.error(JSON.stringify({ level: 'error', ...failure }))
}

/** Access, once anything of it is set: half of it lets nobody in, and a password nobody around it. */
function people(): People {
  const { CARROT_LOCAL, CARROT_ACCESS_TEAM, CARROT_ACCESS_AUDIENCE, CARROT_PASSWORD } = env
  if (CARROT_LOCAL === 'true') return thisMachine(LOCAL_PROJECT)
  if (CARROT_ACCESS_TEAM || CARROT_ACCESS_AUDIENCE) {
    return byAccess({ team: CARROT_ACCESS_TEAM ?? '', audience: CARROT_ACCESS_AUDIENCE ?? '' })
  }
  return byPassword({
    secret: CARROT_PASSWORD,
    directory,
    addressOf: (context) => context.req.header('cf-connecting-ip'), // set by Cloudflare, whatever is sent
  })
}

/** A limit that is set; one that is no number stops the deployment, rather than being another. */
function limit(
  name: keyof Limits,
  variable: 'CARROT_INGEST_PER_MINUTE' | 'CARROT_BODY_SECONDS',
): Partial<Limits> {
  const text = env[variable]
  if (!text) return {}
  const value = Number(text)
  if (value > 0 && value < Infinity) return { [name]: value }
  throw new Error(`${variable} has to be a number above 0; found "${text}"`)
}
