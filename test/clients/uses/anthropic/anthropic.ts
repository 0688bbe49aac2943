/** Everything that is done with `@anthropic-ai/sdk`. */

import type { Client } from '../../use.ts'
import { helperUses } from './helpers.ts'
import { itselfUses } from './itself.ts'
import { messagesUses } from './messages.ts'

export const anthropicClient: Client = {
  name: '@anthropic-ai/sdk',
  packages: ['@anthropic-ai/sdk'],
  ways: ['fetch option', 'wrap'],
  uses: [...messagesUses, ...helperUses, ...itselfUses],
}
