/**
 * The scenarios, in a page: what a test reads from `globalThis.observed`.
 */

import {
  observePipelines,
  observeScenarios,
  observeStandardAgain,
  observeWireAgain,
} from '../fidelity/observe.ts'

const baseUrl = location.origin

const observed = Promise.all([
  observeScenarios(baseUrl),
  observePipelines(baseUrl, 'off'),
  observeWireAgain(baseUrl),
])

Object.assign(globalThis, {
  observed,
  observedStandard: observed.then(() => observeStandardAgain(baseUrl)), // who has the connections to itself
})
