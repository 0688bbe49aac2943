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

Object.assign(globalThis, {
  observed: Promise.all([
    observeScenarios(baseUrl),
    observePipelines(baseUrl, 'off'),
    observeWireTwice(baseUrl),
  ]),
  observedStandard: observeStandardTwice(baseUrl),
})
