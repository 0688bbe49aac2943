/**
 * Records as one request of OTLP, by who reports them.
 *
 * @module
 */

import type { Resource, SpanRecord } from '../record.ts'
import { createAttributes, wellFormed, type Plain } from './attributes.ts'
import { NAMES } from './names.ts'
import type { Profile } from './profile.ts'
import type { ExportRequest, ResourceSpans } from './shape.ts'
import { toSpan } from './span.ts'

export function toRequest(
  records: readonly SpanRecord[],
  profile: Profile,
  own: Readonly<Record<string, Plain>>,
): ExportRequest {
  const reporters = new Map<string, SpanRecord[]>()
  for (const record of records) {
    const key = JSON.stringify(record.resource ?? null)
    const group = reporters.get(key)
    if (group) group.push(record)
    else reporters.set(key, [record])
  }
  return { resourceSpans: [...reporters.values()].map((group) => ofOne(group, profile, own)) }
}

/** @see https://opentelemetry.io/docs/specs/semconv/resource/#service: a service is always named. */
const UNNAMED = 'unknown_service'

function ofOne(
  records: readonly SpanRecord[],
  profile: Profile,
  own: Readonly<Record<string, Plain>>,
): ResourceSpans {
  const resource: Partial<Resource> = records[0]?.resource ?? {}
  const attributes = createAttributes(profile.names)
  attributes.add(NAMES.resource, { ...resource, service: resource.service ?? UNNAMED })
  for (const [name, value] of Object.entries(own)) attributes.set(name, value)
  const [name = 'carrot-trace', version] = wellFormed(resource.sdk ?? 'carrot-trace').split('/')
  return {
    resource: { attributes: attributes.list() },
    scopeSpans: [
      {
        scope: { name, ...(version && { version }) },
        spans: records.map((record) => toSpan(record, profile)),
      },
    ],
  }
}
