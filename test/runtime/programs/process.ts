/**
 * The suite as a program of a process: what came out is its one line.
 */

import type { Place } from '../check.ts'
import { runSuite } from '../suite.ts'

const place = JSON.parse(process.env.PLACE ?? '') as Place
console.log(JSON.stringify(await runSuite(place)))
