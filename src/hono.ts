/**
 * A middleware for Hono, on any runtime.
 *
 * @module
 */

export { tracing, type TracingVariables } from './lib/workers/hono.ts'
export type { InstrumentOptions, OptionsOf } from './lib/workers/options.ts'
