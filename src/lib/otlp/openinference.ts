/**
 * OpenInference: what Phoenix and Arize read.
 *
 * Messages are attributes of their own there, one for each text, numbered.
 *
 * @see https://github.com/Arize-ai/openinference/blob/main/spec/semantic_conventions.md
 * @module
 */

import { fields, items, string, type Json } from '../json.ts'
import type { SpanKind, SpanRecord } from '../record.ts'
import { asText, type Plain } from './attributes.ts'
import type { Message } from './messages.ts'
import type { MessagePart } from './part.ts'
import type { Profile } from './profile.ts'

export const openinference: Profile = {
  name: 'openinference',
  names: {
    'gen_ai.usage.input_tokens': 'llm.token_count.prompt',
    'gen_ai.usage.output_tokens': 'llm.token_count.completion',
    'carrot.usage.total_tokens': 'llm.token_count.total',
    'gen_ai.usage.cache_read.input_tokens': 'llm.token_count.prompt_details.cache_read',
    'gen_ai.usage.cache_write.input_tokens': 'llm.token_count.prompt_details.cache_write',
    'gen_ai.usage.audio.input_tokens': 'llm.token_count.prompt_details.audio',
    'gen_ai.usage.reasoning.output_tokens': 'llm.token_count.completion_details.reasoning',
    'gen_ai.usage.audio.output_tokens': 'llm.token_count.completion_details.audio',
    'gen_ai.request.model': 'llm.request.model_name',
    'gen_ai.response.model': 'llm.response.model_name',
    'gen_ai.tool.name': 'tool.name',
    'gen_ai.agent.name': 'agent.name',
    'gen_ai.tool.call.arguments': [],
    'gen_ai.tool.call.result': [],
    'gen_ai.system_instructions': [],
    'gen_ai.input.messages': [],
    'gen_ai.output.messages': [],
    'gen_ai.tool.definitions': [],
    'carrot.input': [],
    'carrot.output': [],
    'carrot.tags': 'tag.tags',
    'carrot.metadata': [],
    'service.name': ['service.name', 'openinference.project.name'],
  },
  more(record, { system, messages, tools, answers }) {
    const { call, kind, metadata } = record
    const told = system.length > 0 ? [{ role: 'system', parts: system }, ...messages] : messages
    return {
      'openinference.span.kind': kindOf(record),
      ...valueOf('input', record.input),
      ...valueOf('output', record.output),
      ...(Object.keys(metadata).length > 0 && { metadata: asText(metadata) }),
      ...(call && ofCall(record, kind)),
      ...Object.assign(
        {},
        ...told.map((message, at) => ofMessage(`llm.input_messages.${at}`, message)),
      ),
      ...Object.assign(
        {},
        ...answers.map((message, at) => ofMessage(`llm.output_messages.${at}`, message)),
      ),
      ...Object.fromEntries(
        tools.map((tool, at) => [`llm.tools.${at}.tool.json_schema`, asText(tool)]),
      ),
    }
  },
}

type Said = Record<string, Plain | undefined>

const KINDS: Readonly<Record<SpanKind, string>> = {
  workflow: 'CHAIN',
  agent: 'AGENT',
  task: 'CHAIN',
  tool: 'TOOL',
  retriever: 'RETRIEVER',
  embedding: 'EMBEDDING',
  generation: 'LLM',
  guardrail: 'GUARDRAIL',
  evaluator: 'EVALUATOR',
}

function kindOf({ kind, call }: SpanRecord): string {
  return call?.operation === 'rerank' ? 'RERANKER' : KINDS[kind]
}

function valueOf(name: 'input' | 'output', value: Json | undefined): Said {
  if (value === undefined) return {}
  const type = typeof value === 'string' ? 'text/plain' : 'application/json'
  return { [`${name}.value`]: asText(value), [`${name}.mime_type`]: type }
}

/** Its words for providers, where they are not those of OpenTelemetry. */
const PROVIDERS: Readonly<Partial<Record<string, string>>> = {
  'aws.bedrock': 'aws',
  'azure.ai.inference': 'azure',
  'azure.ai.openai': 'azure',
  'gcp.gemini': 'google',
  'gcp.gen_ai': 'google',
  'gcp.vertex_ai': 'google',
  mistral_ai: 'mistralai',
  moonshot_ai: 'moonshot',
  x_ai: 'xai',
}

function ofCall({ call }: SpanRecord, kind: SpanKind): Said {
  if (!call) return {}
  const { provider, request, response } = call
  const family = kind === 'embedding' ? 'embedding' : 'llm'
  return {
    'llm.provider': PROVIDERS[provider] ?? provider,
    'llm.system': call.format.replace(/\..*/, ''),
    [`${family}.model_name`]: response.model ?? request.model,
    [`${family}.invocation_parameters`]: asText(request.params),
    'llm.finish_reason': response.choices[0]?.finishReason ?? undefined,
  }
}

/** One text alone is the content, several things are contents; calls of tools have a place of their own. */
function ofMessage(at: string, { role, parts }: Message): Said {
  const said: Said = { [`${at}.message.role`]: role }
  const calls = parts.filter(({ type }) => type === 'tool_call')
  const [answer] = parts.filter(({ type }) => type === 'tool_call_response')
  const rest = parts.filter((part) => !calls.includes(part) && part !== answer)
  const [only, ...others] = rest
  calls.forEach((call, index) => {
    const place = `${at}.message.tool_calls.${index}.tool_call`
    said[`${place}.id`] = string(call.id)
    said[`${place}.function.name`] = string(call.name)
    said[`${place}.function.arguments`] = asText(call.arguments)
  })
  if (answer) {
    said[`${at}.message.tool_call_id`] = string(answer.id)
    said[`${at}.message.content`] = asText(answer.response)
  } else if (only?.type === 'text' && others.length === 0) {
    said[`${at}.message.content`] = string(only.content)
    return said
  }
  rest.forEach((part, index) =>
    Object.assign(said, ofPart(`${at}.message.contents.${index}.message_content`, part)),
  )
  return said
}

function ofPart(at: string, part: MessagePart): Said {
  const { type, modality, uri, mime_type, content } = part
  if (modality === 'image' && (uri ?? content)) {
    const url =
      string(uri) ?? `data:${string(mime_type) ?? 'image/*'};base64,${string(content) ?? ''}`
    return { [`${at}.type`]: 'image', [`${at}.image.image.url`]: url }
  }
  const text =
    string(content) ??
    items(content)
      .map((piece) => string(fields(piece).text) ?? '')
      .join('')
  return { [`${at}.type`]: type, [`${at}.text`]: text || asText(part) }
}
