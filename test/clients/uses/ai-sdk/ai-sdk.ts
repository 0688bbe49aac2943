/** Everything that is done with the AI SDK. */

import { embed, embedMany, generateImage, generateSpeech, transcribe } from 'ai'
import { call, type Client, type Use } from '../../use.ts'
import { EMBEDDINGS, openai, PROVIDERS } from './providers.ts'
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

const mediaUses: readonly Use[] = [
  {
    name: 'openai: generateImage',
    calls: [call('openai.images')],
    async run(link) {
      const model = openai(link).image('gpt-image-1')
      const { image, usage } = await generateImage({ model, prompt: 'A carrot' })
      return { image: image.base64, usage }
    },
  },
  {
    name: 'openai: generateSpeech',
    calls: [call('openai.speech', { tokens: false })],
    async run(link) {
      const model = openai(link).speech('tts-1')
      const { audio } = await generateSpeech({ model, text: 'Hello' })
      return { audio: audio.base64, type: audio.mediaType }
    },
  },
  {
    name: 'openai: transcribe',
    calls: [call('openai.transcription')],
    async run(link) {
      const model = openai(link).transcription('gpt-4o-transcribe')
      const { text, language } = await transcribe({ model, audio: new Uint8Array([1, 2, 3, 250]) })
      return { text, language }
    },
  },
]

export const aiSdkClient: Client = {
  name: 'ai',
  packages: ['ai', '@ai-sdk/openai', '@ai-sdk/anthropic', '@ai-sdk/google'],
  ways: ['fetch option', 'wrap', 'patchFetch'],
  uses: [...PROVIDERS.flatMap(textUses), ...embeddingUses, ...mediaUses],
}
