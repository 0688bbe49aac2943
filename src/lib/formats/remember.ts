/**
 * A program calls few addresses, again and again: what is asked of each is found out once.
 *
 * @module
 */

const MAX_ANSWERS = 200

/** The same question, whose latest answers are kept. An address with a query may hold a key, and is not. */
export function remember<Answer>(ask: (url: URL) => Answer): (url: URL) => Answer {
  const answers = new Map<string, { answer: Answer }>()

  return (url) => {
    if (url.search) return ask(url)
    const { href } = url
    const known = answers.get(href)
    if (known) return known.answer
    if (answers.size === MAX_ANSWERS) answers.clear()
    const answer = ask(url)
    answers.set(href, { answer })
    return answer
  }
}
