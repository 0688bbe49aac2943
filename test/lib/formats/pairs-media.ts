/**
 * OpenAI's images and transcriptions, whole and streamed.
 *
 * @module
 */

import type { Pair } from './pairs.ts'

const picture = `${'iVBORw0KGgo'.repeat(200)}==`
const image = {
  created: 1_713_833_628,
  background: 'opaque',
  output_format: 'webp',
  quality: 'medium',
  size: '1024x1536',
}
const imageUsage = {
  total_tokens: 1678,
  input_tokens: 50,
  output_tokens: 1628,
  input_tokens_details: { text_tokens: 10, image_tokens: 40 },
}
const pictured = {
  role: 'assistant',
  content: null,
  blocks: [{ type: 'image', format: 'webp', size: '1024x1536', bytes: 1650 }],
}
const imageCounts = {
  source: 'provider',
  final: true,
  input: 50,
  output: 1628,
  total: 1678,
  textInput: 10,
  imageInput: 40,
  cacheRead: null,
  reasoning: null,
}
const speechUsage = {
  type: 'tokens',
  input_tokens: 14,
  input_token_details: { text_tokens: 0, audio_tokens: 14 },
  output_tokens: 45,
  total_tokens: 59,
}
const spoken = 'I see skies of blue – and clouds of white. 🎵'

export const mediaPairs: readonly Pair[] = [
  ...(['generation', 'edit'] as const).map((kind): Pair => ({
    name: `openai images, ${kind}`,
    url: `https://api.openai.com/v1/images/${kind}s`,
    request: { model: 'gpt-image-2', prompt: 'An otter', partial_images: 2 },
    whole: { ...image, data: [{ b64_json: picture }], usage: imageUsage },
    events: [
      ...[0, 1].map((partial_image_index) => ({
        type: `image_${kind === 'edit' ? 'edit' : 'generation'}.partial_image`,
        b64_json: picture,
        partial_image_index,
        ...image,
      })),
      {
        type: `image_${kind === 'edit' ? 'edit' : 'generation'}.completed`,
        b64_json: picture,
        ...image,
        usage: imageUsage,
      },
    ],
    ending: 1,
    done: '',
    output: pictured,
    usage: imageCounts,
    finish: [null],
  })),
  {
    name: 'openai transcription',
    url: 'https://api.openai.com/v1/audio/transcriptions',
    request: { model: 'gpt-4o-transcribe', file: {} },
    whole: { text: spoken, usage: speechUsage },
    events: [
      ...(spoken.match(/.{1,6}/gu) ?? []).map((delta) => ({
        type: 'transcript.text.delta',
        delta,
        logprobs: [{ token: delta, logprob: -0.0002 }],
      })),
      { type: 'transcript.text.done', text: spoken, usage: speechUsage },
    ],
    done: '',
    output: { role: 'assistant', content: spoken },
    usage: {
      source: 'provider',
      final: true,
      input: 14,
      output: 45,
      total: 59,
      textInput: 0,
      audioInput: 14,
      cacheRead: null,
    },
    finish: [null],
  },
]
