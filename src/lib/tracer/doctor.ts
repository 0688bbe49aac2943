/**
 * Looks at how a tracer is set up, and tries it: what would keep calls from being seen, nested or sent.
 *
 * @module
 */

import { reasonOf } from '../errors.ts'
import type { Exporter } from '../export/exporter.ts'
import { isAnyObject } from '../json.ts'
import type { SpanRecord } from '../record.ts'
import { clockStepMs, lifetime, runtimeName } from '../runtime/describe.ts'
import { begin, type Core } from './span.ts'
import { isProvider, isWrappedProvider } from './provider.ts'
import { isTraced } from './wrap.ts'

/** One thing that was looked at. */
export interface Finding {
  about: 'runtime' | 'context' | 'lifetime' | 'clock' | 'delivery' | 'fetch' | 'client' | 'unread'
  /** Whether it is as it should be. */
  ok: boolean
  /** What was found, and where it is not as it should be, what to do. */
  text: string
}

/** What `doctor` found; as a text, a line for each thing. */
export interface Diagnosis {
  /** Whether everything is as it should be. */
  ok: boolean
  findings: Finding[]
  toString(): string
}

/** @param clients Of whom it is to be said whether their calls are seen. */
export async function diagnose(core: Core, clients: readonly unknown[]): Promise<Diagnosis> {
  const findings = [
    { about: 'runtime', ok: true, text: runtimeName() },
    await context(core),
    { about: 'lifetime', ok: true, text: `What is left is sent ${lifetime()}.` },
    clock(),
    ...(await delivery(core)),
    globalFetch(),
    ...clients.map(client),
    ...unread(core),
  ] satisfies Finding[]
  return {
    ok: findings.every(({ ok }) => ok),
    findings,
    toString: () => findings.map(line).join('\n'),
  }
}

function line({ about, ok, text }: Finding): string {
  return `${ok ? '✓' : '✗'} ${about.padEnd(8)} ${text}`
}

async function context({ ambient, settings }: Core): Promise<Finding> {
  const about = 'context'
  if (settings.context === 'off') {
    return { about, ok: true, text: 'Off, as told: parents are named.' }
  }
  const source = ambient.source()
  if (!source) {
    const text =
      'None on this runtime: name the parent by s.fetch, s.wrap(client) or { headers: s.headers() }.'
    return { about, ok: false, text }
  }
  const own = {}
  const found = await ambient.run(own, async () => {
    await Promise.resolve()
    return ambient.get() === own
  })
  return found
    ? { about, ok: true, text: `Follows across await (${source}).` }
    : {
        about,
        ok: false,
        text: `Is lost across await, though there is ${source}: name the parent.`,
      }
}

function clock(): Finding {
  const step = clockStepMs()
  const text =
    step === undefined
      ? 'Stands still between I/O: a step that only computes cannot be measured, and has no duration.'
      : `Moves by ${step < 0.001 ? 'less than 0.001' : Number(step.toFixed(3))} ms.`
  return { about: 'clock', ok: true, text }
}

const MAX_ANSWER_MS = 10_000

/** Sends one record of its own, past the queue, so that each receiver answers for itself. */
async function delivery(core: Core): Promise<Finding[]> {
  const about = 'delivery'
  const { disabled, baseUrl, exporters: own } = core.settings
  if (disabled) return [{ about, ok: false, text: 'The tracer is disabled: nothing is recorded.' }]
  if (core.exporters.length === 0) {
    const text = 'There is no key, so nothing is sent: pass apiKey or set CARROT_API_KEY.'
    return [{ about, ok: false, text }]
  }
  const tried = specimen(core)
  return Promise.all(
    core.exporters.map(async (exporter, index): Promise<Finding> => {
      const place = own ? `Exporter ${index + 1}` : `The collector at ${baseUrl}`
      return { about, ...(await tryOut(exporter, tried, place)) }
    }),
  )
}

async function tryOut(exporter: Exporter, { records, traceId }: Specimen, place: string) {
  const start = performance.now()
  try {
    const signal = AbortSignal.timeout(MAX_ANSWER_MS)
    const { rejected } = await exporter.export(records, { leaving: false, signal })
    const ms = Math.round(performance.now() - start)
    const [refusal] = rejected
    if (refusal) return { ok: false, text: `${place} refused a record: ${refusal.reason}` }
    return { ok: true, text: `${place} took a record in ${ms} ms: trace ${traceId}.` }
  } catch (error) {
    return { ok: false, text: `${place} could not be reached: ${reasonOf(error)}` }
  }
}

interface Specimen {
  /** The one. */
  records: readonly SpanRecord[]
  traceId: string
}

function specimen(core: Core): Specimen {
  const written: SpanRecord[] = []
  const add = (record: SpanRecord) => void written.push(record)
  const batch = { ...core.batch, hold: () => undefined, add }
  const beginning = { name: 'doctor', kind: 'task', tags: ['doctor'] } as const
  const live = begin({ ...core, batch }, undefined, beginning)
  live.end({ output: runtimeName() })
  return { records: written.slice(-1), traceId: live.context.trace.traceId }
}

function globalFetch(): Finding {
  const text = isTraced(globalThis.fetch)
    ? 'The global fetch records. Clients made before patchFetch() may have kept the one before.'
    : 'The global fetch does not record: calls are seen of clients that were wrapped, or given carrot.fetch.'
  return { about: 'fetch', ok: true, text }
}

/** Where clients keep the fetch that they were given, or found. */
const PLACES: readonly (readonly string[])[] = [
  ['fetch'],
  ['_options', 'fetch'],
  ['_options', 'fetcher'],
  ['_options', 'httpClient', 'fetcher'],
  ['httpOptions', 'fetch'],
  ['config', 'fetch'],
  ['clientConfig', 'fetch'],
  ['configuration', 'fetch'],
]

function client(given: unknown): Finding {
  const about = 'client'
  const name = isAnyObject(given) ? String(given.constructor?.name) : typeof given
  const fetches = [
    isProvider(given) ? undefined : given,
    ...PLACES.map((path) => at(given, path)),
  ].filter((each) => typeof each === 'function')
  const isSeen = isWrappedProvider(given) || fetches.some(isTraced)
  if (isSeen) return { about, ok: true, text: `The calls of ${name} are seen.` }
  const text =
    fetches.length > 0
      ? `The calls of ${name} are not seen: wrap it, or give it carrot.fetch; patchFetch() has to come before it is made.`
      : `${name} does not show which fetch it uses: its calls are seen if that is carrot.fetch, or the global one after patchFetch().`
  return { about, ok: fetches.length === 0 && isTraced(globalThis.fetch), text }
}

/** Calls to models that no format read. */
function unread({ unread: counts }: Core): Finding[] {
  return [...counts].map(([host, count]) => {
    const calls = count === 1 ? 'One call' : `${count} calls`
    const text = `${calls} to ${host} could not be read: pass a format in the option "formats".`
    return { about: 'unread', ok: false, text }
  })
}

function at(value: unknown, path: readonly string[]): unknown {
  return path.reduce((inner, name) => (isAnyObject(inner) ? inner[name] : undefined), value)
}
