/**
 * A program calls few addresses, again and again: what is asked of each is found out once.
 *
 * @module
 */

const MAX_ANSWERS = 200

/** The same question, whose latest answers are kept by this key. */
export function remember<Asked, Answer>(
  ask: (asked: Asked) => Answer,
  keyOf: (asked: Asked) => string | undefined,
): (asked: Asked) => Answer {
  const answers = new Map<string, { answer: Answer }>()

  return (asked) => {
    const key = keyOf(asked)
    if (key === undefined) return ask(asked)
    const known = answers.get(key)
    if (known) return known.answer
    if (answers.size === MAX_ANSWERS) answers.clear()
    const answer = ask(asked)
    answers.set(key, { answer })
    return answer
  }
}

/** An address; none with a query, which may hold a key and is not kept. */
export function addressOf({ href, search }: URL): string | undefined {
  return search ? undefined : href
}
