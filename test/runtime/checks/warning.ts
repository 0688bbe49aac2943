/**
 * Where a runtime carries no context, the tracer says so once, and names the three ways to do without.
 *
 * @module
 */

import type { Check } from '../check.ts'

const WAYS = ['`s.fetch`', '`s.wrap(client)`', '`{ headers: s.headers() }`']

export const warning: Check = {
  name: 'a runtime without context says so once, and what to do',
  async run(_place, recording) {
    const messages: string[] = []
    const tracer = recording.tracer({ onError: ({ message }) => messages.push(message) })
    tracer.span('first', () => tracer.span('second', () => {}))
    tracer.trace('third', () => {})()
    return messages.map((message) => WAYS.filter((way) => message.includes(way)))
  },
  seen: ({ ambient }) => (ambient ? [] : [WAYS]),
  delivered: ({ ambient }) =>
    ambient ? ['first', 'first > second', 'third'] : ['first', 'second', 'third'],
}
