/**
 * Langfuse: observations by names of its own, with content as JSON in a text.
 *
 * @see https://langfuse.com/integrations/native/opentelemetry
 * @module
 */

import { fields, isObject, number, string, type Json, type JsonObject } from '../../src/lib/json.ts'
import { readTime } from '../api/time.ts'
import { fromJson, fromText } from './content.ts'
import { type Convention, FAILED, REASON } from './convention.ts'
import { sayMembers } from './metadata.ts'
import { sayParameters } from './parameters.ts'
import type { Span } from './span.ts'

const KINDS: ReadonlyMap<string, string> = new Map([
  ['span', 'task'],
  ['generation', 'generation'],
  ['embedding', 'embedding'],
  ['agent', 'agent'],
  ['tool', 'tool'],
  ['chain', 'workflow'],
  ['retriever', 'retriever'],
  ['evaluator', 'evaluator'],
  ['guardrail', 'guardrail'],
])

const OPERATIONS: ReadonlyMap<string, string> = new Map([
  ['generation', 'chat'],
  ['embedding', 'embeddings'],
])

export const langfuse: Convention = {
  title: 'Langfuse',
  format: 'langfuse',
  matches: ({ attributes }) => attributes.has('langfuse.'),
  names: {
    'langfuse.session.id': 'session.id',
    'langfuse.user.id': 'user.id',
    'langfuse.environment': 'deployment.environment.name',
    'langfuse.release': 'service.version',
    'langfuse.trace.tags': 'carrot.tags',
    'langfuse.observation.model.name': 'gen_ai.request.model',
  },
  read(span) {
    const { attributes } = span
    const type = string(attributes.take('langfuse.observation.type')) ?? ''
    const isRoot =
      attributes.take('langfuse.internal.is_app_root') === true || span.parentId === null
    attributes.say('gen_ai.operation.name', OPERATIONS.get(type))
    if (!(type === 'span' && isRoot)) attributes.say('carrot.kind', KINDS.get(type))
    sayParameters(attributes, 'langfuse.observation.model.parameters')
    sayUsage(span)
    sayFirstChunk(span)
    if (string(attributes.look('langfuse.observation.level')) === 'ERROR') {
      attributes.take('langfuse.observation.level')
      attributes.say(FAILED, true)
      attributes.say(REASON, attributes.take('langfuse.observation.status_message'))
    }
    const isCall = OPERATIONS.has(type)
    for (const place of ['langfuse.observation', 'langfuse.trace']) {
      sayMembers(attributes, `${place}.metadata`)
      attributes.say('carrot.input', fromText(attributes.take(`${place}.input`)))
      attributes.say('carrot.output', answer(attributes.take(`${place}.output`), isCall))
    }
  },
}

/** A text alone is what the assistant said. */
function answer(value: Json | undefined, isCall: boolean): Json | undefined {
  const said = fromText(value)
  return isCall && typeof said === 'string' ? { role: 'assistant', content: said } : said
}

/**
 * Each of its counts is a part of its own: `input` is what was not cached. Who gives it the counts of an API
 * as they are gives totals, which shows where the parts do not make up the total.
 */
function sayUsage({ attributes }: Span): void {
  const usage = fromText(attributes.look('langfuse.observation.usage_details'))
  if (!isObject(usage)) return
  attributes.take('langfuse.observation.usage_details')
  const total = number(usage.total ?? usage.total_tokens)
  const into = parts(usage, INPUT)
  const out = parts(usage, OUTPUT)
  const isApart = total === undefined || total === sum(into) + sum(out)
  const whole = (name: string, of: readonly number[]) =>
    number(usage[name]) === undefined && of.length === 0
      ? undefined
      : isApart
        ? sum(of)
        : number(usage[name])
  const input = number(usage.prompt_tokens ?? usage.input_tokens) ?? whole('input', into)
  const output = number(usage.completion_tokens ?? usage.output_tokens) ?? whole('output', out)
  attributes.say('gen_ai.usage.input_tokens', input)
  attributes.say('gen_ai.usage.output_tokens', output)
  attributes.say('carrot.usage.total_tokens', total)
  const details = fields(usage.prompt_tokens_details)
  attributes.say(
    'gen_ai.usage.cache_read.input_tokens',
    some(usage, CACHED) ?? details.cached_tokens,
  )
  attributes.say('gen_ai.usage.cache_write.input_tokens', some(usage, WRITTEN))
  attributes.say(
    'gen_ai.usage.reasoning.output_tokens',
    some(usage, REASONED) ?? fields(usage.completion_tokens_details).reasoning_tokens,
  )
  attributes.say('carrot.usage.raw', usage)
}

const CACHED = /^(?:input_cached_tokens|cache_read_input_tokens|input_cache_read|input_cached)$/
const WRITTEN = /^(?:cache_creation_input_tokens|input_cache_creation|input_cache_write)$/
const REASONED = /^(?:output_reasoning_tokens|output_reasoning)$/
const INPUT = /^(?:input(?:_(?!tokens$).*)?|cache_(?:read|creation)_input_tokens)$/
const OUTPUT = /^output(?:_(?!tokens$).*)?$/

function parts(usage: JsonObject, names: RegExp): number[] {
  return Object.entries(usage).flatMap(([name, value]) =>
    names.test(name) ? (number(value) ?? []) : [],
  )
}

function some(usage: JsonObject, names: RegExp): number | undefined {
  const [first] = parts(usage, names)
  return first
}

function sum(counts: readonly number[]): number {
  return counts.reduce((one, other) => one + other, 0)
}

/** When the first piece of a stream came, as a date that is JSON. */
function sayFirstChunk({ attributes, startUs }: Span): void {
  const name = 'langfuse.observation.completion_start_time'
  const us = readTime(string(fromJson(attributes.take(name))) ?? '')
  if (us === undefined || startUs === null || us < startUs) return
  attributes.say('gen_ai.request.stream', true)
  attributes.say('gen_ai.response.time_to_first_chunk', (us - startUs) / 1e6)
}
