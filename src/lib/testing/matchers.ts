/**
 * Matchers for traces, for any `expect.extend` of Jest's form: Vitest's, Bun's.
 *
 * @module
 */

import { TraceError } from '../errors.ts'
import type { MemoryExporter } from '../export/memory.ts'
import { isAnyObject } from '../json.ts'
import type { SpanRecord } from '../record.ts'
import { describe } from '../tracer/checks.ts'
import type { Assertion, CallPattern, Matchers, Verdict } from './matching.ts'
import { lacking, show } from './partial.ts'
import { sumOf, tokensOf } from './tokens.ts'
import { describeRecord, describeTree, namesOf, shapeOf } from './tree.ts'

/**
 * For `expect.extend(matchers)`: `toHaveCall`, `toHaveSpan`, `toHaveUsedTokens`, `toHaveEndedAs`,
 * `toHaveTree`, each of a `memory()` exporter or of records. A failure shows the tree that was recorded.
 *
 * @example
 * ```ts
 * import { createTracer } from 'carrot-trace'
 * import { matchers, memory } from 'carrot-trace/testing'
 *
 * const recorded = memory()
 * createTracer({ exporters: [recorded] }).span('answer', (s) => s.span('search', () => 42))
 * const { pass } = matchers.toHaveTree.call({}, recorded, ['answer', ['search']])
 * console.log(pass) // true
 * ```
 */
export const matchers: Matchers = {
  toHaveCall(received, pattern = {}) {
    const records = recordsOf(received)
    const calls = records.filter(({ call }) => call)
    return someOf(calls, records, this, `a call ${show(pattern)}`, (record) =>
      lack(record, pattern),
    )
  },

  toHaveSpan(received, name, pattern = {}) {
    const records = recordsOf(received)
    const named = records.filter((record) => record.name === name)
    const what = `a step "${name}"${Object.keys(pattern).length > 0 ? ` ${show(pattern)}` : ''}`
    return someOf(named, records, this, what, (record) => [...lacking(pattern, record)])
  },

  toHaveUsedTokens(received, { atMost = Number.POSITIVE_INFINITY, atLeast = 0, of = 'total' }) {
    const records = recordsOf(received)
    const calls = records.filter(({ call }) => call)
    const used = calls.length > 0 ? sumOf(calls)[of] : undefined
    const unknown = calls.filter((record) => tokensOf(record)[of] === undefined)
    const words = of === 'total' ? 'tokens' : `${of} tokens`
    if (used === undefined) {
      const why =
        calls.length === 0
          ? 'no call was recorded'
          : `not known for ${unknown.map(describeRecord).join(', ')}`
      return verdict(this.isNot === true, records, `expected to know the ${words} used: ${why}`)
    }
    const bounds = [
      ...(atLeast > 0 ? [`at least ${atLeast}`] : []),
      ...(Number.isFinite(atMost) ? [`at most ${atMost}`] : []),
    ].join(' and ')
    const wanted = `${not(this)}to have used ${bounds} ${words}, and they used ${used}`
    return verdict(used >= atLeast && used <= atMost, records, `expected the calls ${wanted}`)
  },

  toHaveEndedAs(received, ended) {
    const records = recordsOf(received)
    const calls = records.flatMap(({ call }) => call ?? [])
    if (calls.length === 0) {
      return verdict(this.isNot === true, records, 'expected calls, and none was recorded')
    }
    const pass = calls.every((call) => call.ended === ended)
    const found = [...new Set(calls.map((call) => call.ended))].join(', ')
    const wanted = `${not(this)}to have ended as ${ended}, and they ended as ${found}`
    return verdict(pass, records, `expected the calls ${wanted}`)
  },

  toHaveTree(received, shape) {
    const records = recordsOf(received)
    const wanted = shapeOf(shape)
    const pass = namesOf(records) === wanted
    return verdict(pass, records, `expected the tree ${not(this)}to be\n\n${wanted}`)
  },
}

/** @throws {TraceError} `invalid_option`, whichever way it is asked. */
function recordsOf(received: unknown): readonly SpanRecord[] {
  const records = isExporter(received) ? received.records : received
  if (Array.isArray(records) && records.every(isRecord)) return records
  const found = describe(received)
  const why = `Matchers for traces take memory() or records; found ${found}.`
  throw new TraceError('invalid_option', why)
}

function isExporter(value: unknown): value is Pick<MemoryExporter, 'records'> {
  return isAnyObject(value) && Array.isArray(value.records)
}

function isRecord(value: unknown): value is SpanRecord {
  return isAnyObject(value) && isAnyObject(value.trace) && typeof value.name === 'string'
}

function lack(record: SpanRecord, { model, ...pattern }: CallPattern): string[] {
  const { call } = record
  const names = [call?.request.model, call?.response.model]
  const isNamed =
    model === undefined || names.some((name) => [...lacking(model, name)].length === 0)
  const wrong = isNamed ? [] : [`model: expected ${show(model)}, found ${show(names[0])}`]
  return [...wrong, ...lacking(pattern, { ...record, ...call })]
}

const MAX_SHOWN = 5

/** @param lack What it lacks of what is wanted; the one that lacks the least is shown. */
function someOf(
  candidates: readonly SpanRecord[],
  records: readonly SpanRecord[],
  assertion: Assertion,
  what: string,
  lack: (record: SpanRecord) => string[],
): Verdict {
  const [nearest] = candidates
    .map((record) => ({ record, lacks: lack(record) }))
    .toSorted((one, two) => one.lacks.length - two.lacks.length)
  const lines = nearest?.lacks.slice(0, MAX_SHOWN).map((line) => `\n  ${line}`) ?? []
  const near = nearest && lines.length > 0 ? `; the nearest is ${nearest.record.name}` : ''
  const pass = nearest?.lacks.length === 0
  return verdict(pass, records, `expected ${not(assertion)}${what}${near}${lines.join('')}`)
}

function not({ isNot }: Assertion): string {
  return isNot ? 'not ' : ''
}

function verdict(pass: boolean, records: readonly SpanRecord[], message: string): Verdict {
  return { pass, message: () => `${message}\n\nRecorded:\n\n${describeTree(records)}` }
}
