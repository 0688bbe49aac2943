/**
 * A server on Bun that hands a stream on as it comes, and is asked one question.
 *
 * `npm run example bun-server`
 */

import { serve } from 'bun'
import * as carrot from 'carrot-trace'
import OpenAI from 'openai'

carrot.init({ service: 'bun-server', tags: ['example'] })

const openai = carrot.wrap(new OpenAI())

const answer = carrot.trace(async function answer(question: string) {
  const stream = await openai.chat.completions.create({
    model: 'gpt-4o',
    messages: [{ role: 'user', content: question }],
    stream: true,
    stream_options: { include_usage: true },
  })
  const encoder = new TextEncoder()
  return new Response(
    new ReadableStream<Uint8Array>({
      async start(controller) {
        for await (const chunk of stream)
          controller.enqueue(encoder.encode(chunk.choices[0]?.delta.content ?? ''))
        controller.close()
      },
    }),
  )
})

const server = serve({ port: 0, fetch: async (request) => answer(await request.text()) })

const reply = await fetch(server.url, { method: 'POST', body: 'How do I reset my password?' })
console.log(await reply.text())
await server.stop()
