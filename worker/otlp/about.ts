/**
 * Whose span it is: user, session, tags, and the application that sent it.
 *
 * @module
 */

import { items, string, type Json } from '../../src/lib/json.ts'
import { defined } from '../api/defined.ts'
import type { SpanChange } from '../store/store.ts'
import type { Attributes } from './attributes.ts'
import { fromText } from './content.ts'
import type { Span } from './span.ts'

const MAX_ID_CHARS = 1000
const MAX_WORD_CHARS = 200
const MAX_TAGS = 100

/** What the semantic conventions call an unnamed service. */
const UNNAMED = /^unknown_service(?::.*)?$/

type About = Pick<SpanChange, 'userId' | 'sessionId' | 'environment' | 'resource'>

/** The span itself counts before its resource. */
export function about({ attributes, resource, scope }: Span): About {
  const find = (...names: string[]) =>
    names
      .map((name) => word(attributes.take(name)) ?? word(resource.take(name)))
      .find((found) => found !== null)
  const environment = find('deployment.environment.name', 'deployment.environment')
  const service = find('service.name')
  const sdk = [scope.name ?? word(resource.look('telemetry.sdk.name')), scope.version]
  return {
    userId: id(attributes, 'user.id', 'enduser.id'),
    sessionId: id(attributes, 'session.id'),
    environment: environment ?? null,
    resource: defined({
      service: service === undefined || UNNAMED.test(service) ? undefined : service,
      environment,
      release: find('service.version'),
      sdk: sdk.filter(Boolean).join('/').slice(0, MAX_WORD_CHARS) || 'unknown',
    }),
  }
}

export function readTags(attributes: Attributes): string[] | null {
  const said = fromText(attributes.take('carrot.tags'))
  const list = typeof said === 'string' ? [said] : items(said)
  const tags = list.flatMap((tag) => word(tag) ?? [])
  return tags.length > 0 ? [...new Set(tags)].slice(0, MAX_TAGS) : null
}

/** What is too long, or empty, to be a name is none. */
export function word(value: Json | undefined): string | null {
  const text = string(value)
  return text && text.length <= MAX_WORD_CHARS ? text : null
}

function id(attributes: Attributes, ...names: string[]): string | null {
  const found = names
    .map((name) => attributes.take(name))
    .map((value) => (typeof value === 'number' ? String(value) : string(value)))
    .find(Boolean)
  return found === undefined ? null : found.slice(0, MAX_ID_CHARS)
}
