/**
 * What is left of a span when all that is known has been read: the application's own attributes are metadata,
 * and what the tracing says of itself stands under `otel`.
 *
 * @module
 */

import type { Json, JsonObject } from '../../src/lib/json.ts'
import { fromText } from './content.ts'
import { type Dropped, MAX_METADATA, MAX_METADATA_CHARS } from './limits.ts'
import { METADATA } from './metadata.ts'
import type { Span, SpanEvent } from './span.ts'

const KINDS: ReadonlyMap<number, string> = new Map([
  [2, 'server'],
  [3, 'client'],
  [4, 'producer'],
  [5, 'consumer'],
])

/** @param isModel Whether it is a call to a model, which is a client's by that. */
export function readMetadata(span: Span, isModel: boolean, dropped: Dropped): JsonObject {
  const { attributes } = span
  const told = attributes
    .under(METADATA)
    .map(([name, value]) => [name, fromText(value) ?? value] as const)
  const all = [...attributes.rest(), ...told]
  dropped.attributes += Math.max(all.length - MAX_METADATA, 0)
  const kept = all
    .slice(0, MAX_METADATA)
    .map(([name, value]): [string, Json] => [name, shortened(value, dropped)])
  const otel = readOtel(span, isModel, dropped)
  return Object.fromEntries([...kept, ...(otel === undefined ? [] : [['otel', otel] as const])])
}

function readOtel(span: Span, isModel: boolean, dropped: Dropped): JsonObject | undefined {
  const { kind, events, links, left, resource } = span
  const told = events.map((event) => toJson(event, dropped)).filter((event) => event !== undefined)
  const own = resource.rest().filter(([name]) => !name.startsWith('telemetry.sdk.'))
  const said: JsonObject = {
    ...(!isModel && KINDS.has(kind) && { kind: KINDS.get(kind) }),
    ...(told.length > 0 && { events: told }),
    ...(links.length > 0 && { links }),
    ...(own.length > 0 && {
      resource: Object.fromEntries(own.map(([name, value]) => [name, shortened(value, dropped)])),
    }),
    ...(Object.keys(left).length > 0 && { dropped: left }),
  }
  return Object.keys(said).length > 0 ? said : undefined
}

/** None of one that has been understood. */
function toJson({ name, us, attributes }: SpanEvent, dropped: Dropped): JsonObject | undefined {
  const rest = attributes.rest()
  if (rest.length === 0 && /^(?:exception|carrot\.attempt|gen_ai\..*)$/.test(name)) return undefined
  return {
    name,
    ...(us !== null && { time: new Date(us / 1000).toISOString() }),
    ...(rest.length > 0 && {
      attributes: Object.fromEntries(
        rest.slice(0, MAX_METADATA).map(([key, value]) => [key, shortened(value, dropped)]),
      ),
    }),
  }
}

function shortened(value: Json, dropped: Dropped): Json {
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  if (text.length <= MAX_METADATA_CHARS) return value
  dropped.cut += 1
  return `${text.slice(0, MAX_METADATA_CHARS)}…`
}
