/**
 * Requests that hold another request: what is counted but not sent, what a gateway hands on, what is run
 * by name.
 *
 * @module
 */

import { fields, isObject, items, type Json, type JsonObject } from '../../../src/lib/json.ts'

/** The request inside; of several that are tried one after the other the first. */
export function innerRequest(body: Json): JsonObject | undefined {
  const [first] = items(body)
  if (first !== undefined) return object(fields(first).query)
  const { generateContentRequest, input, provider, query } = fields(body)
  if (typeof provider === 'string') return object(query)
  const { converse, messages, prompt } = fields(input)
  const isRequest = Array.isArray(messages) || typeof prompt === 'string'
  return (
    object(generateContentRequest) ?? object(converse) ?? (isRequest ? object(input) : undefined)
  )
}

function object(value: Json | undefined): JsonObject | undefined {
  return isObject(value) ? value : undefined
}

const PARAMETERS = ['max_tokens', 'max_gen_len', 'max_tokens_to_sample', 'temperature', 'top_p']

/** Whether a request says how to sample, where it does not say of which model. */
export function isTuned(body: JsonObject): boolean {
  return PARAMETERS.some((name) => typeof body[name] === 'number')
}
