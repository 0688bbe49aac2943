/**
 * The tracer of a Worker: made once per isolate and set of options, of the first `env` that is seen.
 *
 * It is the one that the package's own functions use, so that `carrot.fetch` and `carrot.span` are at
 * home inside. Entries without options share it. Those of one Worker that are given others than the first
 * have a tracer of their own, which their spans lead to.
 *
 * @module
 */

import { TraceError } from '../errors.ts'
import { isAnyObject } from '../json.ts'
import { createCore, inForce, init, isInitialised } from '../tracer/default.ts'
import type { TracerOptions } from '../tracer/options.ts'
import type { Core } from '../tracer/span.ts'
import { mirror } from './mirror.ts'
import { sorted, type InstrumentOptions, type OptionsOf, type OwnOptions } from './options.ts'

export interface SetUp {
  own: OwnOptions
  /** Asked at each invocation: an application may call `init` itself. */
  core(): Core
}

interface Made {
  options: TracerOptions
  core(): Core
}

/** Of one isolate. Options that are new for each request would make as many. */
const made: Made[] = []
const MAX_TRACERS = 10

/**
 * @throws {TraceError} `invalid_option`, where the options are there already. What a function makes of
 * `env` is told of instead, and done without: it is the first request that would fail.
 */
export function settingUp(given: OptionsOf<never> = {}): (env: unknown) => SetUp {
  if (typeof given !== 'function') sorted(given)
  const known = new WeakMap<object, SetUp>()

  let plain: SetUp | undefined // of an env that says nothing: a process may make one for each request

  return (env) => {
    const found = isAnyObject(env) && known.get(env)
    if (found) return found
    const isPlain = typeof given !== 'function' && Object.keys(keysIn(env)).length === 0
    if (isPlain) return (plain ??= setUpFor(given, env))
    const setUp = setUpFor(given, env)
    if (isAnyObject(env)) known.set(env, setUp)
    return setUp
  }
}

function setUpFor(given: OptionsOf<never>, env: unknown): SetUp {
  try {
    const options: InstrumentOptions =
      typeof given === 'function' ? Reflect.apply(given, undefined, [env]) : given
    const { own, tracer } = sorted({ ...keysIn(env), ...options })
    const isBare = Object.keys(options).every((name) => name in own)
    if (isBare && !isInitialised()) init(tracer)
    const core = isBare ? coreInForce : tracerOf(tracer)
    if (own.mirror) mirror(core())
    return { own, core }
  } catch (cause) {
    const told = cause instanceof TraceError ? ` ${cause.message}` : ''
    const message = `The options of instrument() cannot be used; the Worker runs on, with those of the environment.${told}`
    inForce().core.report('invalid_option', message, cause)
    return { own: {}, core: coreInForce }
  }
}

function coreInForce(): Core {
  return inForce().core
}

/** Named as the environment variables are elsewhere. */
function keysIn(env: unknown): TracerOptions {
  const { CARROT_API_KEY: apiKey, CARROT_BASE_URL: baseUrl } = isAnyObject(env) ? env : {}
  return {
    ...(typeof apiKey === 'string' && apiKey && { apiKey }),
    ...(typeof baseUrl === 'string' && baseUrl && { baseUrl }),
  }
}

function tracerOf(options: TracerOptions): () => Core {
  const known = made.find((each) => isSame(each.options, options))
  const last = made[MAX_TRACERS - 1]
  if (last && !known) last.core().report('invalid_option', TOO_MANY)
  const kept = known ?? last
  if (kept) return kept.core
  const core = made.length === 0 ? initial(options) : own(options)
  made.push({ options, core })
  return core
}

const TOO_MANY = `instrument() was given more than ${MAX_TRACERS} sets of options in one isolate: the last one holds for the rest. Options are made of env, not of a request.`

function initial(options: TracerOptions): () => Core {
  init(options)
  return coreInForce
}

function own(options: TracerOptions): () => Core {
  const { core } = createCore(options)
  return () => core
}

/** Options that are data, and may be made anew each time. */
const DATA = new Set(['tags', 'metadata', 'propagateTo', 'capture', 'limits'])

function isSame(one: TracerOptions, other: TracerOptions): boolean {
  const known = new Map<string, unknown>(Object.entries(one))
  const entries = Object.entries(other)
  return (
    entries.length === known.size &&
    entries.every(
      ([name, value]) =>
        known.get(name) === value ||
        (DATA.has(name) && JSON.stringify(known.get(name)) === JSON.stringify(value)),
    )
  )
}
