/** A program that traces, and ends as it is told, without ever calling flush. */

import * as carrot from 'carrot-trace'

const [way, ...traits] = process.argv.slice(2)
carrot.init({ onError: ({ code, message }) => console.log(`${code}: ${message}`) })
if (traits.includes('handled')) process.on(way, () => process.exit(process.listenerCount(way)))
carrot.span('step', () => 1)
carrot.startSpan('open')

if (way === 'exit') process.exit(3)
if (way === 'throw') throw new Error('thrown')
if (way === 'reject') void Promise.reject(new Error('rejected'))
if (way.startsWith('SIG')) {
  setInterval(() => {}, 1_000)
  process.kill(process.pid, way)
}
