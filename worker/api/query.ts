/**
 * The question in an address, such as `?status=error&tag=prod&from=2026-01-01`.
 *
 * @module
 */

import type { Term, TraceQuery } from '../store/query.ts'
import { SPAN_STATUSES } from '../../src/lib/record.ts'
import { expectOneOf, expectText, expectTime } from './expect.ts'
import { Refused } from './refused.ts'

const PARAMETERS = ['status', 'model', 'tag', 'from', 'to', 'before', 'limit']
const MAX_TAGS = 20
const MAX_LIMIT = 200
const MAX_WORD_CHARS = 200

/** @throws {Refused} Also for a parameter that is not known: a filter with a typo must not find all. */
export function readQuery(parameters: URLSearchParams): TraceQuery {
  for (const name of parameters.keys()) {
    if (!PARAMETERS.includes(name)) {
      throw new Refused(`a parameter is not known; there are ${PARAMETERS.join(', ')}`)
    }
    if (name !== 'tag' && parameters.getAll(name).length > 1) {
      throw new Refused(`\`${name}\` is given more than once; only \`tag\` may be`)
    }
  }
  const tags = parameters.getAll('tag').map((tag) => expectText(tag, 'tag', MAX_WORD_CHARS) ?? '')
  if (tags.length > MAX_TAGS) {
    throw new Refused(`\`tag\` may be given ${MAX_TAGS} times, found ${tags.length}`)
  }
  const status = expectOneOf(parameters.get('status'), 'status', SPAN_STATUSES)
  const model = expectText(parameters.get('model'), 'model', MAX_WORD_CHARS)
  const fromUs = expectTime(parameters.get('from'), 'from')
  const toUs = expectTime(parameters.get('to'), 'to')
  const before = parameters.get('before')
  const limit = readLimit(parameters.get('limit'))
  const terms: Term[] = [
    ...(status === null ? [] : [{ field: 'status' as const, values: [status] }]),
    ...(model === null ? [] : [{ field: 'model' as const, values: [model] }]),
    ...tags.map((tag) => ({ field: 'tag' as const, values: [tag] })),
  ]
  return {
    ...(terms.length > 0 && { terms }),
    ...(fromUs !== null && { fromUs }),
    ...(toUs !== null && { toUs }),
    ...(before !== null && { before }),
    ...(limit !== null && { limit }),
  }
}

function readLimit(text: string | null): number | null {
  if (text === null) return null
  const limit = /^\d{1,3}$/.test(text) ? Number(text) : 0
  if (limit < 1 || limit > MAX_LIMIT) {
    throw new Refused(`\`limit\` must be a number from 1 to ${MAX_LIMIT}`)
  }
  return limit
}
