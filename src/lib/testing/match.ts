/**
 * Which recording answers a request.
 *
 * @module
 */

import { fields, items, string, type Json } from '../json.ts'
import { isEqual, likeness } from './difference.ts'
import type { RecordedBody, RecordedRequest } from './recording.ts'

/**
 * `strict`: method, address and body are equal, whatever the order of keys. `loose`: the address is equal,
 * and so are model and last message of the user; else the recording with the most similar body, if half
 * of the two is the same.
 */
export type Matching = 'strict' | 'loose'

/** The place of the first that answers it, of those that are left. */
export function matchOf(
  left: readonly RecordedRequest[],
  asked: RecordedRequest,
  matching: Matching,
): number | undefined {
  const equal = left.findIndex((each) => isSameAddress(each, asked) && isSameBody(each, asked))
  if (equal >= 0) return equal
  if (matching === 'strict') return undefined
  const near = left.map((each) => (isSameAddress(each, asked) ? closeness(each, asked) : 0))
  const best = Math.max(0, ...near)
  return best >= CLOSE ? near.indexOf(best) : undefined
}

const CLOSE = 0.5

/** Model and question count for more than any likeness of the rest. */
function closeness(one: RecordedRequest, other: RecordedRequest): number {
  const [left, right] = [jsonOf(one.body), jsonOf(other.body)]
  const question = lastQuestion(left)
  const isSame =
    question !== undefined &&
    isEqual(question, lastQuestion(right)) &&
    isEqual(fields(left).model, fields(right).model)
  return likeness(left, right) + Number(isSame)
}

/** The place of the one that is most like it. */
export function nearestTo(
  recorded: readonly RecordedRequest[],
  asked: RecordedRequest,
): number | undefined {
  const near = recorded.map(
    (each) => likeness(jsonOf(each.body), jsonOf(asked.body)) + Number(isSameAddress(each, asked)),
  )
  return near.length > 0 ? near.indexOf(Math.max(...near)) : undefined
}

export function isSameAddress(one: RecordedRequest, other: RecordedRequest): boolean {
  return one.method === other.method && one.url === other.url
}

/** A body that could not be looked into is taken to be any. */
export function isSameBody(
  { body: one }: RecordedRequest,
  { body: other }: RecordedRequest,
): boolean {
  if ((one && 'unseen' in one) || (other && 'unseen' in other)) return true
  return isEqual(jsonOf(one), jsonOf(other))
}

/** A text stands for itself. */
export function jsonOf(body: RecordedBody | undefined): Json | undefined {
  if (!body) return undefined
  return 'json' in body ? body.json : 'text' in body ? body.text : undefined
}

/** The last message of the user: of OpenAI, Anthropic, Google, and of APIs that take a prompt. */
function lastQuestion(body: Json | undefined): Json | undefined {
  const { messages, contents, input, inputs, prompt } = fields(body)
  const asked = messages ?? contents ?? input ?? inputs ?? prompt
  if (string(asked) !== undefined) return asked
  const message = items(asked).findLast((each) => fields(each).role === 'user')
  return fields(message).content ?? fields(message).parts
}
