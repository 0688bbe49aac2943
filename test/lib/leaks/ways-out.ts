/**
 * Every way in which records leave a program, each as the text that can be read on its other side.
 *
 * @module
 */

import { gunzipSync } from 'node:zlib'
import { consoleExporter, memory, type SpanRecord } from 'carrot-trace'
import { toFineTuning, toRawRecords } from 'carrot-trace/export'
import { langfuseProfile, older, openinference, otlp, standard } from 'carrot-trace/otlp'
import { protobuf } from 'carrot-trace/otlp/protobuf'
import { collector } from '../../../src/lib/export/collector.ts'
import type { Exporter } from '../../../src/lib/export/exporter.ts'

export interface WaysOut {
  exporters: Exporter[]
  /** What came out, by the name of the way. */
  said(): Record<string, string>
}

const PROFILES = [standard, older, openinference, langfuseProfile]

/** One of each. */
export function waysOut(): WaysOut {
  const said: Record<string, string> = {}
  const kept = memory()
  const keep = (way: string, body: RequestInit['body']) => {
    const text = textOf(body)
    said[way] = (said[way] ?? '') + text
    return text
  }
  const toCollector = (way: string, baseUrl: string) =>
    collector({
      apiKey: 'k',
      baseUrl,
      async fetch(_url, { body }) {
        const { traces }: { traces: { id: string }[] } = JSON.parse(keep(way, body))
        return Response.json({ traces: traces.map(({ id }) => ({ id })), errors: [] })
      },
    })
  const otlps = PROFILES.flatMap((profile) =>
    [undefined, protobuf].map((encoding) =>
      otlp({
        profile,
        encoding,
        async fetch(_url, { body }) {
          keep(`${encoding ? 'protobuf' : 'OTLP'}, ${profile.name}`, body)
          return Response.json({})
        },
      }),
    ),
  )
  const lastMoment: Exporter = {
    export(records) {
      for (const exporter of [toCollector('', 'http://a.test'), ...otlps]) {
        said['last moment'] = (said['last moment'] ?? '') + exporter.request?.(records).body
      }
      return { rejected: [] }
    },
  }
  return {
    exporters: [
      toCollector('collector', 'http://localhost:1'),
      toCollector('collector, gzip', 'https://collector.test'),
      ...otlps,
      lastMoment,
      kept,
      consoleExporter({
        colors: true,
        write: (line) => (said.console = `${said.console ?? ''}${line}\n`),
      }),
    ],
    said: () => ({ ...said, ...inFiles(kept.records) }),
  }
}

function inFiles(records: readonly SpanRecord[]): Record<string, string> {
  return {
    memory: JSON.stringify(records),
    'raw lines': toRawRecords(records).join('\n'),
    'lines to train on': JSON.stringify(toFineTuning(records)),
  }
}

function textOf(body: RequestInit['body']): string {
  if (typeof body === 'string') return body
  if (body instanceof ArrayBuffer) return gunzipSync(new Uint8Array(body)).toString()
  if (body instanceof Uint8Array) return new TextDecoder().decode(body) // texts stand in protobuf as they are
  throw new TypeError(`A body that nobody reads here: ${typeof body}`)
}
