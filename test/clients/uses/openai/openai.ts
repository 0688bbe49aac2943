/** Everything that is done with `openai`. */

import type { Client } from '../../use.ts'
import { abortUses } from './abort.ts'
import { chatUses } from './chat.ts'
import { helperUses } from './helpers.ts'
import { itselfUses } from './itself.ts'
import { otherUses } from './other.ts'
import { responsesUses } from './responses.ts'
import { streamUses } from './stream.ts'

export const openaiClient: Client = {
  name: 'openai',
  packages: ['openai'],
  ways: ['fetch option', 'wrap'],
  uses: [
    ...chatUses,
    ...streamUses,
    ...abortUses,
    ...helperUses,
    ...responsesUses,
    ...otherUses,
    ...itselfUses,
  ],
}
