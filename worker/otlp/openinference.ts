/**
 * OpenInference, which Phoenix and Arize read: messages as attributes, one for each text, numbered.
 *
 * @see https://github.com/Arize-ai/openinference/blob/main/spec/semantic_conventions.md
 * @module
 */

import { fields, isObject, items, string, type Json, type JsonObject } from '../../src/lib/json.ts'
import { fromText } from './content.ts'
import type { Convention } from './convention.ts'
import { sayMembers } from './metadata.ts'
import { nested } from './nested.ts'
import { sayParameters } from './parameters.ts'
import { toCall } from './parts.ts'
import type { Span } from './span.ts'

const KINDS: ReadonlyMap<string, string> = new Map([
  ['LLM', 'generation'],
  ['EMBEDDING', 'embedding'],
  ['TOOL', 'tool'],
  ['AGENT', 'agent'],
  ['CHAIN', 'workflow'],
  ['RETRIEVER', 'retriever'],
  ['RERANKER', 'retriever'],
  ['GUARDRAIL', 'guardrail'],
  ['EVALUATOR', 'evaluator'],
])

const OPERATIONS: ReadonlyMap<string, string> = new Map([
  ['LLM', 'chat'],
  ['EMBEDDING', 'embeddings'],
  ['RERANKER', 'rerank'],
])

export const openinference: Convention = {
  title: 'OpenInference',
  format: 'openinference',
  matches: ({ attributes }) => attributes.has('openinference.span.kind'),
  names: {
    'llm.provider': 'gen_ai.provider.name',
    'llm.system': 'gen_ai.provider.name',
    'llm.request.model_name': 'gen_ai.request.model',
    'llm.response.model_name': 'gen_ai.response.model',
    'embedding.model_name': 'gen_ai.request.model',
    'reranker.model_name': 'gen_ai.request.model',
    'llm.token_count.prompt': 'gen_ai.usage.input_tokens',
    'llm.token_count.completion': 'gen_ai.usage.output_tokens',
    'llm.token_count.total': 'carrot.usage.total_tokens',
    'llm.token_count.prompt_details.cache_read': 'gen_ai.usage.cache_read.input_tokens',
    'llm.token_count.prompt_details.cache_write': 'gen_ai.usage.cache_write.input_tokens',
    'llm.token_count.prompt_details.audio': 'gen_ai.usage.audio.input_tokens',
    'llm.token_count.completion_details.reasoning': 'gen_ai.usage.reasoning.output_tokens',
    'llm.token_count.completion_details.audio': 'gen_ai.usage.audio.output_tokens',
    'llm.finish_reason': 'gen_ai.response.finish_reasons',
    'tool.name': 'gen_ai.tool.name',
    'tool.description': 'gen_ai.tool.description',
    'agent.name': 'gen_ai.agent.name',
    'tag.tags': 'carrot.tags',
    'openinference.project.name': 'service.name', // of a resource
  },
  read(span) {
    const { attributes } = span
    const kind = string(attributes.take('openinference.span.kind'))?.toUpperCase() ?? ''
    attributes.say('gen_ai.operation.name', OPERATIONS.get(kind))
    attributes.say('carrot.kind', KINDS.get(kind))
    sayParameters(attributes, 'llm.invocation_parameters')
    sayParameters(attributes, 'embedding.invocation_parameters')
    sayModel(span)
    sayMembers(attributes, 'metadata')
    sayInput(span, OPERATIONS.has(kind))
    sayOutput(span, OPERATIONS.has(kind))
  },
}

/** It has one name for both: that of the request is in the parameters, where it is told. */
function sayModel({ attributes }: Span): void {
  const model = attributes.take('llm.model_name')
  const isAnother = attributes.look('gen_ai.request.model') !== undefined
  attributes.say(isAnother ? 'gen_ai.response.model' : 'gen_ai.request.model', model)
}

function sayInput({ attributes }: Span, isCall: boolean): void {
  const value = valueOf('input', attributes)
  const messages = listUnder('llm.input_messages.', attributes).map(readMessage)
  const tools = listUnder('llm.tools.', attributes).map(
    (tool) => fromText(fields(fields(tool).tool).json_schema) ?? tool,
  )
  const prompts = listUnder('llm.prompts.', attributes).map(
    (prompt) => fields(fields(prompt).prompt).text ?? prompt,
  )
  const texts = listUnder('embedding.embeddings.', attributes).flatMap(
    (embedding) => string(fields(fields(embedding).embedding).text) ?? [],
  )
  const documents = listUnder('reranker.input_documents.', attributes).map(readDocument)
  const query = attributes.take('reranker.query')
  // The request as it was sent says more than what was read from it.
  const isRequest = isCall && isObject(value) && REQUEST.some((name) => value[name] !== undefined)
  const [prompt] = prompts
  if (isRequest) attributes.say('carrot.input', value)
  if (messages.length > 0) attributes.say('gen_ai.input.messages', messages)
  if (tools.length > 0) attributes.say('gen_ai.tool.definitions', tools)
  if (prompt !== undefined)
    attributes.say('carrot.input', { prompt: prompts.length > 1 ? prompts : prompt })
  if (texts.length > 0) attributes.say('carrot.input', { input: texts })
  if (documents.length > 0) attributes.say('carrot.input', { query: query ?? null, documents })
  if (messages.length === 0) attributes.say('carrot.input', value)
}

const REQUEST = ['messages', 'contents', 'input', 'prompt', 'system']

function sayOutput({ attributes }: Span, isCall: boolean): void {
  const value = valueOf('output', attributes)
  const messages = listUnder('llm.output_messages.', attributes).map(readMessage)
  const found = listUnder('retrieval.documents.', attributes)
  const ranked = listUnder('reranker.output_documents.', attributes)
  const documents = [...found, ...ranked].map(readDocument)
  if (isCall && fields(value).role !== undefined) attributes.say('carrot.output', value)
  if (messages.length > 0) attributes.say('gen_ai.output.messages', messages)
  else attributes.say('carrot.output', value)
  if (documents.length > 0) attributes.say('carrot.output', documents)
}

function valueOf(side: 'input' | 'output', attributes: Span['attributes']): Json | undefined {
  const value = attributes.take(`${side}.value`)
  const type = string(attributes.take(`${side}.mime_type`)) ?? ''
  return type === 'text/plain' ? value : fromText(value)
}

function listUnder(prefix: string, attributes: Span['attributes']): readonly Json[] {
  return items(nested(attributes.under(prefix)))
}

function readDocument(item: Json): Json {
  const { metadata, ...document } = fields(fields(item).document)
  return { ...document, ...(metadata !== undefined && { metadata: fromText(metadata) }) }
}

function readMessage(item: Json): JsonObject {
  const {
    role,
    content,
    contents,
    tool_calls,
    function_call_name,
    function_call_arguments_json,
    ...others
  } = fields(fields(item).message)
  const calls = [
    ...items(tool_calls).map((call) => readCall(fields(fields(call).tool_call))),
    ...(function_call_name === undefined
      ? []
      : [toCall({ name: function_call_name, arguments: function_call_arguments_json })]),
  ]
  const parts = items(contents).map(readPart)
  return {
    role: string(role) ?? 'user',
    ...others,
    content: content ?? (parts.length > 0 ? parts : null),
    ...(calls.length > 0 && { tool_calls: calls }),
  }
}

function readCall({ id, function: called }: JsonObject): JsonObject {
  const { name, arguments: given } = fields(called)
  return toCall({ id, name, arguments: given })
}

function readPart(item: Json): Json {
  const part = fields(fields(item).message_content)
  const { type, text, image, audio } = part
  if (type === 'image' && image !== undefined) {
    return { type: 'image_url', image_url: { url: fields(fields(image).image).url } }
  }
  if (type === 'text') return { type, text }
  if (type === 'audio' && audio !== undefined) return { type, ...fields(fields(audio).audio) }
  return part
}
