/**
 * The collector on Cloudflare Workers, and in workerd on this machine.
 *
 * @module
 */

import { env } from 'cloudflare:workers'
import { collector } from './app.ts'
import { byAccess } from './auth/cloudflare-access.ts'
import { durableDirectory } from './auth/directory-object.ts'
import { thisMachine } from './auth/local.ts'
import { LOCAL_PROJECT, withLocalKey } from './auth/local-key.ts'
import { byPassword } from './auth/password-login.ts'
import type { People } from './auth/people.ts'
import { site } from './dashboard/site.tsx'
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
const perMinute = Number(env.CARROT_INGEST_PER_MINUTE)

export default collector({
  store: durableStore(env.PROJECT),
  directory,
  people: people(),
  pages: site,
  limits: perMinute > 0 ? { ingestPerMinute: perMinute } : {},
  // oxlint-disable-next-line no-console -- the log of a Worker
  report: (failure) => console.error(JSON.stringify({ level: 'error', ...failure })),
  ...(env.CARROT_LOG === 'requests' && {
    // oxlint-disable-next-line no-console -- the log of a Worker
    log: (line) => console.log(JSON.stringify({ level: 'info', ...line })),
  }),
})

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
