/**
 * The rest of what a step's record holds: parameters, the user's own metadata, the exchange over
 * HTTP, and the names by which others know it.
 *
 * @module
 */

import type { Child } from 'hono/jsx'
import type { Json } from '../../../src/lib/json.ts'
import type { SpanDetail } from '../../store/store.ts'
import { rawAddress } from '../addresses.ts'
import type { CallFacts } from '../step/call.ts'
import { fromOutside } from '../json-text.ts'
import { duration } from '../units.ts'
import { Pairs } from './facts.tsx'
import { JsonTree } from './json-tree.tsx'

export function StepRecord({ span, call }: { span: SpanDetail; call: CallFacts }) {
  const { http, parameters } = call
  const metadata = ownMetadata(span)
  const resource = fromOutside(span.resource)
  return (
    <>
      {parameters.length > 0 && (
        <Section title="Parameters">
          <Pairs pairs={parameters} />
        </Section>
      )}
      {metadata.length > 0 && (
        <Section title="Metadata">
          <JsonTree
            value={Object.fromEntries(metadata)}
            raw={rawAddress(span.traceId, span.id, 'input')}
          />
        </Section>
      )}
      {http.url !== undefined && (
        <Section title="HTTP">
          <Pairs
            pairs={[
              ['request', `${http.method ?? ''} ${http.url}`.trim()],
              ['status', http.status],
              ['request id', http.requestId],
              ['attempt', http.attempt === undefined ? undefined : http.attempt + 1],
              [
                'retry after',
                http.retryAfterMs === undefined ? undefined : duration(http.retryAfterMs * 1000),
              ],
              ['server', call.server],
              ['client', call.client],
              ['format', call.format],
            ]}
          />
        </Section>
      )}
      <Section title="Identity">
        <Pairs
          pairs={[
            ['record', span.id],
            ['span', span.spanId],
            ['parent', span.parentId ?? undefined],
            ['response', call.responseId],
            ['service tier', call.tier],
            ['fingerprint', call.fingerprint],
            ['user', span.userId ?? undefined],
            ['session', span.sessionId ?? undefined],
            ['environment', span.environment ?? undefined],
            ['service', resource.service],
            ['release', resource.release],
            ['sdk', resource.sdk],
          ]}
        />
      </Section>
    </>
  )
}

function Section({ title, children }: { title: string; children: Child }) {
  return (
    <section aria-label={title}>
      <h3>{title}</h3>
      {children}
    </section>
  )
}

/** The user's own keys: without ours, and without what is shown above already. */
function ownMetadata(span: SpanDetail): [string, Json][] {
  const latency = span.endUs === null ? undefined : Math.round((span.endUs - span.startUs) / 1000)
  const shown = new Map<string, Json | undefined>([
    ['model', span.model],
    ['input_tokens', span.inputTokens],
    ['output_tokens', span.outputTokens],
    ['latency_ms', latency],
  ])
  return Object.entries(span.metadata).flatMap(([key, value]) => {
    if (key === 'carrot' || value === undefined) return []
    const same = typeof value === 'number' ? Math.round(value) : value
    return shown.get(key) === same ? [] : [[key, value]]
  })
}
