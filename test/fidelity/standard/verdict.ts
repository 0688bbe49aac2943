/**
 * What came of one check: with native `fetch`, with the traced one, and beside the standard.
 *
 * @module
 */

import type { Seen } from '../scenarios.ts'
import { kindOf } from '../seen.ts'
import { OPEN, type Check } from './check.ts'

export interface Verdict {
  name: string
  native: Seen
  traced: Seen
  /** The application saw another thing than it would have untraced. */
  differs: boolean
  /** Which of both do what the standard says; neither is asked where it leaves that open. */
  conforms: { native: boolean; traced: boolean } | undefined
  /** It came to its end, and the call was recorded if it is one. */
  valid: boolean
}

/**
 * The names of the checks that differ, and whole verdicts of those that tell nothing.
 *
 * @param unseen Checks that are known to leave no record.
 */
export function resultOf(verdicts: readonly Verdict[], unseen: readonly string[] = []) {
  return {
    differing: verdicts
      .filter(({ differs }) => differs)
      .map(({ name }) => name)
      .toSorted(),
    invalid: verdicts.filter(({ name, valid }) => valid === unseen.includes(name)),
  }
}

export function judge(
  check: Check | undefined,
  native: Seen,
  traced: Seen,
  records: number,
): Verdict {
  const { name = '', standard = OPEN, untraced = false } = check ?? {}
  const texts = { native: textOf(native), traced: textOf(traced) }
  const isLate = `${texts.native}${texts.traced}`.includes('"unexpected"')
  const isStandard = (text: string) => withoutDetail(text) === textOf(standard)
  const isRefused = texts.native.startsWith('{"threw"')
  return {
    name,
    native: JSON.parse(texts.native),
    traced: JSON.parse(texts.traced),
    differs: texts.native !== texts.traced,
    conforms:
      standard === OPEN
        ? undefined
        : { native: isStandard(texts.native), traced: isStandard(texts.traced) },
    valid: !isLate && (untraced || isRefused || records > 0),
  }
}

/** As it passes between processes, too. */
function textOf(seen: Seen): string {
  const plain = (_: string, value: unknown) => (value instanceof Error ? kindOf(value) : value)
  return JSON.stringify(seen ?? null, plain)
}

/** Without what the standard leaves open. */
function withoutDetail(text: string): string {
  return JSON.stringify(JSON.parse(text, (key, value) => (key === 'detail' ? undefined : value)))
}
