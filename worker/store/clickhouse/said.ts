/**
 * What was said of a span, as rows: each write is one of its own, so that two writers at once both count.
 *
 * What is known of a span is what its rows say, merged in the order in which the engine took them. Bodies
 * stand apart, and merging moves none: a body is known by the row that says it.
 *
 * @module
 */

import type { Json } from '../../../src/lib/json.ts'
import { merge, type Known } from '../merge.ts'
import { preview } from '../preview.ts'
import type { SpanChange } from '../store.ts'
import { tokensIn } from './tokens.ts'

/** What a list and a search know of a body. */
export interface Glance {
  preview: string
  words: string[]
}

interface Said {
  change: Omit<SpanChange, 'input' | 'output'>
  input: Glance | null
  output: Glance | null
}

/** As it is written. */
export interface SaidRow {
  project: string
  id: string
  /** Of all that it says, so that the same again is the same row. */
  hash: string
  place: number
  span_id: string
  said: string
  input: string
  output: string
}

/** @param place In its batch: rows of one batch have one time. */
export async function toSaidRow(
  project: string,
  change: SpanChange,
  place: number,
): Promise<SaidRow> {
  const { input, output, ...rest } = change
  const [inputText, outputText] = [textOf(input), textOf(output)]
  const said: Said = {
    change: rest,
    input: glance(input, inputText),
    output: glance(output, outputText),
  }
  const text = JSON.stringify(said)
  return {
    project,
    id: change.id,
    hash: await hashOf([text, inputText, outputText]),
    place,
    span_id: change.spanId,
    said: text,
    input: inputText,
    output: outputText,
  }
}

/** Half of SHA-256, in hex. No text of JSON has a NUL in it. */
async function hashOf(texts: readonly string[]): Promise<string> {
  const bytes = new TextEncoder().encode(texts.join('\0'))
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
  return Array.from(hash.subarray(0, 16), (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** Empty for what says nothing, which no JSON is. */
function textOf(body: Json): string {
  return body === null ? '' : JSON.stringify(body)
}

function glance(body: Json, text: string): Glance | null {
  return text === '' ? null : { preview: preview(body, text), words: tokensIn(body) }
}

/** As it is read. */
export interface ToldRow {
  id: string
  hash: string
  first_us: number
  last_us: number
  place: number
  said: string
}

/** A span as it is known. */
export interface Heard {
  known: Known
  /** When it was first heard of. */
  firstUs: number
  input: HeardBody | null
  output: HeardBody | null
  /** Whether all its rows name one trace: then it was never anywhere else. */
  isSettled: boolean
}

/** A body, by the row that says it. */
export type HeardBody = Glance & { hash: string }

/** @param rows All of one span. */
export function hear(rows: readonly ToldRow[]): Heard | undefined {
  const told = rows.toSorted(inOrder).map((row) => ({ row, said: readSaid(row.said) }))
  const known = told.reduce<Known | undefined>(
    (sofar, { row: { hash }, said: { change, input, output } }) =>
      // The row stands for the body.
      merge(sofar, { ...change, input: input && hash, output: output && hash }),
    undefined,
  )
  if (known === undefined) return undefined
  const bodies = new Map(told.map(({ row, said }) => [row.hash, said]))
  const bodyOf = (field: 'input' | 'output'): HeardBody | null => {
    const body = known[field]?.body
    const hash = body !== undefined && 'value' in body ? body.value : null
    const said = typeof hash === 'string' ? bodies.get(hash)?.[field] : undefined
    return typeof hash === 'string' && said ? { ...said, hash } : null
  }
  const traces = new Set(told.map(({ said }) => said.change.traceId))
  return {
    known,
    firstUs: Math.min(...rows.map((row) => row.first_us)),
    input: bodyOf('input'),
    output: bodyOf('output'),
    isSettled: traces.size === 1 && !traces.has(null),
  }
}

function inOrder(one: ToldRow, other: ToldRow): number {
  return one.last_us - other.last_us || one.place - other.place || (one.hash < other.hash ? -1 : 1)
}

/** Our own text. */
function readSaid(text: string): Said {
  return JSON.parse(text)
}
