/**
 * Options of a tracer: what may be asked for.
 *
 * @module
 */

import type { ContentLevel } from '../content.ts'
import type { TraceError } from '../errors.ts'
import type { BatchLimits } from '../export/batch.ts'
import type { Exporter } from '../export/exporter.ts'
import type { WireFormat } from '../formats/format.ts'
import type { JsonObject } from '../json.ts'
import type { MediaLevel } from '../media.ts'
import type { Redaction } from '../redaction.ts'
import type { AsyncStorage } from '../runtime/async-context.ts'
import type { WaitUntil } from '../runtime/keep-alive.ts'
import type { Keep } from './sampling.ts'

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
  /**
   * Hosts whose requests say which span they come from (`traceparent`, and `tracestate` and `baggage`
   * where there are any), so that the program there goes on with the trace: `api.example.com`,
   * `localhost:8788`, `*.example.com`. None unless told.
   */
  propagateTo?: readonly string[] | undefined
  /** `auto` finds the runtime's AsyncLocalStorage; `off` uses none; or bring one. */
  context?: 'auto' | 'off' | AsyncStorage | undefined
  /** `auto` finds the runtime's own; or pass `ctx.waitUntil`, bound. */
  waitUntil?: 'auto' | WaitUntil | undefined
  capture?:
    | {
        /**
         * How much of what is said is recorded: all of it, its shape with every text by its length, or
         * nothing. Models, counts, times and names are recorded in any case. `full` unless told.
         */
        content?: ContentLevel | undefined
        /**
         * What is recorded of pictures, sound and files in a request: a `reference` in place of their base64,
         * which says type and size; `inline`, as they were sent; or `drop`, not even that. Of those in an
         * answer it is always type and size. `reference` unless told.
         */
        media?: MediaLevel | undefined
        /** How much of a call's request and reply is kept, each in bytes; 1 MiB unless told. */
        maxBytes?: number | undefined
        /**
         * `inject`: streams of OpenAI Chat Completions that were not asked for their usage are, on hosts
         * known to take the question (OpenAI, DeepSeek, Together, Fireworks); the application reads the
         * stream without the answer. `off` unless told: such usage is then unknown.
         */
        streamUsage?: 'off' | 'inject' | undefined
      }
    | undefined
  /** What must not be recorded, beside keys and the like: patterns, paths, functions. */
  redact?: Redaction | readonly Redaction[] | undefined
  /**
   * The share of traces that is recorded, 0 to 1. Their ids decide, so that all programs with a part in a
   * trace decide alike; a parent elsewhere that says it is not sampled is believed. All unless told.
   */
  sampleRate?: number | undefined
  /** Which of the other traces are recorded all the same, decided when they have ended here. */
  keep?: Keep | undefined
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
