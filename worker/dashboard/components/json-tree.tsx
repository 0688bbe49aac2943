/**
 * JSON as a tree that folds without scripts.
 *
 * Bounded in every direction: levels open, children per level, characters per string, nodes in all.
 * What lies beyond is counted and linked, never silently left out.
 *
 * @module
 */

import { isObject, type Json } from '../../../src/lib/json.ts'
import { jsonText } from '../json-text.ts'
import { count } from '../units.ts'
import { Head, LongText, Text } from './text.tsx'

const OPEN_LEVELS = 2
const CHILDREN = 100
const STRING_CHARS = 500
const MAX_CHARS = 256 * 1024
const MAX_NODES = 5000
/** The reader's patience ends long before the engine's stack does. */
const MAX_DEPTH = 60

type Entry = readonly [key: string, value: Json]

export interface JsonTreeProps {
  value: Json
  /** The whole of it, as a file. */
  raw: string
}

export function JsonTree({ value, raw }: JsonTreeProps) {
  const text = jsonText(value)
  if (text === undefined) {
    return <p class="note">Nested too deeply to show.</p>
  }
  if (text.length > MAX_CHARS) return <Head text={text} raw={raw} />

  let left = MAX_NODES
  const node = (key: string | undefined, value: Json, depth: number) => {
    left -= 1
    const entries = entriesOf(value)
    if (!entries || entries.length === 0) return <Leaf label={key} value={value} raw={raw} />
    if (depth >= MAX_DEPTH) {
      const text = jsonText(value) ?? ''
      return (
        <li>
          <Label label={key} /> <LongText text={text} limit={STRING_CHARS} raw={raw} />
        </li>
      )
    }
    return (
      <li>
        <details open={depth < OPEN_LEVELS}>
          <summary>
            <Label label={key} /> <Extent value={value} length={entries.length} />
          </summary>
          {list(entries, depth + 1)}
        </details>
      </li>
    )
  }
  const list = (entries: readonly Entry[], depth: number) => {
    const now = entries.slice(0, Math.min(CHILDREN, Math.max(left, 0)))
    const rest = entries.length - now.length
    // Rendered in reading order, so that the count of nodes left is right when the rest is reached.
    const items = now.map(([key, value]) => node(key, value, depth))
    return (
      <ul>
        {items}
        {rest > 0 && left > 0 && (
          <li>
            <details>
              <summary class="more">{count(rest)} more</summary>
              {list(entries.slice(now.length), depth)}
            </details>
          </li>
        )}
        {rest > 0 && left <= 0 && (
          <li class="note">
            {count(rest)} more in the <a href={raw}>raw JSON</a>
          </li>
        )}
      </ul>
    )
  }

  const entries = entriesOf(value)
  return (
    <div class="json">
      {entries && entries.length > 0 ? list(entries, 1) : <ul>{node(undefined, value, 1)}</ul>}
    </div>
  )
}

function entriesOf(value: Json): Entry[] | undefined {
  if (Array.isArray(value)) return value.map((item, index) => [String(index), item])
  if (!isObject(value)) return undefined
  return Object.entries(value).flatMap(([key, item]) => (item === undefined ? [] : [[key, item]]))
}

function Extent({ value, length }: { value: Json; length: number }) {
  return (
    <span class="extent">{Array.isArray(value) ? `[${count(length)}]` : `{${count(length)}}`}</span>
  )
}

function Label({ label }: { label: string | undefined }) {
  if (label === undefined) return <></>
  return (
    <span class="key">
      <Text text={label.slice(0, STRING_CHARS)} />
    </span>
  )
}

function Leaf({ label, value, raw }: { label: string | undefined; value: Json; raw: string }) {
  return (
    <li class="leaf">
      <Label label={label} /> <Scalar value={value} raw={raw} />
    </li>
  )
}

function Scalar({ value, raw }: { value: Json; raw: string }) {
  if (typeof value === 'string') {
    if (value.length > STRING_CHARS) {
      return (
        <span class="v-string">
          <LongText text={value} limit={STRING_CHARS} raw={raw} />
        </span>
      )
    }
    return (
      <span class="v-string">
        "<Text text={value} />"
      </span>
    )
  }
  if (Array.isArray(value)) return <span class="v-empty">[]</span>
  if (isObject(value)) return <span class="v-empty">{'{}'}</span>
  return <span class={value === null ? 'v-null' : `v-${typeof value}`}>{String(value)}</span>
}
