/**
 * One block of a message: words, a call of a tool or its result, a picture by its type and size.
 *
 * @module
 */

import { isObject, parse, type Json } from '../../../src/lib/json.ts'
import type { Formatted } from '../chat/markdown.ts'
import type { Block, Media } from '../chat/turns.ts'
import { plural, size } from '../units.ts'
import { JsonTree } from './json-tree.tsx'
import { Markdown } from './markdown.tsx'
import { LongText, Text } from './text.tsx'

const TEXT_CHARS = 6000

/** Of each call of a tool, the tool's name by the call's id. */
export type Names = ReadonlyMap<string, string>

interface SaidProps {
  block: Block
  names: Names
  formatted?: Formatted
  raw: string
}

export function Said({ block, names, formatted, raw }: SaidProps) {
  const tokens = formatted?.get(block)
  const words = (text: string) =>
    tokens ? (
      <Markdown tokens={tokens} limit={TEXT_CHARS} />
    ) : (
      <LongText text={text} limit={TEXT_CHARS} raw={raw} />
    )
  switch (block.type) {
    case 'text':
      return words(block.text)
    case 'reasoning':
      return (
        <details class="reasoning">
          <summary>Reasoning ({plural(block.text.length, 'character')})</summary>
          {words(block.text)}
        </details>
      )
    case 'refusal':
      return (
        <div class="refusal">
          <p class="label">Refusal</p>
          <LongText text={block.text} limit={TEXT_CHARS} raw={raw} />
        </div>
      )
    case 'call':
      return (
        <div class="call">
          <p class="label">
            calls{' '}
            <b>
              <Text text={block.name} />
            </b>{' '}
            <Id id={block.id} />
          </p>
          <Arguments value={block.arguments} raw={raw} />
        </div>
      )
    case 'result':
      return (
        <div class={block.failed ? 'call failed' : 'call'}>
          <p class="label">
            {block.failed ? 'error' : 'result'} of{' '}
            <b>
              <Text text={names.get(block.of ?? '') ?? block.name ?? block.of ?? 'a tool'} />
            </b>{' '}
            <Id id={names.has(block.of ?? '') ? block.of : undefined} />
          </p>
          {block.blocks.map((inner) => (
            <ResultOf block={inner} names={names} raw={raw} />
          ))}
        </div>
      )
    case 'media':
      return <MediaOf media={block} />
    case 'other':
      return (
        <div class="other">
          <p class="label">
            <Text text={block.name} />
          </p>
          <JsonTree value={block.content} raw={raw} />
        </div>
      )
  }
}

/** Tools answer in JSON more often than not, sent as text. */
function ResultOf({ block, names, raw }: { block: Block; names: Names; raw: string }) {
  const value = block.type === 'text' ? parse(block.text) : undefined
  if (Array.isArray(value) || isObject(value)) return <JsonTree value={value} raw={raw} />
  return <Said block={block} names={names} raw={raw} />
}

function Arguments({ value, raw }: { value: Json; raw: string }) {
  if (typeof value !== 'string') return <JsonTree value={value} raw={raw} />
  return (
    <>
      <p class="note">The arguments are not valid JSON:</p>
      <LongText text={value} limit={TEXT_CHARS} raw={raw} />
    </>
  )
}

function Id({ id }: { id: string | undefined }) {
  return (
    <>
      {id !== undefined && (
        <code class="id">
          <Text text={id} />
        </code>
      )}
    </>
  )
}

/** Never loaded: an address in a prompt may be anyone's. */
function MediaOf({ media: { what, format, bytes, address, caption } }: { media: Media }) {
  return (
    <p class="media">
      {what}
      {format && (
        <>
          {' '}
          · <Text text={format} />
        </>
      )}
      {bytes !== undefined && <> · {size(bytes)}</>}
      {address !== undefined && (
        <>
          {' '}
          ·{' '}
          <code>
            <Text text={address} />
          </code>
        </>
      )}
      {caption !== undefined && (
        <span class="sub">
          <Text text={caption} />
        </span>
      )}
    </p>
  )
}
