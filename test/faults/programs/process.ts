/**
 * A program of a process that meets all the faults at once. What came out is its first line; then it
 * ends, and each line more is what it is told by that.
 */

import { FAULTS } from '../faults.ts'
import { run, type Outcome } from '../scenario.ts'

const { MODELS: url = '', COLLECTORS = '' } = process.env
const addresses = JSON.parse(COLLECTORS) as Record<string, string>
const outcomes: Record<string, Outcome> = {}
await Promise.all(
  FAULTS.map(async (fault) => {
    const late = (told: object) => console.log(JSON.stringify({ ...told, name: fault.name }))
    outcomes[fault.name] = await run(fault, { url, baseUrl: addresses[fault.name] ?? '', late })
  }),
)
console.log(JSON.stringify(outcomes))
process.exit(0)
