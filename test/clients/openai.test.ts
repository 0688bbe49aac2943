import OpenAI, { AzureOpenAI, toFile } from 'openai'
import { createTracer, memory, type SpanRecord } from 'carrot-trace'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Listening } from '../../examples/model-apis/listen.ts'
import { REPLY, serveOpenAI } from './openai-server.ts'

let server: Listening
beforeAll(async () => {
  server = await serveOpenAI()
})
afterAll(() => server.close())

/** What the application was given, and the one record of it. */
async function traced<Given>(
  call: (openai: OpenAI) => Promise<Given>,
): Promise<{ given: Given; record: SpanRecord }> {
  const exporter = memory()
  const tracer = createTracer({ exporters: [exporter] })
  const client = new OpenAI({ apiKey: 'sk-test', baseURL: `${server.url}/v1`, maxRetries: 0 })
  const given = await call(tracer.wrap(client))
  expect(exporter.records).toHaveLength(1)
  const [record] = exporter.records
  if (!record) throw new Error('Nothing was recorded.')
  expect(record).toMatchObject({ status: 'success', call: { ended: 'complete' } })
  return { given, record }
}

async function all<Item>(stream: AsyncIterable<Item>): Promise<Item[]> {
  const items: Item[] = []
  for await (const item of stream) items.push(item)
  return items
}

const file = () => toFile(Buffer.from('abc'), 'otter.wav', { type: 'audio/wav' })

describe('what the record says is what the openai client gives', () => {
  it.each<[string, (openai: OpenAI) => Promise<OpenAI.Responses.Response>]>([
    ['whole', (openai) => openai.responses.create({ model: 'gpt-5.4', input: 'Hi' })],
    [
      'streamed',
      (openai) => openai.responses.stream({ model: 'gpt-5.4', input: 'Hi' }).finalResponse(),
    ],
    [
      'as events',
      async (openai) => {
        const asked = { model: 'gpt-5.4', input: 'Hi', stream: true } as const
        const last = (await all(await openai.responses.create(asked))).at(-1)
        if (last?.type !== 'response.completed') throw new Error('It has no end.')
        return { ...last.response, output_text: 'Grüße 👋, I look.' }
      },
    ],
  ])('for a response, %s', async (_how, call) => {
    const { given, record } = await traced(call)
    const calls = given.output.filter((item) => item.type === 'function_call')
    expect(record).toMatchObject({
      name: 'chat gpt-5.4',
      output: {
        content: given.output_text,
        reasoning: 'A greeting. ',
        tool_calls: calls.map((item) => ({
          id: item.call_id,
          function: { name: item.name, arguments: item.arguments },
        })),
      },
      call: {
        format: 'openai.responses',
        response: { id: given.id, model: given.model, choices: [{ finishReason: 'tool_call' }] },
        usage: {
          input: given.usage?.input_tokens,
          output: given.usage?.output_tokens,
          total: given.usage?.total_tokens,
          cacheRead: 8,
          cacheWrite: 0,
          reasoning: 64,
        },
      },
    })
    expect(given.usage).toEqual(REPLY.usage)
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
    const bytes = (base64 = '') => Buffer.from(base64, 'base64').length
    expect(record).toMatchObject({
      input: { prompt: 'An otter' },
      output: { blocks: given.data?.map((image) => ({ bytes: bytes(image.b64_json) })) },
      call: {
        response: { outputCount: given.data?.length },
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
    const { given, record } = await traced(async (openai) =>
      all(
        await openai.images.generate({
          model: 'gpt-image-2',
          prompt: 'An otter',
          stream: true,
          partial_images: 1,
        }),
      ),
    )
    expect(given.map(({ type }) => type)).toEqual([
      'image_generation.partial_image',
      'image_generation.completed',
    ])
    expect(record).toMatchObject({
      output: { blocks: [{ type: 'image', format: 'png', size: '1024x1024', bytes: 3_000 }] },
      call: { stream: { events: 2 }, response: { outputCount: 1 }, usage: { output: 1628 } },
    })
  })

  it('for an image that is edited, which is sent as a form', async () => {
    const image = await toFile(Buffer.from('abcd'), 'otter.png', { type: 'image/png' })
    const { given, record } = await traced((openai) =>
      openai.images.edit({ model: 'gpt-image-2', image: [image], prompt: 'With a hat' }),
    )
    expect(given.usage?.total_tokens).toBe(1678)
    expect(record).toMatchObject({
      input: {
        model: 'gpt-image-2',
        prompt: 'With a hat',
        'image[]': [{ name: 'otter.png', type: 'image/png', size: 4 }],
      },
      call: { usage: { total: 1678 } },
    })
  })

  it('for a transcription, as JSON, as text and streamed', async () => {
    const model = 'gpt-4o-transcribe'
    const json = await traced(async (openai) =>
      openai.audio.transcriptions.create({ model, file: await file() }),
    )
    expect(json.record).toMatchObject({
      input: { model, file: { name: 'otter.wav', type: 'audio/wav', size: 3 } },
      output: { content: json.given.text },
      call: { usage: { source: 'provider', input: null, seconds: 3 } },
    })
    const text = await traced(async (openai) =>
      openai.audio.transcriptions.create({ model, file: await file(), response_format: 'text' }),
    )
    expect(text.record.output).toMatchObject({ content: text.given })
    const stream = await traced(async (openai) =>
      all(await openai.audio.transcriptions.create({ model, file: await file(), stream: true })),
    )
    const last = stream.given.at(-1)
    expect(stream.record).toMatchObject({
      output: { content: last?.type === 'transcript.text.done' ? last.text : 'no end' },
      call: { request: { stream: true }, usage: { input: 14, output: 4 } },
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
    const exporter = memory()
    const tracer = createTracer({ exporters: [exporter] })
    const azure = tracer.wrap(
      new AzureOpenAI({ endpoint: server.url, apiKey: 'k', apiVersion: '2024-10-21' }),
    )
    await azure.embeddings.create({ model: 'my-embeddings', input: 'a' })
    await azure.audio.transcriptions.create({ model: 'my-whisper', file: await file() })
    expect(exporter.records).toMatchObject([
      {
        name: 'embeddings my-embeddings',
        call: { request: { model: 'my-embeddings' }, response: { outputCount: 2 } },
      },
      { name: 'transcription my-whisper', output: { content: 'I see skies.' } },
    ])
    expect(exporter.records[0]?.call?.http.url).toBe(
      `${server.url}/openai/deployments/my-embeddings/embeddings?api-version=2024-10-21`,
    )
  })

  it('for a completion, whole and streamed', async () => {
    const asked = { model: 'gpt-3.5-turbo-instruct', prompt: 'Once' }
    const whole = await traced((openai) => openai.completions.create(asked))
    const streamed = await traced(async (openai) =>
      all(await openai.completions.create({ ...asked, stream: true })),
    )
    const [given] = streamed.given
    for (const { record } of [whole, streamed]) {
      expect(record).toMatchObject({
        name: 'text_completion gpt-3.5-turbo-instruct',
        output: { content: given?.choices[0]?.text },
        call: {
          usage: { input: 2, output: 3 },
          response: { choices: [{ finishReason: 'length' }] },
        },
      })
    }
    expect(whole.given.choices).toEqual(given?.choices)
  })
})
