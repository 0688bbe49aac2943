/** Everything that is done with any client that Stainless made. */

import type { Use } from '../../use.ts'
import type { Stainless, StainlessClient } from './client.ts'
import { itselfUses } from './itself.ts'
import { requestUses } from './requests.ts'
import { streamUses } from './streams.ts'

export function stainlessUses<Client extends StainlessClient>(of: Stainless<Client>): Use[] {
  return [...requestUses(of), ...streamUses(of), ...itselfUses(of)]
}
