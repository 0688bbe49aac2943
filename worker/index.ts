/**
 * The collector on Cloudflare Workers, and in workerd on this machine.
 *
 * @module
 */

import { env } from 'cloudflare:workers'
import { collector } from './app.ts'
import { directoryKeys, LOCAL_PROJECT } from './auth/directory-object.ts'
import { dashboard } from './dashboard/dashboard.tsx'
import { priceOf } from './price/price.ts'
import { PRICES } from './price/prices.ts'
import { durableLive } from './store/durable/durable-live.ts'
import { durableStore } from './store/durable/durable.ts'
import { ProjectObject } from './store/durable/project.ts'

export { Directory } from './auth/directory-object.ts'

/** One for each project. */
export class Project extends ProjectObject {
  constructor(context: DurableObjectState, bindings: Cloudflare.Env) {
    super(context, bindings, { price: priceOf, prices: PRICES })
  }
}

export default collector({
  store: durableStore(env.PROJECT),
  live: durableLive(env.PROJECT),
  keys: directoryKeys(env.DIRECTORY, env.CARROT_LOCAL_KEY),
  ...(env.CARROT_LOCAL === 'true' && { local: LOCAL_PROJECT }),
  pages: dashboard,
  // oxlint-disable-next-line no-console -- the log of a Worker
  report: (failure) => console.error(JSON.stringify(failure)),
})
