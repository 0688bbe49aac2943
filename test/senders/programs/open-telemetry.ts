/**
 * OpenTelemetry's own SDK, and calls told by hand as the GenAI conventions v0.1.0 want it. Sends as
 * JSON in gzip (`VARIANT=json`) or protobuf.
 *
 * @see https://github.com/open-telemetry/semantic-conventions-genai
 * @module
 */

import { trace, type Span } from '@opentelemetry/api'
import OpenAI from 'openai'
import { MODELS, VARIANT } from './environment.ts'
import { forecast, pipeline, QUESTION } from './pipeline.ts'
import { inSpan, json, protobuf, provider } from './tracing.ts'

const tracing = provider(VARIANT === 'json' ? json() : protobuf())
const tracer = trace.getTracer('shop', '1.0.0')
const openai = new OpenAI({ apiKey: 'sk-stand-in', baseURL: MODELS, maxRetries: 0 })

type Body = OpenAI.Chat.ChatCompletionCreateParams
type Reply = OpenAI.Chat.ChatCompletion

/** Asks for a whole answer, whatever it is asked for: a stream is told of when it is whole. */
async function create(body: Body): Promise<unknown> {
  return inSpan(tracer, `chat ${body.model}`, async (span) => {
    const { stream, stream_options: _usage, ...whole } = body
    ask(span, body)
    const reply = await openai.chat.completions.create({ ...whole, stream: false })
    answer(span, reply)
    if (!stream) return reply
    const [choice] = reply.choices
    return [{ choices: [{ delta: { content: choice?.message.content } }] }]
  })
}

function ask(span: Span, { model, messages, tools, temperature, max_tokens, stream }: Body): void {
  const spoken = messages.map((message) => {
    const said = typeof message.content === 'string' ? message.content : ''
    if (message.role === 'tool') {
      const part = { type: 'tool_call_response', id: message.tool_call_id, response: said }
      return { role: 'tool', parts: [part] }
    }
    const calls = message.role === 'assistant' ? (message.tool_calls ?? []) : []
    const text = said ? [{ type: 'text', content: said }] : []
    return { role: message.role, parts: [...text, ...calls.flatMap(called)] }
  })
  span.setAttributes({
    'gen_ai.operation.name': 'chat',
    'gen_ai.provider.name': 'openai',
    'gen_ai.request.model': model,
    'gen_ai.input.messages': JSON.stringify(spoken),
    'server.address': new URL(MODELS).hostname,
    'server.port': Number(new URL(MODELS).port),
    ...(typeof temperature === 'number' && { 'gen_ai.request.temperature': temperature }),
    ...(typeof max_tokens === 'number' && { 'gen_ai.request.max_tokens': max_tokens }),
    ...(stream && { 'gen_ai.request.stream': true }),
    ...(tools && {
      'gen_ai.tool.definitions': JSON.stringify(
        tools.flatMap((tool) =>
          tool.type === 'function' ? [{ type: 'function', ...tool.function }] : [],
        ),
      ),
    }),
  })
}

function answer(span: Span, { id, model, choices, usage }: Reply): void {
  const answers = choices.map(({ message }) => ({
    role: message.role,
    parts: [
      ...(message.content ? [{ type: 'text', content: message.content }] : []),
      ...(message.tool_calls ?? []).flatMap(called),
    ],
  }))
  span.setAttributes({
    'gen_ai.response.id': id,
    'gen_ai.response.model': model,
    'gen_ai.response.finish_reasons': choices.map(({ finish_reason }) => finish_reason),
    'gen_ai.output.messages': JSON.stringify(answers),
    'gen_ai.usage.input_tokens': usage?.prompt_tokens ?? 0,
    'gen_ai.usage.output_tokens': usage?.completion_tokens ?? 0,
    'gen_ai.usage.cache_read.input_tokens': usage?.prompt_tokens_details?.cached_tokens ?? 0,
    'gen_ai.usage.reasoning.output_tokens': usage?.completion_tokens_details?.reasoning_tokens ?? 0,
  })
}

function called(call: OpenAI.Chat.ChatCompletionMessageToolCall): object[] {
  if (call.type !== 'function') return []
  const { name, arguments: given } = call.function
  return [{ type: 'tool_call', id: call.id, name, arguments: JSON.parse(given) }]
}

await inSpan(tracer, 'answer question', async (root) => {
  root.setAttributes({ 'session.id': 's_1', 'user.id': 'u_1', question: QUESTION })
  await pipeline({ chat: { completions: { create } } } as never, tool)
})
await tracing.shutdown()

function tool(city: string): Promise<string> {
  return inSpan(tracer, 'execute_tool weather', async (span) => {
    span.setAttributes({
      'gen_ai.operation.name': 'execute_tool',
      'gen_ai.tool.name': 'weather',
      'gen_ai.tool.call.arguments': JSON.stringify({ city }),
    })
    const said = forecast(city)
    span.setAttribute('gen_ai.tool.call.result', said)
    return said
  })
}
