/** What is written comes back: any text, any length. */

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Json } from '../../src/lib/json.ts'
import { asking, change, id, row, spanOf, summary, traceId } from './changes.ts'
import type { Subject } from './contract.ts'
import { everything } from './everything.ts'

const MEGABYTE = 1_000_000

export const HOSTILE = [
  `it's "quoted" \\ and\nbroken`,
  'NUL \u0000 inside',
  'lone \uD800 surrogate, \uDC00 and pair \u{1F955}',
  '<script>alert(1)</script>',
  "'; DROP TABLE span; --",
  '\\u0000 \\0000 written out',
  '__proto__',
  '%_*?[]',
  '\u202E right to left \u001B[31m',
]

export function bodiesContract(subject: () => Subject): void {
  describe('text', () => {
    it.each(HOSTILE)('comes back as it was: %j', async (text) => {
      const { store, project } = subject()
      const said = {
        name: text,
        model: text,
        provider: text,
        userId: text,
        sessionId: text,
        environment: text,
        resource: { service: text, sdk: text },
        tags: [text],
      }
      const json: Json = JSON.parse(JSON.stringify({ [text]: text }))
      const error = { type: text, message: text }
      await store.write(project, [
        change(1, { ...said, error, metadata: { text, json }, input: text, output: json }),
      ])

      const shown = JSON.stringify(json)
      expect(await everything(store, project)).toEqual({
        traces: [
          summary(1, {
            name: text,
            kind: 'generation',
            models: [text],
            tags: [text],
            inputPreview: text,
            outputPreview: shown,
          }),
        ],
        spans: [
          {
            ...row(1, { ...said, kind: 'generation', error, metadata: { text, json } }),
            input: text,
            output: json,
          },
        ],
        models: [text],
        tags: [text],
      })
      expect(
        (await store.list(project, asking({ model: text, tags: [text] }))).traces,
      ).toHaveLength(1)
    })

    it('is data in every question', async () => {
      const { store, project } = subject()
      await store.write(project, [change(1, { tags: ['a'] })])
      const before = await everything(store, project)
      for (const text of [...HOSTILE, "' OR 1=1 --", 'a" OR "a" = "a']) {
        expect(await store.list(project, asking({ model: text }))).toEqual({ traces: [] })
        expect(await store.list(project, asking({ tags: [text] }))).toEqual({ traces: [] })
        expect(await store.list(project, asking({ tags: ['a', text] }))).toEqual({ traces: [] })
        expect(await store.trace(project, text)).toEqual([])
        expect(await spanOf(store, project, text)).toBeUndefined()
      }
      expect(await everything(store, project)).toEqual(before)
    })

    it('keeps a key called __proto__ as data', async () => {
      const { store, project } = subject()
      const metadata = JSON.parse('{"__proto__": {"polluted": true}}')
      await store.write(project, [change(1, { metadata, input: metadata })])
      await store.write(project, [change(1, { metadata: { a: 1 } })])
      const span = await spanOf(store, project, id(1))
      expect(JSON.stringify(span?.input)).toBe('{"__proto__":{"polluted":true}}')
      expect(JSON.stringify(span?.metadata)).toBe('{"__proto__":{"polluted":true},"a":1}')
      expect(Reflect.get({}, 'polluted')).toBeUndefined()
    })
  })

  describe('bodies', () => {
    it.each([
      ['3 MB of words', 'ab '.repeat(MEGABYTE)],
      ['9 MB of quotes', '"'.repeat(9 * MEGABYTE)],
      ['pairs that begin at an odd place', '\u{1F955}'.repeat(MEGABYTE)],
      ['pairs that begin at an even place', `x${'\u{1F955}'.repeat(MEGABYTE)}`],
      ['three bytes a character', '漢'.repeat(3 * MEGABYTE)],
    ])('are kept whole: %s', async (_, input) => {
      const { store, project } = subject()
      await store.write(project, [change(1, { input, output: { content: 'short' } })])
      const span = await spanOf(store, project, id(1))
      expect(span?.input === input).toBe(true) // without printing megabytes
      expect(span?.output).toEqual({ content: 'short' })
    })

    it('are kept whole 500 levels deep, which is what ingest takes', async () => {
      const { store, project } = subject()
      const input: Json = JSON.parse(`${'['.repeat(500)}"deep"${']'.repeat(500)}`)
      await store.write(project, [change(1, { input, metadata: { input } })])
      const span = await spanOf(store, project, id(1))
      expect(JSON.stringify([span?.input, span?.metadata])).toBe(JSON.stringify([input, { input }]))
    })

    it('are replaced whole by a shorter one', async () => {
      const { store, project } = subject()
      await store.write(project, [change(1, { input: 'long '.repeat(100_000) })])
      await store.write(project, [change(1, { input: 'short' })])
      expect(await spanOf(store, project, id(1))).toMatchObject({ input: 'short' })
    })

    it('come back as the same JSON, whatever it is', async () => {
      const { store, project } = subject()
      await fc.assert(
        fc.asyncProperty(fc.jsonValue(), async (value) => {
          const input: Json = JSON.parse(JSON.stringify(value))
          const number = 1 + Math.floor(Math.random() * 2 ** 40)
          await store.write(project, [change(number, { input })])
          expect((await spanOf(store, project, id(number)))?.input).toEqual(input)
        }),
        { numRuns: 50 },
      )
    })

    it('leave room for long metadata, and let it shrink again', async () => {
      const { store, project } = subject()
      const metadata = { notes: 'long '.repeat(100_000), keep: 1 }
      await store.write(project, [change(1, { metadata })])
      expect(await store.trace(project, traceId(1))).toEqual([row(1, { metadata })])
      await store.write(project, [change(1, { metadata: { notes: 'short' } })])
      expect(await store.trace(project, traceId(1))).toEqual([
        row(1, { metadata: { notes: 'short', keep: 1 } }),
      ])
    })
  })
}
