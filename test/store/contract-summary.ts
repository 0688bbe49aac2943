/** What the summary of a trace says. */

import { describe, expect, it } from 'vitest'
import type { SpanChange } from '../../worker/store/store.ts'
import { asking, change, child, START_US, summary, traceId } from './changes.ts'
import type { Subject } from './contract.ts'
import { everything } from './everything.ts'

export function summaryContract(subject: () => Subject): void {
  describe('summary', () => {
    it('speaks for the earliest step until the root arrives', async () => {
      const { store, project } = subject()
      const trace = { traceId: traceId(1) }
      await store.write(project, [
        child(3, 1, { ...trace, name: 'third', input: 'in 3' }),
        child(2, 1, { ...trace, name: 'second' }),
      ])
      const early = { ...trace, name: 'second', kind: 'task', spanCount: 2 } as const
      expect((await store.list(project, {})).traces).toEqual([summary(2, early)])
      await store.write(project, [
        change(1, { ...trace, name: 'root', input: 'in', output: 'out' }),
      ])
      expect((await store.list(project, {})).traces).toEqual([
        summary(1, { name: 'root', spanCount: 3, inputPreview: 'in', outputPreview: 'out' }),
      ])
    })

    it('adds up what the steps tell', async () => {
      const { store, project } = subject()
      const call = { model: 'gpt-4', inputTokens: 10, outputTokens: 1, tags: ['b', 'a'] }
      await store.write(project, [
        change(1, { status: 'success', endUs: START_US + 101, tags: ['root'] }),
        child(2, 1, { ...call, status: 'error', endUs: START_US + 50 }),
        child(3, 1, { ...call, model: 'claude', outputTokens: null, endUs: START_US + 301 }),
      ])
      expect((await store.list(project, {})).traces).toEqual([
        summary(1, {
          costMissing: 2,
          status: 'success',
          durationUs: 300,
          models: ['claude', 'gpt-4'],
          tags: ['a', 'b', 'root'],
          inputTokens: 20,
          outputTokens: 1,
          spanCount: 3,
          errorCount: 1,
        }),
      ])
    })

    it('has no duration while the root runs, and never a negative one', async () => {
      const { store, project } = subject()
      await store.write(project, [
        change(1),
        child(2, 1, { status: 'success', endUs: START_US + 50 }),
      ])
      expect((await store.list(project, {})).traces).toEqual([summary(1, { spanCount: 2 })])
      await store.write(project, [change(3, { status: 'success', endUs: START_US - 50 })])
      expect((await store.list(project, {})).traces[0]).toEqual(
        summary(3, { status: 'success', durationUs: 0 }),
      )
    })

    it('forgets a tag and a status that no step has any more', async () => {
      const { store, project } = subject()
      await store.write(project, [
        change(1, { tags: ['old', 'both'] }),
        child(2, 1, { tags: ['both'] }),
      ])
      await store.write(project, [change(1, { tags: ['new'], status: 'error' })])
      expect(await everything(store, project)).toMatchObject({ tags: ['both', 'new'] })
      expect(await store.list(project, asking({ tags: ['old'] }))).toEqual({ traces: [] })
      expect(await store.list(project, asking({ status: 'running' }))).toEqual({ traces: [] })
      expect(
        (await store.list(project, asking({ status: 'error', tags: ['both', 'new'] }))).traces,
      ).toHaveLength(1)
    })

    it.each<[string, Pick<SpanChange, 'input' | 'output'>, [string, string]]>([
      ['plain text as it is', { input: 'in', output: ' out\n' }, ['in', ' out\n']],
      [
        'what the user said last, and what the assistant answered',
        {
          input: {
            messages: [
              { role: 'user', content: 'first' },
              { role: 'assistant', content: 'no' },
              { role: 'user', content: [{ type: 'text', text: 'last' }, { type: 'image_url' }] },
              { role: 'tool', content: 'no' },
            ],
          },
          output: { role: 'assistant', content: 'answer' },
        },
        ['last', 'answer'],
      ],
      [
        'a message in a field',
        { input: { question: 'q' }, output: { message: { role: 'assistant', content: 'answer' } } },
        ['{"question":"q"}', 'answer'],
      ],
      [
        'a call without words as JSON',
        { input: { messages: [] }, output: { content: null, tool_calls: [{ id: 'c' }] } },
        ['{"messages":[]}', '{"content":null,"tool_calls":[{"id":"c"}]}'],
      ],
      [
        'the first 200 characters',
        { input: 'x'.repeat(300), output: `${'y'.repeat(199)}\u{1F955}` },
        ['x'.repeat(200), 'y'.repeat(199)],
      ],
      [
        'a pair that just fits',
        { input: `${'y'.repeat(198)}\u{1F955}`, output: `${'y'.repeat(198)}\u{1F955}z` },
        [`${'y'.repeat(198)}\u{1F955}`, `${'y'.repeat(198)}\u{1F955}`],
      ],
    ])('previews %s', async (_, bodies, [inputPreview, outputPreview]) => {
      const { store, project } = subject()
      await store.write(project, [change(1, bodies)])
      expect((await store.list(project, {})).traces).toEqual([
        summary(1, { inputPreview, outputPreview }),
      ])
    })
  })
}
