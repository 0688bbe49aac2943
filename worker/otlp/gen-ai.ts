/**
 * The GenAI semantic conventions of OpenTelemetry as they were before v0.1.0, and as instrumentations wrote
 * them ahead of it. What they are now is what all else is translated to.
 *
 * @see https://github.com/open-telemetry/semantic-conventions-genai
 * @module
 */

import type { Convention } from './convention.ts'
import { sayEvents } from './gen-ai-events.ts'
import { outputType } from './parameters.ts'

const CACHE_READ = 'gen_ai.usage.cache_read.input_tokens'
const CACHE_WRITE = 'gen_ai.usage.cache_write.input_tokens'
const REASONING = 'gen_ai.usage.reasoning.output_tokens'
const FIRST_CHUNK = 'gen_ai.response.time_to_first_chunk'

export const genAi: Convention = {
  title: 'OpenTelemetry GenAI',
  format: 'otel.gen_ai',
  matches: ({ attributes, events }) =>
    attributes.has('gen_ai.') || events.some(({ name }) => name.startsWith('gen_ai.')),
  names: {
    'gen_ai.system': 'gen_ai.provider.name',
    'gen_ai.usage.prompt_tokens': 'gen_ai.usage.input_tokens',
    'gen_ai.usage.completion_tokens': 'gen_ai.usage.output_tokens',
    'gen_ai.usage.total_tokens': 'carrot.usage.total_tokens',
    'gen_ai.usage.cache_creation.input_tokens': CACHE_WRITE,
    'gen_ai.usage.cache_creation_input_tokens': CACHE_WRITE,
    'gen_ai.usage.details.cache_write_tokens': CACHE_WRITE,
    'gen_ai.usage.cache_read_input_tokens': CACHE_READ,
    'gen_ai.usage.details.cache_read_tokens': CACHE_READ,
    'gen_ai.usage.reasoning_tokens': REASONING,
    'gen_ai.usage.details.reasoning_tokens': REASONING,
    'gen_ai.request.is_streaming': 'gen_ai.request.stream',
    'gen_ai.request.openai.seed': 'gen_ai.request.seed',
    'gen_ai.openai.request.seed': 'gen_ai.request.seed',
    'gen_ai.request.openai.service_tier': 'carrot.request.service_tier',
    'gen_ai.openai.request.service_tier': 'carrot.request.service_tier',
    'openai.request.service_tier': 'carrot.request.service_tier',
    'gen_ai.response.openai.service_tier': 'carrot.response.service_tier',
    'gen_ai.openai.response.service_tier': 'carrot.response.service_tier',
    'openai.response.service_tier': 'carrot.response.service_tier',
    'gen_ai.response.openai.system_fingerprint': 'openai.response.system_fingerprint',
    'gen_ai.openai.response.system_fingerprint': 'openai.response.system_fingerprint',
    'gen_ai.server.time_to_first_token': FIRST_CHUNK,
    'gen_ai.client.operation.time_to_first_chunk': FIRST_CHUNK,
    'gen_ai.workflow.name': 'gen_ai.agent.name',
  },
  read(span) {
    const { attributes } = span
    for (const name of ['gen_ai.request.openai', 'gen_ai.openai.request']) {
      attributes.say('gen_ai.output.type', outputType(attributes.take(`${name}.response_format`)))
    }
    const isOurs = attributes.look('carrot.id') !== undefined
    if (!isOurs) attributes.say('session.id', attributes.take('gen_ai.conversation.id'))
    const model =
      attributes.look('gen_ai.request.model') ?? attributes.look('gen_ai.response.model')
    const isTold = TELLING.some((name) => attributes.look(name) !== undefined)
    if (!isTold && model !== undefined) attributes.say('gen_ai.operation.name', 'chat')
    sayEvents(span)
  },
}

/** What a span does; a model alone tells of a call. */
const TELLING = ['gen_ai.operation.name', 'carrot.kind', 'gen_ai.tool.name', 'gen_ai.agent.name']
