/**
 * What went into a step and what came out: as a conversation, as text, or as the JSON it is.
 *
 * @module
 */

import { isObject, type Json } from '../../../src/lib/json.ts'
import { rawAddress, type Side, type View } from '../addresses.ts'
import { readCall } from '../step/call.ts'
import { type Formatted, readMarkdown } from '../chat/markdown.ts'
import { readConversation, readTools } from '../chat/read.ts'
import { results } from '../step/results.ts'
import { plural } from '../units.ts'
import type { SpanDetail } from '../../store/store.ts'
import { Conversation } from './conversation.tsx'
import { JsonTree } from './json-tree.tsx'
import { LongText, Text } from './text.tsx'

const TEXT_CHARS = 6000

const NONE: Formatted = new Map()

interface BodyProps {
  span: SpanDetail
  side: Side
  view: View
  /** Of a conversation, so many turns at its beginning are known to the reader. */
  repeated?: number
  /** It is one of many on the page, and no place of its own to go to. */
  isOneOfMany?: boolean
}

export function Body({ span, side, view, repeated = 0, isOneOfMany = false }: BodyProps) {
  const value = span[side]
  const raw = rawAddress(span.traceId, span.id, side)
  const title = side === 'input' ? 'Input' : 'Output'
  return (
    <section class="body" aria-label={isOneOfMany ? undefined : title}>
      <h3>
        {title}
        {value !== null && (
          <a class="raw" href={raw} aria-label={`${title} as raw JSON`}>
            raw
          </a>
        )}
      </h3>
      {value === null ? (
        <p class="unknown">{side === 'output' ? missing(span) : 'nothing recorded'}</p>
      ) : view === 'json' ? (
        <JsonTree value={value} raw={raw} />
      ) : (
        <Readable value={value} raw={raw} isPlain={view === 'plain'} repeated={repeated} />
      )}
    </section>
  )
}

/** Vectors are counted and not kept. */
function missing(span: SpanDetail): string {
  if (span.status === 'running') return 'not yet'
  return results(readCall(span)) ?? 'nothing recorded'
}

interface ReadableProps {
  value: Json
  raw: string
  /** Texts as they were written. */
  isPlain: boolean
  repeated: number
}

function Readable({ value, raw, isPlain, repeated }: ReadableProps) {
  const turns = readConversation(value)
  if (turns) {
    return (
      <>
        <Tools body={value} raw={raw} />
        <Conversation
          {...{ turns, raw, repeated }}
          formatted={isPlain ? NONE : readMarkdown(turns)}
        />
      </>
    )
  }
  if (typeof value === 'string') return <LongText text={value} limit={TEXT_CHARS} raw={raw} />
  if (!isObject(value)) return <JsonTree value={value} raw={raw} />
  const named = Object.entries(value).filter(([, one]) => typeof one === 'string')
  const shown = named.length > 0 && named.length === Object.keys(value).length && named.length <= 20
  return shown ? <Named value={value} raw={raw} /> : <JsonTree value={value} raw={raw} />
}

/** An object of texts, such as a function's arguments: each text under its name. */
function Named({ value, raw }: { value: Record<string, Json | undefined>; raw: string }) {
  return (
    <dl class="named">
      {Object.entries(value).map(([name, text]) => (
        <div>
          <dt>
            <Text text={name} />
          </dt>
          <dd>
            <LongText text={String(text)} limit={TEXT_CHARS} raw={raw} />
          </dd>
        </div>
      ))}
    </dl>
  )
}

function Tools({ body, raw }: { body: Json; raw: string }) {
  const tools = readTools(body)
  if (tools.length === 0) return <></>
  return (
    <details class="tools">
      <summary>
        {plural(tools.length, 'tool')} offered:{' '}
        <Text text={tools.map(([name]) => name).join(', ')} />
      </summary>
      <JsonTree value={tools.map(([, tool]) => tool)} raw={raw} />
    </details>
  )
}
