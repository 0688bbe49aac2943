/**
 * OpenTelemetry as its own documentation sets it up: batches, over OTLP/HTTP.
 *
 * @module
 */

import { SpanStatusCode, type Span, type Tracer } from '@opentelemetry/api'
import { OTLPTraceExporter as JsonExporter } from '@opentelemetry/exporter-trace-otlp-http'
import { OTLPTraceExporter as ProtobufExporter } from '@opentelemetry/exporter-trace-otlp-proto'
import { resourceFromAttributes } from '@opentelemetry/resources'
import { BatchSpanProcessor, type SpanExporter } from '@opentelemetry/sdk-trace-base'
import { NodeTracerProvider } from '@opentelemetry/sdk-trace-node'
import { HEADERS, TRACES } from './environment.ts'

export const protobuf = (): SpanExporter => new ProtobufExporter({ url: TRACES, headers: HEADERS })

/** With the compression that its configuration offers. */
export const json = (): SpanExporter =>
  new JsonExporter({ url: TRACES, headers: HEADERS, compression: 'gzip' as never })

export function provider(exporter: SpanExporter): NodeTracerProvider {
  const made = new NodeTracerProvider({
    resource: resourceFromAttributes({
      'service.name': 'shop',
      'service.version': '1.2.3',
      'deployment.environment.name': 'production',
    }),
    spanProcessors: [new BatchSpanProcessor(exporter)],
  })
  made.register()
  return made
}

/** As the documentation shows it: what is thrown is told, and thrown on. */
export function inSpan<Result>(
  tracer: Tracer,
  name: string,
  work: (span: Span) => Promise<Result>,
): Promise<Result> {
  return tracer.startActiveSpan(name, async (span) => {
    try {
      return await work(span)
    } catch (error) {
      const { name: type, message } = error instanceof Error ? error : new Error(String(error))
      span.recordException({ name: type, message })
      span.setStatus({ code: SpanStatusCode.ERROR, message })
      throw error
    } finally {
      span.end()
    }
  })
}
