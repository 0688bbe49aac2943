/**
 * Clients of other major versions, and those that wrappers give.
 *
 * @module
 */

import type OpenAI from 'openai'

/** What the scenarios do with a client is the same in all of them; their types are not. */
export function like(client: object): OpenAI {
  return client as OpenAI
}
