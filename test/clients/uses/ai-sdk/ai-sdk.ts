/** Everything that is done with the AI SDK. */

import { embed, embedMany } from 'ai'
import { call, type Client, type Use } from '../../use.ts'
import { EMBEDDINGS, PROVIDERS } from './providers.ts'
import { textUses } from './text.ts'

const embeddingUses = EMBEDDINGS.flatMap(({ name, format, tokens, model }): Use[] => [
  {
    name: `${name}: embed`,
    calls: [call(format, { tokens })],
    async run(link) {
      const { embedding, usage } = await embed({ model: model(link), value: 'one' })
      return { embedding, usage }
    },
  },
  {
    name: `${name}: embedMany`,
    calls: [call(format, { tokens })],
    async run(link) {
      const { embeddings, usage } = await embedMany({ model: model(link), values: ['one', 'two'] })
      return { embeddings, usage }
    },
  },
])

export const aiSdkClient: Client = {
  name: 'ai',
  packages: ['ai', '@ai-sdk/openai', '@ai-sdk/anthropic', '@ai-sdk/google'],
  ways: ['fetch option', 'patchFetch'],
  uses: [...PROVIDERS.flatMap(textUses), ...embeddingUses],
}
