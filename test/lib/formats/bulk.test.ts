import { describe, expect, it } from 'vitest'
import { replay } from '../../support/replay.ts'
import { events, streamOf } from './responses.ts'

const encode = (text: string) => new TextEncoder().encode(text)
const picture = (bytes: number) => Buffer.alloc(bytes, 7).toString('base64')

describe('a reply with more than capture.maxBytes of pictures or vectors', () => {
  const usage = { input_tokens: 9, output_tokens: 4000, total_tokens: 4009 }
  const images = {
    url: 'https://api.openai.com/v1/images/generations',
    request: { model: 'gpt-image-2', prompt: 'An otter', stream: true },
  }

  it('is read to its end: a stream of images', async () => {
    const [partial, final] = [picture(2_000_000), picture(2_000_003)]
    const reply = streamOf([
      { type: 'image_generation.partial_image', partial_image_index: 0, b64_json: partial },
      { type: 'image_generation.completed', output_format: 'png', b64_json: final, usage },
    ])
    const recorded = { ...images, reply, chunk: 16_384, type: 'text/event-stream' }
    const { record, seen } = await replay(recorded)
    expect(record).toMatchObject({
      output: { blocks: [{ type: 'image', format: 'png', bytes: 2_000_003 }] },
      call: {
        ended: 'complete',
        stream: { events: 2, undecodable: 0 },
        response: { outputCount: 1 },
        usage: { input: 9, output: 4000 },
        capture: { truncated: false },
      },
    })
    expect(seen).toHaveLength(reply.length)
  })

  it('is read to its end: four images at once', async () => {
    const data = [1, 2, 3, 4].map((more) => ({ b64_json: picture(1_500_000 + more) }))
    const reply = encode(JSON.stringify({ data, usage }))
    const recorded = { ...images, reply, chunk: 65_536, type: 'application/json' }
    const { record } = await replay(recorded)
    expect(record).toMatchObject({
      output: { blocks: [1, 2, 3, 4].map((more) => ({ bytes: 1_500_000 + more })) },
      call: { usage: { input: 9, output: 4000 }, capture: { truncated: false } },
    })
  })

  it.each([0, 2])(
    'is read to its end: a thousand vectors, with an indent of %i',
    async (indent) => {
      const embedding = Array.from({ length: 256 }, (_, index) => index / 1_000 - 1e-7)
      const data = Array.from({ length: 1_000 }, (_, index) => ({ index, embedding }))
      const body = { data, usage: { prompt_tokens: 5_000, total_tokens: 5_000 } }
      const { record } = await replay({
        url: 'https://api.openai.com/v1/embeddings',
        request: { model: 'm', input: ['x'] },
        reply: encode(JSON.stringify(body, null, indent)),
        chunk: 16_384,
        type: 'application/json',
      })
      expect(record.call).toMatchObject({
        response: { outputCount: 1_000, dimensions: 256 },
        usage: { input: 5_000 },
        capture: { truncated: false },
      })
    },
  )

  it('is read to its end: a picture that a tool of the server draws', async () => {
    const image = { type: 'image_generation_call', id: 'ig', result: picture(3_000_000) }
    const output = [image, { type: 'message', id: 'm', content: [] }]
    const { record } = await replay({
      url: 'https://api.openai.com/v1/responses',
      request: { model: 'gpt-5.4', input: 'Hi', stream: true },
      reply: streamOf(events({ status: 'completed', output, usage })),
      chunk: 16_384,
      type: 'text/event-stream',
    })
    expect(record).toMatchObject({
      output: { blocks: [{ type: 'image_generation_call', result: '…4000000…' }] },
      call: { ended: 'complete', usage: { input: 9, output: 4000 }, capture: { truncated: false } },
    })
  })
})
