/**
 * Any client that Stainless made, as an object: its copies, its addresses, its classes.
 *
 * @module
 */

import { thrown } from '../../seen.ts'
import type { Use } from '../../use.ts'
import type { Stainless, StainlessClient } from './client.ts'

export function itselfUses<Client extends StainlessClient>({
  client,
  create,
  path,
  classes,
  calls: { answered, unanswered },
}: Stainless<Client>): Use[] {
  return [
    {
      name: 'withOptions',
      calls: [answered, unanswered],
      async run(link) {
        const own = client(link)
        const copy = own.withOptions({ defaultHeaders: { 'x-team': 'support' }, maxRetries: 1 })
        const wrong = copy.withOptions({ apiKey: 'sk-wrong' })
        return {
          reply: await create(copy),
          refused: await thrown(create(wrong)),
          retries: [own.maxRetries, copy.maxRetries, wrong.maxRetries],
          sameClass: copy.constructor === own.constructor,
        }
      },
    },
    {
      name: 'buildURL',
      calls: [],
      run: async (link) => client(link).buildURL(path, { trace: 'a b' }),
    },
    {
      name: 'instanceof',
      calls: [unanswered],
      async run(link) {
        const own = client(link, 'well', { apiKey: 'sk-wrong' })
        const promise = create(own)
        const error: unknown = await promise.catch((caught: unknown) => caught)
        return {
          client: own instanceof classes.client,
          promise: promise instanceof classes.promise,
          error: error instanceof classes.refused && error instanceof classes.error,
        }
      },
    },
  ]
}
