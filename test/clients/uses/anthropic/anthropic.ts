/** Everything that is done with `@anthropic-ai/sdk`. */

import Anthropic, { APIPromise } from '@anthropic-ai/sdk'
import type { Client } from '../../use.ts'
import { stainlessUses } from '../stainless/stainless.ts'
import { anthropic, messagesCall, request, streamed, uncounted } from './client.ts'
import { helperUses } from './helpers.ts'
import { messagesUses } from './messages.ts'

const sharedUses = stainlessUses({
  client: anthropic,
  create: ({ messages }, options, model = request.model) =>
    messages.create({ ...request, model }, options),
  stream: ({ messages }, options) => messages.create(streamed, options),
  path: '/v1/messages',
  body: request,
  classes: {
    client: Anthropic,
    promise: APIPromise,
    refused: Anthropic.AuthenticationError,
    error: Anthropic.APIError,
  },
  calls: { answered: messagesCall, unanswered: uncounted, left: messagesCall },
  events: { sent: 5, given: 4 }, // one of them is a ping, which is for the client alone
})

export const anthropicClient: Client = {
  name: '@anthropic-ai/sdk',
  packages: ['@anthropic-ai/sdk'],
  ways: ['fetch option', 'wrap'],
  uses: [...sharedUses, ...messagesUses, ...helperUses],
}
