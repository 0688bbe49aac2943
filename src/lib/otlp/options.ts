/**
 * What `otlp` is told, and what it takes from the environment where it is told nothing.
 *
 * @see https://opentelemetry.io/docs/specs/otel/protocol/exporter/
 * @module
 */

import { TraceError } from '../errors.ts'
import { isAnyObject } from '../json.ts'
import { environment } from '../runtime/environment.ts'
import type { Plain } from './attributes.ts'
import type { Encoding } from './encoding.ts'
import type { Profile } from './profile.ts'

export interface OtlpOptions {
  /**
   * Where the receiver listens. `/v1/traces` is added, unless the path ends in `/traces` already. Without it the
   * standard's variables are taken: `OTEL_EXPORTER_OTLP_TRACES_ENDPOINT` as it is, or
   * `OTEL_EXPORTER_OTLP_ENDPOINT` with `/v1/traces`; else `http://localhost:4318`.
   */
  url?: string | undefined
  /**
   * Sent with each request: keys, as a rule. Those of `OTEL_EXPORTER_OTLP_HEADERS` (or `…_TRACES_HEADERS`) are
   * taken only where neither these nor a `url` are given, for they are for whom the environment names.
   */
  headers?: Readonly<Record<string, string>> | undefined
  /** What things are called; by the GenAI conventions v0.1.0 unless told. */
  profile?: Profile | undefined
  /** JSON unless told; `protobuf` of `carrot-trace/otlp/protobuf` for receivers that take nothing else. */
  encoding?: Encoding | undefined
  /** Said of the application, beside its service, environment and release. */
  resource?: Readonly<Record<string, Plain>> | undefined
  /** The function to send with; the global `fetch` unless told. */
  fetch?: ((url: string, init: RequestInit) => Promise<Response>) | undefined
}

const OPTIONS = ['url', 'headers', 'profile', 'encoding', 'resource', 'fetch']

export interface Endpoint {
  url: string
  headers: Readonly<Record<string, string>>
}

/** @throws {TraceError} `invalid_option`, saying what was found by its type alone: it may be a key. */
export function endpointOf(options: OtlpOptions): Endpoint {
  const unknown = Object.keys(options).find((name) => !OPTIONS.includes(name))
  if (unknown)
    fail(`There is no option "${unknown}" of otlp. The options are ${OPTIONS.join(', ')}.`)
  const { url, headers, profile, encoding, fetch } = options
  for (const [name, value] of Object.entries({ profile, encoding })) {
    if (value !== undefined && !isAnyObject(value)) {
      fail(
        `The option "${name}" of otlp has to be the value of that name, imported; found ${typeof value}.`,
      )
    }
  }
  if (fetch !== undefined && typeof fetch !== 'function') {
    fail(`The option "fetch" of otlp has to be a function; found ${typeof fetch}.`)
  }
  const isTold = url !== undefined || headers !== undefined
  return { url: addressOf(url), headers: checked(isTold ? (headers ?? {}) : headersAround()) }
}

function addressOf(url: string | undefined): string {
  const whole = url === undefined ? environment('OTEL_EXPORTER_OTLP_TRACES_ENDPOINT') : undefined
  const said = url ?? whole ?? environment('OTEL_EXPORTER_OTLP_ENDPOINT') ?? 'http://localhost:4318'
  const address = typeof said === 'string' && URL.canParse(said) ? new URL(said) : undefined
  if (!address || !/^https?:$/.test(address.protocol)) {
    return fail(
      `The option "url" of otlp has to be an address such as http://localhost:4318; found ${typeof said}.`,
    )
  }
  const path = address.pathname.replace(/\/+$/, '')
  if (!whole && !path.endsWith('/traces')) address.pathname = `${path}/v1/traces`
  return address.href
}

/** `key=value,other=value`, percent-encoded. */
function headersAround(): Record<string, string> {
  const said =
    environment('OTEL_EXPORTER_OTLP_TRACES_HEADERS') ??
    environment('OTEL_EXPORTER_OTLP_HEADERS') ??
    ''
  return Object.fromEntries(
    said.split(',').flatMap((pair) => {
      const at = pair.indexOf('=')
      return at > 0 ? [[pair.slice(0, at).trim(), decoded(pair.slice(at + 1).trim())]] : []
    }),
  )
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

function checked(headers: Readonly<Record<string, string>>): Endpoint['headers'] {
  try {
    return Object.fromEntries(new Headers(headers))
  } catch {
    return fail('The option "headers" of otlp has to be names and values that headers can hold.')
  }
}

function fail(message: string): never {
  throw new TraceError('invalid_option', message)
}
