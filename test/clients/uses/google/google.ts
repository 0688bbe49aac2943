/** Everything that is done with `@google/genai`. */

import type { Client } from '../../use.ts'
import { failingUses } from './failing.ts'
import { generateUses } from './generate.ts'

export const googleClient: Client = {
  name: '@google/genai',
  packages: ['@google/genai'],
  ways: ['fetch option', 'wrap', 'patchFetch'],
  uses: [...generateUses, ...failingUses],
}
