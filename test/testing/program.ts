/** Replays the cassette in its first argument, and prints the trace. */

import { argv } from 'node:process'
import { replay } from 'carrot-trace/testing'
import { tracePipeline } from './pipeline.ts'

console.log(JSON.stringify(await tracePipeline(replay(argv[2] ?? ''))))
