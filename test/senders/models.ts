/**
 * A stand-in for OpenAI's Chat Completions that calls the first tool it is offered, once, and knows one
 * model.
 *
 * @module
 */

import { createServer, type ServerResponse } from 'node:http'
import { text } from 'node:stream/consumers'
import { listen, type Listening } from '../../examples/model-apis/listen.ts'

const ANSWER = 'It is sunny in Paris.'

const USAGE = {
  prompt_tokens: 150,
  completion_tokens: 42,
  total_tokens: 192,
  prompt_tokens_details: { cached_tokens: 100 },
  completion_tokens_details: { reasoning_tokens: 7 },
}

interface ChatRequest {
  model: string
  messages: { role: string }[]
  tools?: { function: { name: string } }[]
  stream?: boolean
}

export function serveModels(): Promise<Listening> {
  return listen(
    createServer((incoming, outgoing) => {
      void text(incoming).then((body) => answer(JSON.parse(body), outgoing))
    }),
  )
}

function answer({ model, messages, tools, stream }: ChatRequest, outgoing: ServerResponse): void {
  const head = { id: 'chatcmpl-1', created: 1_700_000_000, model: 'gpt-4o-2024-11-20' }
  if (model !== 'gpt-4o') {
    const error = { message: `The model ${model} does not exist.`, code: 'model_not_found' }
    outgoing.writeHead(404, { 'content-type': 'application/json' })
    outgoing.end(JSON.stringify({ error: { ...error, type: 'invalid_request_error' } }))
    return
  }
  const tool = messages.some(({ role }) => role === 'tool') ? undefined : tools?.[0]
  const reason = tool ? 'tool_calls' : 'stop'
  const called = {
    index: 0,
    id: 'call_1',
    type: 'function',
    function: { name: tool?.function.name, arguments: '{"city":"Paris"}' },
  }
  const message = tool
    ? { role: 'assistant', content: null, tool_calls: [called] }
    : { role: 'assistant', content: ANSWER }
  if (!stream) {
    outgoing.setHeader('content-type', 'application/json')
    const choices = [{ index: 0, message, finish_reason: reason }]
    outgoing.end(JSON.stringify({ ...head, object: 'chat.completion', choices, usage: USAGE }))
    return
  }
  outgoing.setHeader('content-type', 'text/event-stream')
  const chunk = (choices: object[], usage: object | null = null) =>
    `data: ${JSON.stringify({ ...head, object: 'chat.completion.chunk', choices, usage })}\n\n`
  outgoing.write(chunk([{ index: 0, delta: message, finish_reason: null }]))
  outgoing.write(chunk([{ index: 0, delta: {}, finish_reason: reason }]))
  outgoing.end(`${chunk([], USAGE)}data: [DONE]\n\n`)
}
