/**
 * The AI SDK (`ai`) by its own names, as its versions before 7 and its `LegacyOpenTelemetry` write them.
 *
 * A call by the user (`ai.generateText`) is a step around the calls of the model (`….doGenerate`), whose
 * tokens it repeats: they count at the model's calls alone.
 *
 * @see https://ai-sdk.dev/docs/ai-sdk-core/telemetry#collected-data
 * @module
 */

import { isObject, items, number, string, type Json, type JsonObject } from '../../src/lib/json.ts'
import { eachFromText, fromJson, fromText } from './content.ts'
import { type Convention, NAME } from './convention.ts'
import { sayMembers } from './metadata.ts'
import { toCall } from './parts.ts'
import type { Span } from './span.ts'

const OPERATIONS: readonly (readonly [end: RegExp, operation: string])[] = [
  [/\.do(?:Generate|Stream)$/, 'chat'],
  [/\.doEmbed$/, 'embeddings'],
  [/\.doRerank$/, 'rerank'],
]

const CACHE_READ = 'gen_ai.usage.cache_read.input_tokens'
const REASONING = 'gen_ai.usage.reasoning.output_tokens'

export const aiSdk: Convention = {
  title: 'AI SDK',
  format: 'ai-sdk',
  matches: ({ attributes }) => attributes.has('ai.operationId'),
  names: {
    'ai.model.id': 'gen_ai.request.model',
    'ai.model.provider': 'gen_ai.provider.name',
    'ai.settings.maxOutputTokens': 'gen_ai.request.max_tokens',
    'ai.settings.maxTokens': 'gen_ai.request.max_tokens',
    'ai.settings.temperature': 'gen_ai.request.temperature',
    'ai.settings.topP': 'gen_ai.request.top_p',
    'ai.settings.topK': 'gen_ai.request.top_k',
    'ai.settings.seed': 'gen_ai.request.seed',
    'ai.settings.frequencyPenalty': 'gen_ai.request.frequency_penalty',
    'ai.settings.presencePenalty': 'gen_ai.request.presence_penalty',
    'ai.settings.stopSequences': 'gen_ai.request.stop_sequences',
    'ai.response.id': 'gen_ai.response.id',
    'ai.response.model': 'gen_ai.response.model',
    'ai.response.finishReason': 'gen_ai.response.finish_reasons',
    'ai.usage.inputTokens': 'gen_ai.usage.input_tokens',
    'ai.usage.promptTokens': 'gen_ai.usage.input_tokens',
    'ai.usage.tokens': 'gen_ai.usage.input_tokens',
    'ai.usage.outputTokens': 'gen_ai.usage.output_tokens',
    'ai.usage.completionTokens': 'gen_ai.usage.output_tokens',
    'ai.usage.totalTokens': 'carrot.usage.total_tokens',
    'ai.usage.inputTokenDetails.cacheReadTokens': CACHE_READ,
    'ai.usage.inputTokenDetails.cacheWriteTokens': 'gen_ai.usage.cache_write.input_tokens',
    'ai.usage.cachedInputTokens': CACHE_READ,
    'ai.usage.outputTokenDetails.reasoningTokens': REASONING,
    'ai.usage.reasoningTokens': REASONING,
    'ai.telemetry.metadata.userId': 'user.id',
    'ai.telemetry.metadata.sessionId': 'session.id',
    'ai.telemetry.metadata.tags': 'carrot.tags',
    'ai.toolCall.name': 'gen_ai.tool.name',
    'ai.toolCall.id': 'gen_ai.tool.call.id',
  },
  read(span) {
    const { attributes } = span
    const operation = string(attributes.take('ai.operationId')) ?? ''
    const known = OPERATIONS.find(([end]) => end.test(operation))?.[1]
    for (const again of ['operation.name', 'resource.name']) attributes.take(again)
    if (known !== undefined) {
      attributes.say('gen_ai.operation.name', known)
      attributes.say(NAME, `${known} ${string(attributes.look('ai.model.id')) ?? ''}`.trim())
    } else if (operation === 'ai.toolCall') {
      attributes.say('gen_ai.operation.name', 'execute_tool')
      attributes.say(NAME, attributes.look('ai.toolCall.name'))
      attributes.say('gen_ai.tool.call.arguments', fromJson(attributes.take('ai.toolCall.args')))
      attributes.say('gen_ai.tool.call.result', fromJson(attributes.take('ai.toolCall.result')))
    } else {
      attributes.say('carrot.kind', /(?:Text|Object)$/.test(operation) ? 'agent' : 'task')
      attributes.say(NAME, attributes.look('ai.telemetry.functionId'))
    }
    sayStream(span, operation)
    sayInput(span)
    sayOutput(span)
    sayMembers(attributes, 'ai.telemetry.metadata')
  },
}

function sayStream({ attributes }: Span, operation: string): void {
  if (operation.endsWith('.doStream')) attributes.say('gen_ai.request.stream', true)
  const ms = number(attributes.take('ai.response.msToFirstChunk'))
  if (ms !== undefined) attributes.say('gen_ai.response.time_to_first_chunk', ms / 1000)
}

function sayInput({ attributes }: Span): void {
  const messages = fromText(attributes.take('ai.prompt.messages'))
  const tools = eachFromText(attributes.take('ai.prompt.tools'))
  if (Array.isArray(messages)) {
    attributes.say('carrot.input', { messages, ...(Array.isArray(tools) && { tools }) })
  }
  attributes.say('carrot.input', fromText(attributes.take('ai.prompt')))
  const value = fromJson(attributes.take('ai.value'))
  const values = eachJson(attributes.take('ai.values')) ?? (value === undefined ? [] : [value])
  if (values.length > 0) {
    attributes.say('carrot.input', { input: values })
    attributes.say('carrot.request.input_count', values.length)
  }
  // Vectors are counted and not kept.
  const vectors = attributes.take('ai.embeddings') ?? attributes.take('ai.embedding')
  if (vectors !== undefined)
    attributes.say('carrot.response.output_count', items(vectors).length || 1)
}

function eachJson(value: Json | undefined): readonly Json[] | undefined {
  return Array.isArray(value) ? value.map((item: Json) => fromJson(item) ?? item) : undefined
}

function sayOutput({ attributes }: Span): void {
  const text = string(attributes.take('ai.response.text'))
  const object = fromText(attributes.take('ai.response.object'))
  const reasoning = string(attributes.take('ai.response.reasoning'))
  const calls = items(fromText(attributes.take('ai.response.toolCalls'))).flatMap(readCall)
  if (text === undefined && object === undefined && calls.length === 0) return
  const said = text || (object === undefined ? null : JSON.stringify(object))
  attributes.say('carrot.output', {
    role: 'assistant',
    content: said,
    ...(reasoning && { reasoning }),
    ...(calls.length > 0 && { tool_calls: calls }),
  })
}

function readCall(call: Json): JsonObject[] {
  if (!isObject(call)) return []
  const { toolCallId, toolName, input, args } = call
  return [toCall({ id: toolCallId, name: toolName, arguments: input ?? args })]
}
