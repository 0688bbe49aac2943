/**
 * Options: what may be asked for, what is taken when it is not, and a clear word on what cannot be.
 *
 * @module
 */

import { TraceError } from '../errors.ts'
import type { Exporter } from '../export/exporter.ts'
import type { BatchLimits } from '../export/batch.ts'
import type { WireFormat } from '../formats/format.ts'
import { MAX_BATCH } from '../ingest.ts'
import { isAnyObject, type JsonObject } from '../json.ts'
import type { SpanKind } from '../record.ts'
import { environment } from '../runtime/environment.ts'
import type { AsyncStorage } from '../runtime/async-context.ts'
import type { WaitUntil } from '../runtime/keep-alive.ts'

/** What `fetch` is called with and gives, without what single runtimes hang onto it. */
export type Fetch = (input: RequestInfo | URL, init?: RequestInit) => Promise<Response>

export interface TracerOptions {
  /** The collector's key, `sk-…`. Taken from `CARROT_API_KEY` where there is an environment. */
  apiKey?: string | undefined
  /** Where the collector listens, without `/v1`. `CARROT_BASE_URL`, else `http://localhost:8787`. */
  baseUrl?: string | undefined
  /** The application's name. */
  service?: string | undefined
  /** Such as `production`. */
  environment?: string | undefined
  /** The application's version. */
  release?: string | undefined
  /** Given to every record. */
  tags?: readonly string[] | undefined
  /** Given to every record. */
  metadata?: JsonObject | undefined
  /** The function to send requests with; the global `fetch`, as it is at each call, unless told. */
  fetch?: Fetch | undefined
  /** `auto` finds the runtime's AsyncLocalStorage; `off` uses none; or bring one. */
  context?: 'auto' | 'off' | AsyncStorage | undefined
  /** `auto` finds the runtime's own; or pass `ctx.waitUntil`, bound. */
  waitUntil?: 'auto' | WaitUntil | undefined
  capture?:
    | {
        /** How much of a call's request and reply is kept, each in bytes; 1 MiB unless told. */
        maxBytes?: number | undefined
      }
    | undefined
  /** Wire formats beside the built-in ones; asked first. */
  formats?: readonly WireFormat[] | undefined
  /** Where records go; to the collector unless told. */
  exporters?: readonly Exporter[] | undefined
  limits?: { [Name in keyof BatchLimits]?: BatchLimits[Name] | undefined } | undefined
  /** Told of everything of ours that fails after set-up; one warning a kind on the console unless told. */
  onError?: ((error: TraceError) => void) | undefined
  /** Record nothing; everything else works as if it were not so. */
  disabled?: boolean | undefined
}

export interface Settings {
  apiKey: string | undefined
  baseUrl: string
  resource: { service?: string; environment?: string; release?: string }
  tags: readonly string[]
  metadata: JsonObject
  fetch: Fetch | undefined
  context: 'auto' | 'off' | AsyncStorage
  waitUntil: 'auto' | WaitUntil
  maxBytes: number
  formats: readonly WireFormat[]
  exporters: readonly Exporter[] | undefined
  limits: BatchLimits
  onError: (error: TraceError) => void
  disabled: boolean
}

const DEFAULTS = {
  tags: [],
  metadata: {},
  fetch: undefined,
  context: 'auto',
  waitUntil: 'auto',
  maxBytes: 1_048_576,
  formats: [],
  exporters: undefined,
  disabled: false,
} as const

const LIMITS: BatchLimits = {
  queueBytes: 16_000_000,
  batchSize: 50,
  flushInterval: 5_000,
  flushTimeout: 5_000,
  maxRetries: 3,
}

export type Check = (value: unknown) => boolean
const isString: Check = (value) => typeof value === 'string'
const isText: Check = (value) => typeof value === 'string' && value !== ''
/** What a header can hold; an ellipsis of a manual, say, it cannot. */
const isKey: Check = (value) => typeof value === 'string' && /^[!-~]+$/.test(value)
const isFunction: Check = (value) => typeof value === 'function'
const isObject: Check = (value) => isAnyObject(value) && !Array.isArray(value)
const isList: Check = Array.isArray
const isCount: Check = (value) => Number.isSafeInteger(value) && Number(value) >= 0
const isTexts: Check = (value) =>
  Array.isArray(value) && value.every((item) => typeof item === 'string')

/** What there is, each with what it has to be and the words for that. */
export type Known = Readonly<Record<string, readonly [holds: Check, wanted: string]>>

/** Every option, what it has to be, and the words for it. */
const KNOWN: Record<keyof TracerOptions, readonly [Check, string]> = {
  apiKey: [isKey, 'a key as it was given out, without spaces'],
  baseUrl: [
    (value) => isText(value) && URL.canParse(String(value)),
    'an address such as http://localhost:8787',
  ],
  service: [isText, 'a string'],
  environment: [isText, 'a string'],
  release: [isText, 'a string'],
  tags: [isTexts, 'an array of strings'],
  metadata: [isObject, 'an object'],
  fetch: [isFunction, 'a function'],
  context: [
    (value) => value === 'auto' || value === 'off' || isObject(value),
    "'auto', 'off' or an AsyncLocalStorage",
  ],
  waitUntil: [(value) => value === 'auto' || isFunction(value), "'auto' or a function"],
  capture: [isObject, 'an object'],
  formats: [isList, 'an array'],
  exporters: [isList, 'an array'],
  limits: [isObject, 'an object'],
  onError: [isFunction, 'a function'],
  disabled: [(value) => typeof value === 'boolean', 'true or false'],
}

const COUNT = [isCount, 'a whole number, 0 or more'] as const
const CAPTURE = { maxBytes: COUNT }
const LIMIT = {
  queueBytes: COUNT,
  batchSize: [
    (value: unknown) => isCount(value) && Number(value) >= 1 && Number(value) <= MAX_BATCH,
    `1 to ${MAX_BATCH}`,
  ],
  flushInterval: COUNT,
  flushTimeout: COUNT,
  maxRetries: COUNT,
} as const

/** Given to every call that a client makes. */
export interface CallDefaults {
  tags?: readonly string[] | undefined
  metadata?: JsonObject | undefined
}

export const CALL_DEFAULTS: Known = { tags: KNOWN.tags, metadata: KNOWN.metadata }

export interface SpanOptions {
  /** What the step is; `task` unless told, `workflow` for a root. */
  kind?: SpanKind | undefined
  /** Any value; recorded as JSON, bounded, without secrets. */
  input?: unknown
  tags?: readonly string[] | undefined
  metadata?: Readonly<Record<string, unknown>> | undefined
  /** Whom it is for. Inherited by everything inside. */
  userId?: string | undefined
  /** The conversation it belongs to. Inherited by everything inside. */
  sessionId?: string | undefined
  /** A span, a `traceparent`, or incoming headers with one: in place of the ambient parent. */
  parent?: object | string | undefined
}

const KINDS: readonly unknown[] = [
  'workflow',
  'agent',
  'task',
  'tool',
  'retriever',
  'embedding',
  'generation',
  'guardrail',
  'evaluator',
] satisfies SpanKind[]

export const SPAN_OPTIONS: Known = {
  ...CALL_DEFAULTS,
  name: [isText, 'a string'],
  kind: [(value: unknown) => KINDS.includes(value), `one of ${KINDS.join(', ')}`],
  input: [() => true, 'any value'],
  userId: [isString, 'a string'],
  sessionId: [isString, 'a string'],
  parent: [
    (value: unknown) => isText(value) || isObject(value),
    'a span, a traceparent or Headers',
  ],
} as const

/** @throws {TraceError} `invalid_option`, for the first that is misspelt or impossible. */
export function settle(options: TracerOptions, onError: (error: TraceError) => void): Settings {
  check('', options, KNOWN)
  check('capture.', options.capture ?? {}, CAPTURE)
  check('limits.', options.limits ?? {}, LIMIT)
  const { service, environment: stage, release, capture, limits, ...rest } = options
  return {
    ...DEFAULTS,
    apiKey: environment('CARROT_API_KEY'),
    baseUrl: environment('CARROT_BASE_URL') ?? 'http://localhost:8787',
    onError,
    ...given(rest),
    ...given({ maxBytes: capture?.maxBytes }),
    limits: { ...LIMITS, ...given(limits ?? {}) },
    resource: given({ service, environment: stage, release }),
  }
}

/** The options that are set; one set to `undefined` is not. */
function given<Options extends object>(
  options: Options,
): { [Name in keyof Options]?: Exclude<Options[Name], undefined> } {
  const entries = Object.entries(options).filter(([, value]) => value !== undefined)
  return Object.fromEntries(entries) as Options // entries of the options themselves
}

/** @throws {TraceError} `invalid_option`. Values are described by their type: they may be secrets. */
export function check(place: string, options: object, known: Known): void {
  sift(place, options, known, (error) => {
    throw error
  })
}

/** The options that are as they have to be. The others are told of. */
export function sift<Options extends object>(
  place: string,
  options: Options,
  known: Known,
  tell: (error: TraceError) => void,
): Partial<Options> {
  if (!isObject(options)) {
    tell(invalid(`The options have to be an object; found ${describe(options)}.`))
    return {}
  }
  const kept = Object.entries(options).filter(([name, value]) => {
    const mistake = value === undefined ? undefined : mistakeIn(place, name, value, known)
    if (mistake) tell(invalid(mistake))
    return !mistake
  })
  return kept.length === Object.keys(options).length ? options : partOf<Options>(kept)
}

function mistakeIn(place: string, name: string, value: unknown, known: Known): string | undefined {
  const [holds, wanted] = Object.hasOwn(known, name) ? (known[name] ?? []) : []
  if (holds?.(value)) return undefined
  if (holds) return `The option "${place}${name}" has to be ${wanted}; found ${describe(value)}.`
  const names = Object.keys(known)
  const meant = names.find((candidate) => candidate.toLowerCase() === name.toLowerCase())
  return `There is no option "${place}${name}". ${meant ? `Write "${place}${meant}"` : `The options are ${names.join(', ')}`}.`
}

function partOf<Options extends object>(entries: [string, unknown][]): Partial<Options> {
  return Object.fromEntries(entries) as Partial<Options> // entries of the options themselves
}

function invalid(message: string): TraceError {
  return new TraceError('invalid_option', message)
}

/** What was found, without saying it: it may be a secret. */
export function describe(value: unknown): string {
  if (value === '') return 'an empty string'
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'an array'
  return typeof value === 'number' ? String(value) : typeof value
}
