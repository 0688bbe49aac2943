/**
 * What a host lets through, as it is set where the host is deployed.
 *
 * @module
 */

export interface Limits {
  /** Requests with records by one key, counted by each isolate or process for itself. */
  ingestPerMinute: number
  /** In which the body of such a request has to be here. */
  bodySeconds: number
  /** In which the store has to answer for `/readyz`. */
  readySeconds: number
}

/** 2,000 a second: more than one isolate was measured to store, of requests with one span each. */
export const INGEST_PER_MINUTE = 120_000

const VARIABLES = {
  ingestPerMinute: 'CARROT_INGEST_PER_MINUTE',
  bodySeconds: 'CARROT_BODY_SECONDS',
} as const

export interface LimitVariables {
  /** Requests with records by one key in a minute, per isolate or process; 120000 unless told. */
  CARROT_INGEST_PER_MINUTE?: string | undefined
  /** In which the body of such a request has to be here; 60 unless told. */
  CARROT_BODY_SECONDS?: string | undefined
}

/** @throws {Error} For what is no number: it stops the start, rather than being another limit. */
export function readLimits(variables: LimitVariables): Partial<Limits> {
  const limits: Partial<Limits> = {}
  for (const name of ['ingestPerMinute', 'bodySeconds'] as const) {
    const text = variables[VARIABLES[name]]
    if (!text) continue
    const value = Number(text)
    if (!(value > 0 && value < Infinity)) {
      throw new Error(`${VARIABLES[name]} has to be a number above 0; found "${text}"`)
    }
    limits[name] = value
  }
  return limits
}
