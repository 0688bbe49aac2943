/**
 * OpenTelemetry as its own documentation sets it up: batches, over OTLP in protobuf.
 *
 * @module
 */

import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto'
import { BatchSpanProcessor, NodeTracerProvider } from '@opentelemetry/sdk-trace-node'

export function provider(collectorUrl: string): NodeTracerProvider {
  const exporter = new OTLPTraceExporter({ url: `${collectorUrl}/v1/traces` })
  const made = new NodeTracerProvider({ spanProcessors: [new BatchSpanProcessor(exporter)] })
  made.register()
  return made
}
