/**
 * Settings of a tracer: its options as they were checked, and what is taken where none was given.
 *
 * @module
 */

import type { ContentLevel } from '../content.ts'
import type { TraceError } from '../errors.ts'
import type { BatchLimits } from '../export/batch.ts'
import type { Exporter } from '../export/exporter.ts'
import type { WireFormat } from '../formats/format.ts'
import { MAX_BATCH } from '../ingest.ts'
import { defined, type JsonObject } from '../json.ts'
import { MEDIA_LEVELS, type MediaLevel } from '../media.ts'
import type { Redaction } from '../redaction.ts'
import type { AsyncStorage } from '../runtime/async-context.ts'
import { environment } from '../runtime/environment.ts'
import type { WaitUntil } from '../runtime/keep-alive.ts'
import {
  check,
  invalid,
  isCount,
  isFunction,
  isKey,
  isList,
  isObject,
  isText,
  isTexts,
  type Known,
} from './checks.ts'
import type { Fetch, TracerOptions } from './options.ts'
import type { Keep } from './sampling.ts'
import { CONTENT, LABELS } from './span-options.ts'

export interface Settings {
  apiKey: string | undefined
  baseUrl: string
  resource: { service?: string; environment?: string; release?: string }
  tags: readonly string[]
  metadata: JsonObject
  fetch: Fetch | undefined
  propagateTo: readonly string[]
  context: 'auto' | 'off' | AsyncStorage
  waitUntil: 'auto' | WaitUntil
  content: ContentLevel
  redact: readonly Redaction[]
  sampleRate: number | undefined
  keep: Keep | undefined
  maxBytes: number
  streamUsage: 'off' | 'inject'
  media: MediaLevel
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
  propagateTo: [],
  context: 'auto',
  waitUntil: 'auto',
  content: 'full',
  sampleRate: undefined,
  keep: undefined,
  maxBytes: 1_048_576,
  streamUsage: 'off',
  media: 'reference',
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

/** Every option, what it has to be, and the words for it. */
const KNOWN: Known = {
  apiKey: [isKey, 'a key as it was given out, without spaces'],
  baseUrl: [
    (value) => isText(value) && URL.canParse(String(value)),
    'an address such as http://localhost:8787',
  ],
  service: [isText, 'a string'],
  environment: [isText, 'a string'],
  release: [isText, 'a string'],
  ...LABELS,
  fetch: [isFunction, 'a function'],
  propagateTo: [isTexts, 'an array of host names'],
  context: [
    (value) => value === 'auto' || value === 'off' || isObject(value),
    "'auto', 'off' or an AsyncLocalStorage",
  ],
  waitUntil: [(value) => value === 'auto' || isFunction(value), "'auto' or a function"],
  capture: [isObject, 'an object'],
  redact: [isRedaction, 'a pattern, a path, a function, or an array of these'],
  sampleRate: [
    (value) => Number(value) >= 0 && Number(value) <= 1 && typeof value === 'number',
    'a number from 0 to 1',
  ],
  keep: [(value) => isObject(value) || isFunction(value), 'an object or a function'],
  formats: [isList, 'an array'],
  exporters: [isList, 'an array'],
  limits: [isObject, 'an object'],
  onError: [isFunction, 'a function'],
  disabled: [(value) => typeof value === 'boolean', 'true or false'],
}

function isRedaction(value: unknown): boolean {
  if (Array.isArray(value)) return value.every((each) => !Array.isArray(each) && isRedaction(each))
  return isText(value) || isFunction(value) || value instanceof RegExp
}

const COUNT = [isCount, 'a whole number, 0 or more'] as const
const CAPTURE = {
  content: CONTENT,
  media: [
    (value: unknown) => MEDIA_LEVELS.some((level) => level === value),
    "'reference', 'inline' or 'drop'",
  ],
  maxBytes: COUNT,
  streamUsage: [(value: unknown) => value === 'off' || value === 'inject', "'off' or 'inject'"],
} as const
const KEEP_ALONE =
  'The option "keep" adds to what "sampleRate" records: set that as well, to 0 if it is to be none.'
const KEEP = {
  errors: [(value: unknown) => typeof value === 'boolean', 'true or false'],
  slowerThanMs: COUNT,
  moreTokensThan: COUNT,
  tags: [isTexts, 'an array of strings'],
} as const
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

/** @throws {TraceError} `invalid_option`, for the first that is misspelt or impossible. */
export function settle(options: TracerOptions, onError: (error: TraceError) => void): Settings {
  check('', options, KNOWN)
  check('capture.', options.capture ?? {}, CAPTURE)
  check('limits.', options.limits ?? {}, LIMIT)
  if (typeof options.keep !== 'function') check('keep.', options.keep ?? {}, KEEP)
  if (options.keep && options.sampleRate === undefined) throw invalid(KEEP_ALONE)
  const { service, environment: stage, release, capture, limits, redact = [], ...rest } = options
  return {
    ...DEFAULTS,
    apiKey: environment('CARROT_API_KEY'),
    baseUrl: environment('CARROT_BASE_URL') ?? 'http://localhost:8787',
    onError,
    ...defined(rest),
    ...defined(capture ?? {}),
    redact: [redact].flat(),
    limits: { ...LIMITS, ...defined(limits ?? {}) },
    resource: defined({ service, environment: stage, release }),
  }
}
