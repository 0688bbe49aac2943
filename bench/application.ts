/**
 * The application, in a fresh process: one contender, one scenario.
 *
 * `node application.ts CONTENDER SCENARIO MODEL_URL COLLECTOR_URL`; the measures go to its parent.
 *
 * @module
 */

import { contenders } from './contenders/all.ts'
import { scenarios } from './scenarios/all.ts'

const [contenderName, scenarioName, modelUrl = '', collectorUrl = ''] = process.argv.slice(2)
const contender = contenders.find(({ name }) => name === contenderName)
const scenario = scenarios.find(({ name }) => name === scenarioName)
if (!contender?.load || !scenario?.inside)
  throw new Error(`No ${contenderName} or ${scenarioName}.`)

let calls = 0
const { setup } = await contender.load()
const application = await setup({ modelUrl, collectorUrl })
const measures = await scenario.inside({ ...application, modelUrl, prompt })
const { endsByItself } = scenario
process.send?.({ measures, calls, endedAt: performance.timeOrigin + performance.now() }, () => {
  if (!endsByItself) process.exit(0)
})

function prompt(): string {
  calls += 1
  return `Question call-${String(calls).padStart(6, '0')}: what does the third paragraph say about it, and why?`
}
