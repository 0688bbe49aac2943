/**
 * The error for a request that no recording answers: it shows the nearest one, and what differs.
 *
 * @module
 */

import { TraceError } from '../errors.ts'
import type { Json } from '../json.ts'
import { differences, type Difference } from './difference.ts'
import { isSameAddress, isSameBody, jsonOf, nearestTo } from './match.ts'
import type { RecordedRequest } from './recording.ts'

const MAX_SHOWN = 5
const MAX_COUNTED = 100
const MAX_VALUE_CHARS = 80

/** Of what is shown secrets are hidden already: both sides are as a cassette has them. */
export function missing(recorded: readonly RecordedRequest[], asked: RecordedRequest): TraceError {
  return new TraceError('no_recording', `No recording answers ${nameOf(asked)}. ${why()}`)

  function why(): string {
    const same = recorded.filter((each) => isSameAddress(each, asked) && isSameBody(each, asked))
    if (same.length > 0) {
      return `The cassette has ${same.length === 1 ? 'one of it, which has' : `${same.length} of it, which have`} been replayed already. Record it again with as many requests as there are now.`
    }
    const nearest = nearestTo(recorded, asked)
    const found = nearest === undefined ? undefined : recorded[nearest]
    if (nearest === undefined || !found) return 'The cassette is empty. Record it again.'
    const shown = [...show(found)].join('\n')
    return `The nearest is recording ${nearest + 1}:\n${shown}\nRecord it again, or pass { match: 'loose' } if that is near enough.`
  }

  function* show(nearest: RecordedRequest): Generator<string> {
    const all: Difference[] = []
    for (const difference of differences(comparable(nearest), comparable(asked))) {
      if (all.push(difference) === MAX_COUNTED) break
    }
    for (const { path, expected, found } of all.slice(0, MAX_SHOWN)) {
      const from = sharedBy(expected, found)
      yield `  ${path}: expected ${clip(expected, from)}, found ${clip(found, from)}`
    }
    const rest = all.length - MAX_SHOWN
    if (rest > 0) yield `  and ${all.length === MAX_COUNTED ? `${rest} or more` : rest} others`
  }
}

export function nameOf({ method, url }: RecordedRequest): string {
  return `${method} ${url}`
}

function comparable({ method, url, body }: RecordedRequest): Json {
  const json = jsonOf(body)
  return { method, url, ...(json !== undefined && { body: json }) }
}

/** How much of a long beginning that two texts share need not be shown. */
function sharedBy(one: Json | undefined, other: Json | undefined): number {
  if (typeof one !== 'string' || typeof other !== 'string') return 0
  let shared = 0
  while (shared < one.length && one[shared] === other[shared]) shared += 1
  return shared > MAX_VALUE_CHARS / 2 ? shared - MAX_VALUE_CHARS / 4 : 0
}

function clip(value: Json | undefined, from: number): string {
  if (value === undefined) return 'nothing'
  const shown = typeof value === 'string' && from > 0 ? `…${value.slice(from)}` : value
  const text = JSON.stringify(shown)
  return text.length > MAX_VALUE_CHARS ? `${text.slice(0, MAX_VALUE_CHARS)}…` : text
}
