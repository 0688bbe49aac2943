/**
 * A question to the library of prices, which throws at what makes no sense to it.
 *
 * @module
 */

/** `undefined` for counts that make no sense, such as more cached than there were. */
export function attempt<Result>(work: () => Result): Result | undefined {
  try {
    return work()
  } catch {
    return undefined
  }
}
