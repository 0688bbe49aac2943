/**
 * A record from its beginning to its end, whoever begins it: a step or a call.
 *
 * @module
 */

import { merge, type Ambient, type Context } from './context.ts'
import { stopwatch, toMicroseconds, unixMs } from '../clock.ts'
import { strictest } from '../content.ts'
import type { Copy } from './copy.ts'
import type { TraceErrorCode } from '../errors.ts'
import type { Batch } from '../export/batch.ts'
import type { Exporter } from '../export/exporter.ts'
import type { Hold } from '../export/hold.ts'
import type { WireFormat } from '../formats/format.ts'
import { spanIdOf, traceIdOf, uuid } from '../ids.ts'
import type { Json } from '../json.ts'
import type { Fetch } from './options.ts'
import type { Settings } from './settings.ts'
import type { Prepare } from './prepare.ts'
import type { SpanKind, SpanRecord, TraceIds } from '../record.ts'
import type { ModelCall } from '../model-call.ts'
import type { Attributes } from './span-options.ts'
import type { Retries } from './retries.ts'
import type { Sampling } from './sampling.ts'

/** What one tracer is made of. */
export interface Core {
  readonly settings: Settings
  readonly formats: readonly WireFormat[]
  readonly batch: Batch
  /** Where its records go. */
  readonly exporters: readonly Exporter[]
  readonly ambient: Ambient
  readonly retries: Retries
  /** How many calls to models were of no known format, by host. */
  readonly unread: Map<string, number>
  /** Where each record has a twin elsewhere: begins one, and gives what ends it. */
  mirror?: Mirror | undefined
  /** The untraced `fetch`. */
  readonly send: Fetch
  /** Which clients can be wrapped, and how. */
  readonly copy: Copy
  readonly sampling: Sampling
  /** What every record passes on its way to the queue. */
  readonly prepare: Prepare
  report(code: TraceErrorCode, message: string, cause?: unknown): void
}

/** What is known of a record when it begins. */
export interface Beginning extends Attributes {
  name: string
  kind: SpanKind
  /** Milliseconds since it really began, where that was before it was known to be one. */
  ageMs?: number
  input?: Json | undefined
  call?: ModelCall
  /** What there is to say of it while it runs, when it is sent before its end. */
  soFar?: () => Ending
  /** The record goes on from here, instead of being a new one. */
  earlier?: Earlier | undefined
  /** Recorded only if something is recorded inside of it, it fails, or its ids are given out. */
  lazy?: boolean | undefined
  /** It has a twin already. */
  hasTwin?: boolean | undefined
}

export type Mirror = (record: SpanRecord) => (ended: SpanRecord) => void

/** What a record that has ended is known by, when it is to go on. */
export type Earlier = Pick<SpanRecord, 'id' | 'trace' | 'seq' | 'startUnixMs'>

/** What may be added until it ends. */
export type Ending = Partial<Omit<SpanRecord, 'v' | 'id' | 'trace' | 'seq'>>

export interface Live {
  readonly id: string
  readonly context: Context & { readonly trace: TraceIds }
  isRecorded(): boolean
  /** Adds to the record; tags and metadata to those it has. */
  set(changes: Ending): void
  /** Ends it, once; what comes later is let go. */
  end(changes: Ending): Earlier
}

const VERSION = '0.1.0'

export function begin(core: Core, parent: Context | undefined, beginning: Beginning): Live {
  const { settings, batch } = core
  const { earlier } = beginning
  const id = earlier?.id ?? uuid()
  const traceId = parent?.trace?.traceId ?? traceIdOf(id)
  const elapsed = stopwatch()
  const { ageMs = 0 } = beginning
  const hold = parent?.hold?.isOpen ? parent.hold : batch.hold()
  parent?.wake?.(hold)
  const inherited = parent?.attributes
  const { userId = inherited?.userId, sessionId = inherited?.sessionId } = beginning
  const content = strictest(settings.content, inherited?.content, beginning.content)
  let record: SpanRecord = {
    v: 1,
    id,
    trace: earlier?.trace ?? {
      traceId,
      spanId: spanIdOf(id),
      ...(parent?.trace && { parentSpanId: parent.trace.spanId }),
      sampled: core.sampling.isSampled(traceId, parent?.trace?.sampled),
    },
    name: beginning.name,
    kind: beginning.kind,
    status: 'running',
    seq: earlier ? earlier.seq + 1 : 0,
    startUnixMs: earlier?.startUnixMs ?? toMicroseconds(unixMs() - ageMs),
    ...(beginning.input !== undefined && { input: beginning.input }),
    tags: merge(settings.tags, inherited?.tags, beginning.tags),
    metadata: { ...settings.metadata, ...inherited?.metadata, ...beginning.metadata },
    ...(userId && { userId }),
    ...(sessionId && { sessionId }),
    resource: { ...settings.resource, sdk: `carrot-trace/${VERSION}` },
    ...(beginning.call && { call: beginning.call }),
  }
  let ended = false
  let isRecorded = false
  const context = {
    trace: record.trace,
    hold,
    attributes: { ...inherited, userId, sessionId, content },
    companions: parent?.companions,
    wake: beginning.lazy ? wake : undefined,
  }
  const reflect = beginning.hasTwin ? undefined : core.mirror?.(record)
  if (!beginning.lazy) wake()

  return { id, context, isRecorded: () => isRecorded, set, end }

  /** @param by The unit of work of who refers to it. */
  function wake(by: Hold | undefined = hold): void {
    if (isRecorded) return
    isRecorded = true
    if (!ended) hold?.retain()
    if (!ended || by?.isOpen) return keep(by)
    const late = batch.hold()
    late?.retain()
    keep(late)
    late?.release()
  }

  function set(changes: Ending): void {
    if (ended) return
    const { tags, metadata } = changes
    record = {
      ...record,
      ...changes,
      tags: tags ? merge(record.tags, tags) : record.tags,
      metadata: metadata ? { ...record.metadata, ...metadata } : record.metadata,
    }
  }

  function end(changes: Ending): Earlier {
    if (ended) return state()
    if (changes.status === 'error') wake()
    set(changes)
    ended = true
    const status = record.status === 'running' ? 'success' : record.status
    const endUnixMs = toMicroseconds(record.startUnixMs + ageMs + elapsed())
    record = { ...record, status, seq: record.seq + 1, endUnixMs }
    reflect?.(record)
    if (isRecorded) {
      keep()
      hold?.release()
    }
    return state()
  }

  function state(): Earlier {
    const { trace, seq, startUnixMs } = record
    return { id, trace, seq, startUnixMs }
  }

  function keep(by = hold): void {
    if (settings.disabled) return
    const { sampled } = record.trace
    // Of what has ended nothing is held but the record: no request, no response, no stream.
    const shown = ended ? core.prepare(record, content) : record
    if (sampled) return batch.add(shown, by, ended ? undefined : soFar)
    if (!ended) return core.sampling.began(record)
    for (const late of core.sampling.ended(shown)) batch.add(late, by)
  }

  function soFar(): SpanRecord {
    return core.prepare({ ...record, ...beginning.soFar?.() }, content)
  }
}
