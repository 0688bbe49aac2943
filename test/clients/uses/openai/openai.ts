/** Everything that is done with `openai`. */

import OpenAI, { APIPromise } from 'openai'
import type { Client } from '../../use.ts'
import { stainlessUses } from '../stainless/stainless.ts'
import { chatUses } from './chat.ts'
import { chat, chatCall, counted, openai, uncounted } from './client.ts'
import { helperUses } from './helpers.ts'
import { itselfUses } from './itself.ts'
import { otherUses } from './other.ts'
import { responsesUses } from './responses.ts'
import { retryUses } from './retries.ts'

const sharedUses = stainlessUses({
  client: openai,
  create: ({ chat: { completions } }, options, model = chat.model) =>
    completions.create({ ...chat, model }, options),
  stream: ({ chat: { completions } }, options) => completions.create(counted, options),
  path: '/chat/completions',
  body: chat,
  classes: {
    client: OpenAI,
    promise: APIPromise,
    refused: OpenAI.AuthenticationError,
    error: OpenAI.APIError,
  },
  calls: { answered: chatCall, unanswered: uncounted, left: uncounted },
  events: { sent: 3, given: 3 },
})

export const openaiClient: Client = {
  name: 'openai',
  packages: ['openai'],
  ways: ['fetch option', 'wrap'],
  uses: [
    ...sharedUses,
    ...chatUses,
    ...retryUses,
    ...helperUses,
    ...responsesUses,
    ...otherUses,
    ...itselfUses,
  ],
}
