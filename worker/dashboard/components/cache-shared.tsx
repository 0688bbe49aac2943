/**
 * What two prompts begin with alike, in words and as the text around the place where they part.
 *
 * @module
 */

import type { Part } from '../cache/prompt.ts'
import type { Form, Place, Shared } from '../cache/shared.ts'
import { percent } from '../compare/figures.ts'
import { count, plural } from '../units.ts'
import { cut, cutStart, Text } from './text.tsx'

/** Of the text on both sides of the place. */
const AROUND_CHARS = 160
/** More parts than anyone reads. */
const PARTS = 200
const NAME_CHARS = 100

export function whatIsShared({ outcome, parts, chars }: Shared, which: string): string {
  const share = percent(chars.of > 0 ? chars.shared / chars.of : 1)
  const much = `${plural(parts.shared, 'whole part')} of ${count(parts.of)}, ${count(chars.shared)} of ${plural(chars.of, 'character')}`
  switch (outcome) {
    case 'same':
      return `All of this prompt is the same as in ${which}: ${plural(parts.of, 'part')}, ${plural(chars.of, 'character')}.`
    case 'grown':
      return `The first ${share} is the same as in ${which}, all of whose prompt this one begins with (${much}).`
    case 'shortened':
      return `All of this prompt is the beginning of that of ${which}, which goes on (${much}).`
    case 'parted':
      return `The first ${share} is the same as in ${which} (${much}).`
    case 'apart':
      return `Nothing is the same as in ${which}: the prompts differ from their first character on.`
  }
}

const FORMS: Record<Form, string> = {
  space: 'only in white space',
  order: 'only in the order of their keys',
  'order and space': 'only in the order of their keys and in white space',
}

interface PartingProps {
  shared: Shared
  which: string
}

export function Parting({ shared: { place }, which }: PartingProps) {
  if (!place) return <></>
  const { before, now, at, form, moved } = place
  return (
    <>
      <h3>
        <span>
          They first differ in <Name name={now.name} />
          {before.name !== now.name && (
            <>
              , where {which} has <Name name={before.name} />
            </>
          )}
          {at > 0 && <span class="sub"> at character {count(at + 1)}</span>}
        </span>
      </h3>
      {form && <p class="notice">The two differ {FORMS[form]}. To a cache that is another text.</p>}
      {moved !== undefined && (
        <p class="notice">
          In {which} this very tool is <Name name={moved} />: in another order, tools are another
          prompt.
        </p>
      )}
      <Excerpt title={`In ${which}`} text={before.text} at={at} />
      <Excerpt title="In this call" text={now.text} at={at} />
    </>
  )
}

function Name({ name }: { name: string }) {
  return (
    <b>
      <Text text={name.length > NAME_CHARS ? `${cut(name, NAME_CHARS)}…` : name} />
    </b>
  )
}

/** The text around the place, whose first character is marked. */
function Excerpt({ title, text, at }: { title: string; text: string; at: Place['at'] }) {
  const head = cutStart(text.slice(0, at), AROUND_CHARS)
  const rest = text.slice(at)
  const [mark = ''] = rest
  const tail = cut(rest.slice(mark.length), AROUND_CHARS)
  return (
    <div class="turn">
      <p class="role">{title}</p>
      <div class="said" dir="auto">
        {head.length < at && '…'}
        <Text text={head} />
        <mark>{SPACES.get(mark) ?? <Text text={mark} />}</mark>
        <Text text={tail} />
        {mark.length + tail.length < rest.length && '…'}
      </div>
    </div>
  )
}

/** What cannot be seen, by its name. */
const SPACES = new Map([
  ['', 'end'],
  [' ', 'space'],
  ['\n', 'line break'],
  ['\r', 'carriage return'],
  ['\t', 'tab'],
  ['\u00a0', 'no-break space'],
])

interface PartsProps {
  parts: readonly Part[]
  shared: Shared
}

/** All parts of this prompt, in the order in which they are cached. */
export function PromptParts({ parts, shared }: PartsProps) {
  const share = shared.chars.of > 0 ? (shared.chars.shared / shared.chars.of) * 100 : 100
  return (
    <details class="others">
      <summary>{plural(parts.length, 'part')} of this prompt, in order</summary>
      <svg class="share" role="img" aria-label={`${percent(share / 100)} is the same`}>
        <rect width="100%" height="6" />
        <rect class="same" width={`${share.toFixed(1)}%`} height="6" />
      </svg>
      <ol>
        {parts.slice(0, PARTS).map(({ name, text }, index) => (
          <li>
            <Name name={name} />{' '}
            <span class="unknown">
              {plural(text.length, 'character')}, {stateOf(index, shared)}
            </span>
          </li>
        ))}
      </ol>
      {parts.length > PARTS && <p class="note">{count(parts.length - PARTS)} more.</p>}
    </details>
  )
}

function stateOf(index: number, { parts, place }: Shared): string {
  if (index < parts.shared) return 'the same'
  return place && index === parts.shared ? 'differs' : place ? 'after the difference' : 'new'
}
