/**
 * A request, span by span: each is taken or refused by itself.
 *
 * @see https://github.com/open-telemetry/opentelemetry-proto/blob/main/docs/specification.md#otlphttp-request
 * @module
 */

import { fields, isObject, items, type Json, type JsonObject } from '../../src/lib/json.ts'
import { count, kindOf, Refused } from '../api/refused.ts'
import type { SpanChange } from '../store/store.ts'
import { toChange } from './change.ts'
import { MAX_SPANS, nothingDropped, tellDropped } from './limits.ts'
import { limited, readSpan } from './span.ts'

export interface Taken {
  changes: SpanChange[]
  rejected: number
  /** For the sender; empty where there is nothing to say. */
  message: string
}

/** @throws {Refused} Where it is no request for traces, or no span of it can be taken. */
export function readRequest(body: Json): Taken {
  const changes: SpanChange[] = []
  const dropped = nothingDropped()
  let rejected = 0
  let reason: string | undefined
  for (const { span, resource, scope } of spansOf(body)) {
    if (changes.length + rejected >= MAX_SPANS) {
      rejected += 1
      reason ??= `a request may have ${count(MAX_SPANS)} spans`
      continue
    }
    try {
      const attributes = limited(items(resource.attributes), dropped)
      changes.push(toChange(readSpan(span, attributes, scope, dropped), dropped))
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      rejected += 1
      reason ??= error.message
    }
  }
  if (changes.length === 0 && reason !== undefined) throw new Refused(reason)
  const told = reason === undefined ? [] : [`spans were refused, the first one because ${reason}`]
  const message = [...told, tellDropped(dropped)].filter((text) => text !== undefined).join('; ')
  return { changes, rejected, message }
}

interface Sent {
  span: Json
  resource: JsonObject
  scope: JsonObject
}

function* spansOf(body: Json): Generator<Sent> {
  if (!isObject(body)) throw new Refused(`the body must be an object, found ${kindOf(body)}`)
  for (const wrong of ['resourceLogs', 'resourceMetrics', 'resourceProfiles', 'resource_spans']) {
    if (body[wrong] !== undefined) {
      throw new Refused(`traces are taken here, as \`resourceSpans\`, found \`${wrong}\``)
    }
  }
  for (const group of list(body, 'resourceSpans')) {
    const { resource } = fields(group)
    for (const scopeSpans of list(fields(group), 'scopeSpans')) {
      const { scope } = fields(scopeSpans)
      for (const span of list(fields(scopeSpans), 'spans')) {
        yield { span, resource: fields(resource), scope: fields(scope) }
      }
    }
  }
}

function list(object: JsonObject, field: string): readonly Json[] {
  const value = object[field]
  if (value === undefined || value === null || Array.isArray(value)) return items(value)
  throw new Refused(`\`${field}\` must be an array, found ${kindOf(value)}`)
}
