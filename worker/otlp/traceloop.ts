/**
 * Traceloop's OpenLLMetry: steps by its own names, and messages as attributes that are numbered, which is how it
 * wrote them before OpenTelemetry had names for them.
 *
 * @see https://www.traceloop.com/docs/openllmetry/contributing/semantic-conventions
 * @module
 */

import { fields, items, string, type Json, type JsonObject } from '../../src/lib/json.ts'
import { fromJson, fromText } from './content.ts'
import { type Convention, NAME } from './convention.ts'
import { sayMembers } from './metadata.ts'
import { nested } from './nested.ts'
import { toCall } from './parts.ts'
import type { Span } from './span.ts'

const KINDS: ReadonlyMap<string, string> = new Map([
  ['workflow', 'workflow'],
  ['task', 'task'],
  ['agent', 'agent'],
  ['tool', 'tool'],
])

const OPERATIONS: ReadonlyMap<string, string> = new Map([
  ['chat', 'chat'],
  ['completion', 'text_completion'],
  ['embedding', 'embeddings'],
  ['rerank', 'rerank'],
])

export const traceloop: Convention = {
  title: 'Traceloop (OpenLLMetry)',
  format: 'traceloop',
  matches: ({ attributes }) =>
    ['traceloop.', 'llm.', 'gen_ai.prompt.', 'gen_ai.completion.'].some((name) =>
      attributes.has(name),
    ),
  names: {
    'llm.usage.total_tokens': 'carrot.usage.total_tokens',
    'llm.is_streaming': 'gen_ai.request.stream',
    'llm.top_k': 'gen_ai.request.top_k',
    'llm.frequency_penalty': 'gen_ai.request.frequency_penalty',
    'llm.presence_penalty': 'gen_ai.request.presence_penalty',
    'llm.chat.stop_sequences': 'gen_ai.request.stop_sequences',
    'llm.request.model': 'gen_ai.request.model',
    'llm.response.model': 'gen_ai.response.model',
    'llm.usage.prompt_tokens': 'gen_ai.usage.input_tokens',
    'llm.usage.completion_tokens': 'gen_ai.usage.output_tokens',
    'llm.usage.cache_read_input_tokens': 'gen_ai.usage.cache_read.input_tokens',
    'llm.usage.cache_creation_input_tokens': 'gen_ai.usage.cache_write.input_tokens',
    'traceloop.association.properties.user_id': 'user.id',
    'traceloop.association.properties.session_id': 'session.id',
  },
  read(span) {
    const { attributes } = span
    const kind = KINDS.get(string(attributes.take('traceloop.span.kind')) ?? '')
    const type = string(attributes.take('llm.request.type')) ?? ''
    attributes.say('gen_ai.operation.name', OPERATIONS.get(type))
    if (kind !== undefined) {
      attributes.say('carrot.kind', kind)
      attributes.say(NAME, attributes.take('traceloop.entity.name'))
    }
    attributes.say('carrot.input', fromJson(attributes.take('traceloop.entity.input')))
    attributes.say('carrot.output', fromJson(attributes.take('traceloop.entity.output')))
    sayMembers(attributes, 'traceloop.association.properties')
    sayMessages(span)
  },
}

function sayMessages({ attributes }: Span): void {
  const answers = [
    ...items(nested(attributes.under('gen_ai.completion.'))),
    ...items(nested(attributes.under('llm.completions.'))),
  ]
  const asked = [
    ...items(nested(attributes.under('gen_ai.prompt.'))),
    ...items(nested(attributes.under('llm.prompts.'))),
  ]
  const tools = items(nested(attributes.under('llm.request.functions.'))).map((tool) => ({
    type: 'function',
    ...fields(tool),
    parameters: fromText(fields(tool).parameters),
  }))
  if (asked.length > 0)
    attributes.say(
      'gen_ai.input.messages',
      asked.map((one) => readMessage(one, 'user')),
    )
  if (answers.length > 0) {
    attributes.say(
      'gen_ai.output.messages',
      answers.map((one) => readMessage(one, 'assistant')),
    )
  }
  if (tools.length > 0) attributes.say('gen_ai.tool.definitions', tools)
}

function readMessage(item: Json, usual: string): JsonObject {
  const { role, content, tool_calls, ...others } = fields(item)
  const calls = items(tool_calls).map((call) => toCall(fields(call)))
  return {
    role: string(role) ?? usual,
    ...others,
    content: fromText(content) ?? null,
    ...(calls.length > 0 && { tool_calls: calls }),
  }
}
