import { createTracer, memory, type SpanRecord } from 'carrot-trace'
import {
  langfuseProfile,
  older,
  openinference,
  otlp,
  standard,
  type ExportRequest,
} from 'carrot-trace/otlp'
import { protobuf } from 'carrot-trace/otlp/protobuf'
import { describe, expect, it } from 'vitest'
import { decoded, official, plainly, understood } from './official.ts'
import { sample, stepOf } from './sample.ts'
import { sent } from './sent.ts'

/** Of two programs, with all that a record can say; and what a tracer makes. */
function records(): SpanRecord[] {
  const kept = memory()
  const tracer = createTracer({
    exporters: [kept],
    metadata: { half: 0.5, whole: 1, yes: true, none: null },
  })
  tracer.span('pipeline', (s) => {
    s.span('look', { kind: 'tool', input: { q: 'Grüße 👩‍👩‍👧' } }, () => 'a cat')
    s.startSpan('bad').fail(new TypeError('no'))
  })
  return [sample, stepOf('agent'), ...kept.records]
}

/** In protobuf, as it leaves. */
async function bytesOf(given: readonly SpanRecord[], profile = standard): Promise<Uint8Array> {
  const bodies: Uint8Array[] = []
  const exporter = otlp({
    profile,
    encoding: protobuf,
    async fetch(_url, { body, headers }) {
      expect(new Headers(headers).get('content-type')).toBe('application/x-protobuf')
      if (body instanceof Uint8Array) bodies.push(body)
      return new Response()
    },
  })
  await exporter.export(given)
  return bodies[0] ?? new Uint8Array()
}

describe.each([standard, older, openinference, langfuseProfile])(
  'a request by the names of $name',
  (profile) => {
    it('is what OpenTelemetry’s own serialiser writes of the same spans', async () => {
      const request = await sent(records(), { profile })
      expect(plainly(request)).toEqual(official(request))
    })

    it('is understood by the schema of OTLP, all of it', async () => {
      const request: ExportRequest = await sent(records(), { profile })
      expect(understood(request)).toEqual(plainly(request))
    })

    it('says the same in protobuf', async () => {
      const given = records()
      expect(decoded(await bytesOf(given, profile))).toEqual(
        plainly(await sent(given, { profile })),
      )
    })
  },
)
