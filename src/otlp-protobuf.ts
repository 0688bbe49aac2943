/**
 * Protobuf for `carrot-trace/otlp`, by `@opentelemetry/otlp-transformer`, which this entry alone needs.
 *
 * @module
 */

export { protobuf } from './lib/otlp/protobuf.ts'
