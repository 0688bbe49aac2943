import { createTracer, memory, type TraceError } from 'carrot-trace'
import { describe, expect, it } from 'vitest'

const PNG =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='
const BYTES = 70
const LARGE = PNG.replaceAll('=', '').repeat(30)
const model = 'm'

type Media = 'reference' | 'inline' | 'drop'

/** What is recorded of the request, what was sent, and what is told. */
async function asked(url: string, body: object, media?: Media, what: 'text' | 'bytes' = 'text') {
  const exporter = memory()
  const sent: unknown[] = []
  const errors: TraceError[] = []
  const tracer = createTracer({
    exporters: [exporter],
    onError: (error) => errors.push(error),
    capture: { media },
    async fetch(...given) {
      sent.push(await new Request(...given).json())
      return Response.json({})
    },
  })
  const text = JSON.stringify(body)
  const answer = await tracer.fetch(url, {
    method: 'POST',
    body: what === 'text' ? text : new TextEncoder().encode(text),
  })
  await answer.text()
  return { input: exporter.records[0]?.input, sent: sent[0], errors }
}

/** With a reference, or nothing, where base64 stands: its checksum is of no matter here. */
function described(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value).replace(/ bytes, [\da-f]{8}\]/g, ' bytes]'))
}

const OPENAI = 'https://api.openai.com/v1/chat/completions'
const GEMINI = 'https://generativelanguage.googleapis.com/v1/models/g:generateContent'
const said = (...content: object[]) => ({ model, messages: [{ role: 'user', content }] })
const at = `[${BYTES} bytes]`
const url = `data:image/png;base64,${PNG}`
const urlAt = `data:image/png;base64,${at}`

/** A request of each API that takes files, and what stands where base64 stood. */
const REQUESTS: [what: string, url: string, of: (data: string, url: string) => object][] = [
  [
    'openai chat, a picture',
    OPENAI,
    (_, url) => said({ type: 'image_url', image_url: { url, detail: 'low' } }),
  ],
  [
    'openai chat, sound and a file',
    OPENAI,
    (data, url) =>
      said(
        { type: 'input_audio', input_audio: { data, format: 'wav' } },
        { type: 'file', file: { filename: 'a.pdf', file_data: url } },
      ),
  ],
  [
    'openai responses',
    'https://api.openai.com/v1/responses',
    (_, image_url) => ({
      model,
      input: [{ role: 'user', content: [{ type: 'input_image', image_url }] }],
    }),
  ],
  [
    'anthropic',
    'https://api.anthropic.com/v1/messages',
    (data) => ({
      ...said({ type: 'image', source: { type: 'base64', media_type: 'image/png', data } }),
      max_tokens: 9,
    }),
  ],
  [
    'google',
    GEMINI,
    (data) => ({ contents: [{ parts: [{ inlineData: { mimeType: 'i', data } }] }] }),
  ],
  [
    'bedrock converse',
    'https://bedrock-runtime.us-east-1.amazonaws.com/model/m/converse',
    (bytes) => ({
      messages: [{ role: 'user', content: [{ image: { format: 'png', source: { bytes } } }] }],
    }),
  ],
  [
    'ollama, two pictures',
    'http://localhost:11434/api/chat',
    (data) => ({ model, messages: [{ role: 'user', content: 'Hi', images: [data, data] }] }),
  ],
  [
    'vertex predict',
    'https://us-east5-aiplatform.googleapis.com/v1/projects/p/locations/l/publishers/google/models/m:predict',
    (bytesBase64Encoded) => ({ instances: [{ image: { bytesBase64Encoded } }] }),
  ],
  [
    'cohere, pictures to embed',
    'https://api.cohere.com/v2/embed',
    (_, url) => ({ model, images: [url, url], input_type: 'image' }),
  ],
  [
    'mistral, a document to read',
    'https://api.mistral.ai/v1/ocr',
    (_, document_url) => ({ model, document: { type: 'document_url', document_url } }),
  ],
  [
    'vercel’s gateway',
    'https://ai-gateway.vercel.sh/v4/ai/language-model',
    (data) => ({
      prompt: [{ role: 'user', content: [{ type: 'file', mediaType: 'image/png', data }] }],
    }),
  ],
]

describe('capture.media', () => {
  it.each(REQUESTS)('has a reference in the place of a file: %s', async (_, address, body) => {
    const { input, sent } = await asked(address, body(PNG, url))
    expect(described(input)).toEqual(body(at, urlAt))
    expect(sent).toEqual(body(PNG, url))
  })

  it.each(REQUESTS)('keeps a file where that is asked for: %s', async (_, address, body) => {
    const { input } = await asked(address, body(PNG, url), 'inline')
    expect(input).toEqual(body(PNG, url))
  })

  it.each(REQUESTS)('keeps nothing where that is asked for: %s', async (_, address, body) => {
    const { input } = await asked(address, body(PNG, url), 'drop')
    expect(input).toEqual(body('[left out]', 'data:image/png;base64,[left out]'))
  })

  it('finds it in a body that is no text', async () => {
    const body = said({ type: 'image_url', image_url: { url } })
    const { input } = await asked(OPENAI, body, 'reference', 'bytes')
    expect(described(input)).toEqual(said({ type: 'image_url', image_url: { url: urlAt } }))
  })

  it('has a reference in the place of a list of bytes', async () => {
    const image = Array.from({ length: 700 }, (_, index) => index % 256)
    const address = 'https://api.cloudflare.com/client/v4/accounts/a/ai/run/@cf/llava'
    const { input } = await asked(address, { image, prompt: 'What is it?' })
    expect(described(input)).toEqual({ image: '[700 bytes]', prompt: 'What is it?' })
  })

  it('tells one file from another of the same size, and knows one again', async () => {
    const other = PNG.replace('AAAAEAAAAB', 'AAAAIAAAAC')
    const { input } = await asked(GEMINI, {
      contents: [PNG, other, PNG].map((data) => ({ parts: [{ inlineData: { data } }] })),
    })
    const found = JSON.stringify(input).match(/, [\da-f]{8}\]/g) ?? []
    expect(found).toEqual([found[0], found[1], found[0]])
    expect(found[1]).not.toBe(found[0])
  })

  it('leaves the rest of a request within its limit, however large the files are', async () => {
    const data = LARGE.repeat(600) // 1.6 million characters
    const { input } = await asked(GEMINI, { contents: [{ parts: [{ inlineData: { data } }] }] })
    expect(described(input)).toEqual({
      contents: [
        { parts: [{ inlineData: { data: `[${Math.floor((data.length * 3) / 4)} bytes]` } }] },
      ],
    })
  })

  it.each<[what: string, message: object]>([
    ['a text that is all base64', { content: LARGE }],
    ['base64 in a text', { content: `Read "${LARGE}".` }],
    ['an address with text in it', { content: 'data:text/plain,Hello' }],
    ['JSON in a text', { content: `{"data":"${LARGE}"}` }],
    [
      'an address',
      { content: [{ type: 'image_url', image_url: { url: 'https://x.test/a.png' } }] },
    ],
    ['the id of a file', { content: [{ type: 'file', file: { file_id: 'f'.repeat(70) } }] }],
    ['the name of an image', { content: 'Hi', image: 'sha256-of-it-'.repeat(6) }],
  ])('leaves alone what is no file: %s', async (_, message) => {
    const body = { model, messages: [{ role: 'user', ...message }] }
    expect((await asked(OPENAI, body)).input).toEqual(body)
  })

  it('is refused where it is nothing that is known', () => {
    const capture: object = { media: 'all' }
    expect(() => createTracer({ capture })).toThrow(
      `The option "capture.media" has to be 'reference', 'inline' or 'drop'; found string.`,
    )
  })
})
