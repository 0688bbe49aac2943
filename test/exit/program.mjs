/** A program that traces and ends, and never calls flush. */

import * as carrot from 'carrot-trace'

const { STEPS = 70, FLUSH_TIMEOUT = 5_000 } = process.env
const limits = { flushTimeout: Number(FLUSH_TIMEOUT) }
carrot.init({ limits, onError: ({ code, message }) => console.log(`${code}: ${message}`) })
for (let step = 0; step < Number(STEPS); step += 1) carrot.span(`step ${step}`, () => step)
