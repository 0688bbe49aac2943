/**
 * An agent in a Durable Object: it remembers a conversation, asks a model, and runs the tools that the
 * model asks for, until there is an answer.
 *
 * @module
 */

import { DurableObject, env } from 'cloudflare:workers'
import * as carrot from 'carrot-trace'
import type { SpanCarrier } from 'carrot-trace'
import { instrument, spanOf } from 'carrot-trace/workers'
import OpenAI from 'openai'

interface Env {
  OPENAI_API_KEY: string
  OPENAI_BASE_URL: string
  AGENTS: DurableObjectNamespace<AgentObject>
}

type Message = OpenAI.ChatCompletionMessageParam

const { OPENAI_API_KEY: apiKey, OPENAI_BASE_URL: baseURL } = env as Env
const openai = carrot.wrap(new OpenAI({ apiKey, baseURL }))

const MAX_TURNS = 5
const TOOLS: OpenAI.ChatCompletionFunctionTool[] = [
  {
    type: 'function',
    function: {
      name: 'search_articles',
      description: 'Searches the help desk.',
      parameters: { type: 'object', properties: { query: { type: 'string' } } },
    },
  },
]

/** Nothing but the one tool here; what it is asked is recorded with what it found. */
async function runTool(name: string, input: string): Promise<string> {
  return carrot.span(name, { kind: 'tool', input }, async () => 'Settings > Security.')
}

class AgentObject extends DurableObject<Env> {
  async answer(question: string, _trace: SpanCarrier): Promise<string> {
    const messages = (await this.ctx.storage.get<Message[]>('messages')) ?? []
    messages.push({ role: 'user', content: question })
    for (let turn = 0; turn < MAX_TURNS; turn += 1) {
      const request = { model: 'gpt-4o', messages, tools: TOOLS }
      const reply = await openai.chat.completions.create(request)
      const message = reply.choices[0]?.message
      if (!message) break
      messages.push(message)
      if (!message.tool_calls) {
        await this.ctx.storage.put('messages', messages)
        return message.content ?? ''
      }
      for (const call of message.tool_calls) {
        if (call.type !== 'function') continue
        const content = await runTool(call.function.name, call.function.arguments)
        messages.push({ role: 'tool', tool_call_id: call.id, content })
      }
    }
    return 'I found no answer.'
  }
}

export const Agent = instrument(AgentObject, { name: 'agent' })

export default instrument(
  {
    async fetch(request, env) {
      const question = await request.text()
      const answer = await env.AGENTS.getByName('ada').answer(question, spanOf(request).export())
      return new Response(answer)
    },
  } satisfies ExportedHandler<Env>,
  { service: 'durable-agent', tags: ['example'] },
)
