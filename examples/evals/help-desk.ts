/**
 * What is evaluated: a pipeline that is given its tracer and its `fetch`.
 *
 * @module
 */

import type { Tracer } from 'carrot-trace'
import OpenAI from 'openai'

export function helpDesk({ trace, wrap }: Tracer, fetch: typeof globalThis.fetch) {
  const apiKey = process.env.OPENAI_API_KEY ?? 'unused'
  const openai = wrap(new OpenAI({ apiKey, baseURL: 'https://api.openai.com/v1', fetch }))

  return trace(async function answer(question: string): Promise<string> {
    const reply = await openai.chat.completions.create({
      model: 'gpt-4o',
      messages: [
        { role: 'system', content: 'You are the help desk of a shop. Answer in two sentences.' },
        { role: 'user', content: question },
      ],
    })
    return reply.choices[0]?.message.content ?? ''
  })
}
