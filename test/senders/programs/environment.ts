/**
 * What the test tells a program: where models and collector are, and the key to the latter.
 *
 * @module
 */

function told(name: string): string {
  const value = process.env[name]
  if (value === undefined) throw new Error(`The program has to be told ${name}.`)
  return value
}

export const MODELS = `${told('MODEL_URL')}/v1`
export const TRACES = `${told('COLLECTOR_URL')}/v1/traces`
export const HEADERS = { authorization: `Bearer ${told('COLLECTOR_KEY')}` }
/** How this run differs from others of the same program. */
export const VARIANT = process.env.VARIANT ?? ''
