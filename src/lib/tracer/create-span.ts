/**
 * A step as the application holds it: what it may add to the record, and how it ends it.
 *
 * @module
 */

import { carry, letGo } from './carrier.ts'
import type { Context } from './context.ts'
import { toCarrier } from './distributed.ts'
import { errorRecord } from '../errors.ts'
import { isObject } from '../json.ts'
import { mask } from '../redact.ts'
import type { Scope, Span, SpanChanges } from './scope.ts'
import { snapshot } from '../snapshot.ts'
import type { SpanOptions } from './span-options.ts'
import { begin, type Beginning, type Core, type Ending, type Live } from './span.ts'

export interface CreatedSpan {
  /** What its children take over. */
  context: Live['context']
  /** What a span has beside its scope. */
  members: Omit<Span, keyof Scope>
  /** Ends it with this output, unless it has been given one. */
  finish(output: unknown): void
  isRecorded(): boolean
}

/** What an application cannot say of a span. */
export type Manner = Pick<Beginning, 'ageMs' | 'earlier' | 'hasTwin' | 'lazy'>

export function createSpan(
  core: Core,
  parent: Context | undefined,
  options: SpanOptions & { name: string },
  manner?: Manner,
): CreatedSpan {
  const { name, kind = parent?.trace ? 'task' : 'workflow' } = options
  const { tags, userId, sessionId, content } = options
  const { maxBytes } = core.settings
  const input = snapshot(options.input, maxBytes)
  const metadata = toMetadata(options.metadata)
  let answered = false
  const own = { name, kind, input, tags, metadata, userId, sessionId, content }
  const live = begin(core, parent, { ...own, ...manner })
  const { id, context, isRecorded } = live
  const { traceId, spanId } = context.trace

  return {
    context,
    isRecorded,
    finish: (output) => end(answered ? {} : recorded('output', output)),
    members: {
      id,
      traceId,
      spanId,
      set,
      headers: () => carry(context),
      export: () => toCarrier(context),
      fail: (error) => end({ status: 'error', error: errorRecord(error, mask) }),
      end: () => end({}),
      [Symbol.dispose]: () => end({}),
    },
  }

  function set({ name, input, output, tags, metadata }: SpanChanges): void {
    answered ||= output !== undefined
    live.set({
      ...(name && { name }),
      ...recorded('input', input),
      ...recorded('output', output),
      ...(tags && { tags: [...tags] }),
      ...(metadata && { metadata: toMetadata(metadata) }),
    })
  }

  function end(changes: Ending): void {
    letGo(context)
    live.end(changes)
  }

  function recorded(field: 'input' | 'output', value: unknown): Ending {
    const json = value === undefined ? undefined : snapshot(value, maxBytes)
    return json === undefined ? {} : { [field]: json }
  }

  function toMetadata(metadata: SpanOptions['metadata']) {
    const json = snapshot(metadata ?? {}, maxBytes)
    return isObject(json) ? json : {}
  }
}
