/**
 * The scenarios, in a page: what a test reads from `globalThis.observed`.
 */

import {
  observePipelines,
  observeScenarios,
  observeStandardTwice,
  observeWireTwice,
} from '../fidelity/observe.ts'

const baseUrl = location.origin

const observed = Promise.all([
  observeScenarios(baseUrl),
  observePipelines(baseUrl, 'off'),
  observeWireTwice(baseUrl),
])

Object.assign(globalThis, {
  observed,
  observedStandard: observed.then(() => observeStandardTwice(baseUrl)), // who has the connections to itself
})
