/** A program that traces and ends, and never calls flush. */

import * as carrot from 'carrot-trace'

carrot.init({ onError: ({ code, message }) => console.log(`${code}: ${message}`) })
for (let step = 0; step < 70; step += 1) carrot.span(`step ${step}`, () => step)
