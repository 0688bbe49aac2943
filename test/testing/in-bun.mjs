/** The matchers in Bun's own test runner: one that holds, and one that does not. */

import { expect, test } from 'bun:test'
import { createTracer } from 'carrot-trace'
import { matchers, memory } from 'carrot-trace/testing'

expect.extend(matchers)

const recorded = memory()
createTracer({ exporters: [recorded] }).span('answer', (s) => s.span('search', () => 42))

test('holds', () => {
  expect(recorded).toHaveTree(['answer', ['search']])
  expect(recorded).not.toHaveCall()
})

test('does not hold', () => expect(recorded).toHaveSpan('rerank'))
