import OpenAI, { AzureOpenAI, toFile } from 'openai'
import { createTracer, memory, type SpanRecord, type Tracer } from 'carrot-trace'
import { describe, expect, inject, it } from 'vitest'

const api = `${inject('apis')}/openai-test/well/openai`

/** What the application was given, and the records of it. */
async function recorded<Given>(
  work: (tracer: Tracer) => Promise<Given>,
): Promise<{ given: Given; records: readonly SpanRecord[] }> {
  const exporter = memory()
  const given = await work(createTracer({ exporters: [exporter] }))
  return { given, records: exporter.records }
}

/** Of one call, which has to be a success. */
async function traced<Given>(call: (openai: OpenAI) => Promise<Given>) {
  const { given, records } = await recorded((tracer) =>
    call(tracer.wrap(new OpenAI({ apiKey: 'sk-test', baseURL: `${api}/v1`, maxRetries: 0 }))),
  )
  const [record] = records
  if (!record || records.length > 1) throw new Error(`${records.length} calls were recorded.`)
  expect(record).toMatchObject({ status: 'success', call: { ended: 'complete' } })
  return { given, record }
}

async function all<Item>(stream: AsyncIterable<Item>): Promise<Item[]> {
  const items: Item[] = []
  for await (const item of stream) items.push(item)
  return items
}

const file = () => toFile(Buffer.from('abc'), 'otter.wav', { type: 'audio/wav' })
const bytesOf = (base64 = '') => Buffer.from(base64, 'base64').length

type Asked = { model: string; input: string; tools?: OpenAI.Responses.FunctionTool[] }
type Respond = (openai: OpenAI, asked: Asked) => Promise<OpenAI.Responses.Response>

const parameters = { type: 'object', properties: {}, additionalProperties: false, required: [] }
const weather = { type: 'function' as const, name: 'weather', parameters, strict: true }
const text: Asked = { model: 'gpt-5.4', input: 'Hi' }
const tool: Asked = { ...text, tools: [weather] }

const WAYS: readonly [name: string, respond: Respond][] = [
  ['whole', (openai, asked) => openai.responses.create(asked)],
  ['streamed', (openai, asked) => openai.responses.stream(asked).finalResponse()],
  [
    'as events',
    async (openai, asked) => {
      const last = (await all(await openai.responses.create({ ...asked, stream: true }))).at(-1)
      if (last?.type !== 'response.completed') throw new Error('It has no end.')
      return last.response
    },
  ],
]

describe('what the record says is what the openai client gives', () => {
  it.each(
    WAYS.flatMap(([name, respond]) => [
      { what: `a text, ${name}`, respond, asked: text },
      { what: `a tool call, ${name}`, respond, asked: tool },
    ]),
  )('for a response: $what', async ({ respond, asked }) => {
    const { given, record } = await traced((openai) => respond(openai, asked))
    const calls = given.output.filter((item) => item.type === 'function_call')
    const parts = given.output.flatMap((item) => (item.type === 'message' ? item.content : []))
    const texts = parts.flatMap((part) => (part.type === 'output_text' ? [part.text] : []))
    expect(calls.length + texts.length).toBe(1)
    expect(record).toMatchObject({
      name: 'chat gpt-5.4',
      input: asked,
      output: {
        role: 'assistant',
        content: texts[0] ?? null,
        ...(calls.length > 0 && {
          tool_calls: calls.map((item) => ({
            id: item.call_id,
            function: { name: item.name, arguments: item.arguments },
          })),
        }),
      },
      call: {
        format: 'openai.responses',
        response: {
          id: given.id,
          model: given.model,
          choices: [{ finishReason: calls.length > 0 ? 'tool_call' : 'stop' }],
        },
        usage: {
          input: given.usage?.input_tokens,
          output: given.usage?.output_tokens,
          total: given.usage?.total_tokens,
          cacheRead: given.usage?.input_tokens_details.cached_tokens,
          reasoning: given.usage?.output_tokens_details.reasoning_tokens,
        },
      },
    })
  })

  it.each(['float', undefined] as const)('for embeddings, asked as %s', async (format) => {
    const { given, record } = await traced((openai) =>
      openai.embeddings.create({
        model: 'text-embedding-3-small',
        input: ['a', 'b'],
        ...(format && { encoding_format: format }),
      }),
    )
    expect(record).toMatchObject({
      name: 'embeddings text-embedding-3-small',
      kind: 'embedding',
      call: {
        request: { inputCount: 2, params: { encodingFormat: format ?? 'base64' } },
        response: {
          outputCount: given.data.length,
          dimensions: given.data[0]?.embedding.length,
        },
        usage: { input: given.usage.prompt_tokens, output: null, total: given.usage.total_tokens },
      },
    })
    expect(record.output).toBeUndefined()
  })

  it('for images, whole', async () => {
    const { given, record } = await traced((openai) =>
      openai.images.generate({ model: 'gpt-image-2', prompt: 'An otter', n: 2 }),
    )
    expect(given.data).toHaveLength(2)
    expect(record).toMatchObject({
      input: { prompt: 'An otter' },
      output: {
        blocks: given.data?.map((image) => ({ type: 'image', bytes: bytesOf(image.b64_json) })),
      },
      call: {
        response: { outputCount: 2 },
        usage: {
          input: given.usage?.input_tokens,
          output: given.usage?.output_tokens,
          imageInput: given.usage?.input_tokens_details.image_tokens,
          textInput: given.usage?.input_tokens_details.text_tokens,
        },
      },
    })
  })

  it('for an image, streamed', async () => {
    const asked = { model: 'gpt-image-2', prompt: 'An otter', stream: true, partial_images: 1 }
    const { given, record } = await traced(async (openai) =>
      all(await openai.images.generate({ ...asked, stream: true })),
    )
    const last = given.at(-1)
    if (last?.type !== 'image_generation.completed') throw new Error('It has no end.')
    expect(record).toMatchObject({
      output: {
        blocks: [{ type: 'image', format: 'png', size: last.size, bytes: bytesOf(last.b64_json) }],
      },
      call: {
        stream: { events: given.length },
        response: { outputCount: 1 },
        usage: { output: last.usage.output_tokens },
      },
    })
  })

  it('for an image that is edited, which is sent as a form', async () => {
    const image = await toFile(Buffer.from('abcd'), 'otter.png', { type: 'image/png' })
    const { given, record } = await traced((openai) =>
      openai.images.edit({ model: 'gpt-image-2', image: [image], prompt: 'With a hat' }),
    )
    expect(record).toMatchObject({
      input: {
        model: 'gpt-image-2',
        prompt: 'With a hat',
        'image[]': [{ name: 'otter.png', type: 'image/png', size: 4 }],
      },
      call: { usage: { total: given.usage?.total_tokens } },
    })
  })

  it('for a transcription that is billed by time', async () => {
    const model = 'whisper-1'
    const { given, record } = await traced(async (openai) =>
      openai.audio.transcriptions.create({ model, file: await file() }),
    )
    expect(given.usage).toEqual({ type: 'duration', seconds: 3 })
    expect(record).toMatchObject({
      input: { model, file: { name: 'otter.wav', type: 'audio/wav', size: 3 } },
      output: { content: given.text },
      call: { usage: { source: 'provider', input: null, seconds: 3 } },
    })
  })

  it('for a transcription, as text and streamed', async () => {
    const model = 'gpt-4o-transcribe'
    const text = await traced(async (openai) =>
      openai.audio.transcriptions.create({ model, file: await file(), response_format: 'text' }),
    )
    expect(text.record.output).toMatchObject({ content: text.given })
    const stream = await traced(async (openai) =>
      all(await openai.audio.transcriptions.create({ model, file: await file(), stream: true })),
    )
    const last = stream.given.at(-1)
    if (last?.type !== 'transcript.text.done') throw new Error('It has no end.')
    expect(stream.record).toMatchObject({
      output: { content: last.text },
      call: {
        request: { stream: true },
        usage: {
          input: last.usage?.input_tokens,
          output: last.usage?.output_tokens,
          audioInput: last.usage?.input_token_details?.audio_tokens,
        },
      },
    })
  })

  it('for speech', async () => {
    const { given, record } = await traced(async (openai) => {
      const asked = { model: 'gpt-4o-mini-tts', input: 'Hello', voice: 'coral' }
      return (await openai.audio.speech.create(asked)).arrayBuffer()
    })
    expect(record).toMatchObject({
      input: { input: 'Hello' },
      output: { blocks: [{ type: 'audio', format: 'audio/mpeg', bytes: given.byteLength }] },
    })
  })

  it('for a moderation', async () => {
    const { given, record } = await traced((openai) => openai.moderations.create({ input: 'x' }))
    expect(record).toMatchObject({
      output: { blocks: given.results },
      call: { request: { inputCount: 1 }, response: { id: given.id, model: given.model } },
    })
  })

  it('for Azure, by its deployments', async () => {
    const { given, records } = await recorded(async (tracer) => {
      const azure = tracer.wrap(
        new AzureOpenAI({ endpoint: api, apiKey: 'k', apiVersion: '2024-10-21' }),
      )
      await azure.embeddings.create({ model: 'my-embeddings', input: 'a' })
      return azure.audio.transcriptions.create({ model: 'my-whisper', file: await file() })
    })
    expect(records).toMatchObject([
      {
        name: 'embeddings my-embeddings',
        call: { request: { model: 'my-embeddings' }, response: { outputCount: 1 } },
      },
      { name: 'transcription my-whisper', output: { content: given.text } },
    ])
    expect(records[0]?.call?.http.url).toBe(
      `${api}/openai/deployments/my-embeddings/embeddings?api-version=2024-10-21`,
    )
  })

  it('for a completion, whole and streamed', async () => {
    const asked = { model: 'gpt-3.5-turbo-instruct', prompt: 'Once' }
    const whole = await traced((openai) => openai.completions.create(asked))
    const streamed = await traced(async (openai) =>
      all(await openai.completions.create({ ...asked, stream: true })),
    )
    const pieces = streamed.given.map(({ choices }) => choices[0]?.text)
    expect(pieces.join('')).toBe(whole.given.choices[0]?.text)
    for (const { record } of [whole, streamed]) {
      expect(record).toMatchObject({
        name: 'text_completion gpt-3.5-turbo-instruct',
        output: { content: whole.given.choices[0]?.text },
        call: { response: { choices: [{ finishReason: 'stop' }] } },
      })
    }
    expect(whole.record.call?.usage).toMatchObject({
      input: whole.given.usage?.prompt_tokens,
      output: whole.given.usage?.completion_tokens,
    })
  })
})
