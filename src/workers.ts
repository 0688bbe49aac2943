/**
 * Cloudflare Workers: handlers, Durable Objects, Workflows and bindings, traced.
 *
 * @module
 */

export { wrapBinding, type BindingOptions } from './lib/workers/binding.ts'
export { spanOf } from './lib/workers/current.ts'
export { instrument, type EnvOf } from './lib/workers/instrument.ts'
export type { InstrumentOptions, OptionsOf } from './lib/workers/options.ts'
