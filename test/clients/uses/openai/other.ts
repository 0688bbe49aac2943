/**
 * What `openai` does beside text: vectors, pictures, sound, verdicts and lists.
 *
 * @module
 */

import { toFile } from 'openai'
import { collected } from '../../seen.ts'
import { call, type Use } from '../../use.ts'
import { openai } from './client.ts'

const embedding = { model: 'text-embedding-3-small', input: ['one', 'two'] }
const completion = { model: 'gpt-3.5-turbo-instruct', prompt: 'Hello' }
const picture = { model: 'gpt-image-1', prompt: 'A carrot' }
const sound = () => toFile(new Uint8Array([1, 2, 3, 250]), 'speech.mp3', { type: 'audio/mpeg' })
const silent = call('openai.speech', { tokens: false })

export const otherUses: readonly Use[] = [
  {
    name: 'embeddings',
    calls: [call('openai.embeddings')],
    run: async (link) => openai(link).embeddings.create(embedding),
  },
  {
    name: 'embeddings, as numbers',
    calls: [call('openai.embeddings')],
    run: async (link) => openai(link).embeddings.create({ ...embedding, encoding_format: 'float' }),
  },
  {
    name: 'completions',
    calls: [call('openai.completions')],
    run: async (link) => openai(link).completions.create(completion),
  },
  {
    name: 'completions, stream',
    calls: [call('openai.completions', { tokens: false })],
    run: async (link) =>
      collected(openai(link).completions.create({ ...completion, stream: true })),
  },
  {
    name: 'models.list, with auto-paging',
    calls: [],
    async run(link) {
      const { models, files } = openai(link)
      return { models: await collected(models.list()), files: await collected(files.list()) }
    },
  },
  {
    name: 'images',
    calls: [call('openai.images')],
    run: async (link) => openai(link).images.generate(picture),
  },
  {
    name: 'images, stream',
    calls: [call('openai.images')],
    run: async (link) => collected(openai(link).images.generate({ ...picture, stream: true })),
  },
  {
    name: 'images, an edit as a form',
    calls: [call('openai.images')],
    run: async (link) => openai(link).images.edit({ ...picture, image: await sound() }),
  },
  {
    name: 'speech',
    calls: [silent],
    async run(link) {
      const request = { model: 'tts-1', voice: 'alloy', input: 'Hello' }
      const response = await openai(link).audio.speech.create(request)
      const type = response.headers.get('content-type')
      return { type, bytes: new Uint8Array(await response.arrayBuffer()) }
    },
  },
  {
    name: 'transcription, of a file',
    calls: [call('openai.transcription')],
    run: async (link) =>
      openai(link).audio.transcriptions.create({ model: 'gpt-4o-transcribe', file: await sound() }),
  },
  {
    name: 'transcription, stream',
    calls: [call('openai.transcription')],
    async run(link) {
      const { transcriptions } = openai(link).audio
      const request = { model: 'gpt-4o-transcribe', file: await sound(), stream: true as const }
      return collected(transcriptions.create(request))
    },
  },
  {
    name: 'moderations',
    calls: [call('openai.moderations', { tokens: false })],
    run: async (link) => openai(link).moderations.create({ input: 'Hello' }),
  },
]
