/**
 * Options of `instrument`: a tracer's, and what is to be traced of a Worker.
 *
 * @module
 */

import { check, describe, isObject, isText, type Known } from '../tracer/checks.ts'
import { TraceError } from '../errors.ts'
import type { TracerOptions } from '../tracer/options.ts'
import { settle } from '../tracer/settings.ts'

export interface InstrumentOptions extends TracerOptions {
  /** What the root spans are called; else for what was called: `GET /path`, `queue emails`, `Agent.ask`. */
  name?: string | undefined
  /**
   * Whether a trace goes on that an incoming request names (`traceparent`). `continue` unless told; where
   * strangers send requests, `ignore` keeps theirs out.
   */
  incoming?: 'continue' | 'ignore' | undefined
  /**
   * Records every invocation. Unless told only those in which something is recorded, which fail, or whose
   * span is named to another program: a Worker that serves files makes no trace of each.
   */
  always?: boolean | undefined
  /** Traces `tail`, `tailStream` and `trace` events too, which are of other Workers' invocations. */
  tail?: boolean | undefined
  /**
   * Shows spans and calls in the runtime's own tracing as well: names, models and token counts, nothing of
   * what was said. Where the runtime has such a thing; for all that the tracer records.
   */
  mirror?: boolean | undefined
  /** `false`: nothing is recorded of what remote methods, messages and workflows are given. */
  input?: false | undefined
  /** `false`: nothing is recorded of what remote methods, steps and workflows return. */
  output?: false | undefined
}

/** Options, or what makes them of the Worker's `env`. */
export type OptionsOf<Env> = InstrumentOptions | ((env: Env) => InstrumentOptions)

/** Those that are not the tracer's. */
export type OwnOptions = Omit<InstrumentOptions, keyof TracerOptions>

const isFlag = (value: unknown) => typeof value === 'boolean'
const OWN: Known = {
  name: [isText, 'a string'],
  incoming: [(value) => value === 'continue' || value === 'ignore', "'continue' or 'ignore'"],
  always: [isFlag, 'true or false'],
  tail: [isFlag, 'true or false'],
  mirror: [isFlag, 'true or false'],
  input: [(value) => value === false, 'false'],
  output: [(value) => value === false, 'false'],
}

/** @throws {TraceError} `invalid_option`. */
export function sorted(options: InstrumentOptions): { own: OwnOptions; tracer: TracerOptions } {
  if (!isObject(options)) throw new TraceError('invalid_option', NO_OPTIONS + describe(options))
  const { name, incoming, always, tail, mirror, input, output, ...tracer } = options
  const own = { name, incoming, always, tail, mirror, input, output }
  check('', own, OWN)
  settle(tracer, () => {})
  return { own, tracer }
}

const NO_OPTIONS = 'The options have to be an object, or a function that makes one of env; found '
