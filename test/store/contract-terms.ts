/** Terms: every field, alternatives, beginnings, the opposite of each, and words in texts. */

import { describe, expect, it } from 'vitest'
import type { SentCall } from '../../src/lib/ingest.ts'
import type { Term, TraceQuery } from '../../worker/store/query.ts'
import type { SpanChange, Store } from '../../worker/store/store.ts'
import { change, child, START_US, traceId } from './changes.ts'
import type { Subject } from './contract.ts'

const CALL: SentCall = {
  operation: 'chat',
  provider: 'openai',
  format: 'openai.chat',
  server: { address: 'api.openai.com' },
  time: { firstTextMs: 250 },
  http: { method: 'POST', url: 'https://api.openai.com/v1/chat/completions' },
  request: { stream: true, params: {} },
  response: { choices: [{ index: 0, finishReason: 'tool_call' }] },
  usage: {
    source: 'provider',
    final: true,
    input: 10,
    output: 5,
    total: 15,
    cacheRead: 4,
    cacheWrite: null,
    cacheWrite1h: null,
    reasoning: 0,
  },
  ended: 'truncated',
  capture: { truncated: true },
}

const TRACES: SpanChange[] = [
  change(1, {
    name: 'plan step',
    status: 'success',
    endUs: START_US + 1 + 2_000_000,
    tags: ['prod', 'v1'],
    userId: 'u1',
    sessionId: 's1',
    environment: 'production',
    resource: { service: 'shop', release: '1.2', sdk: 'x' },
    metadata: { version: '2.1', count: 7, flag: true, deep: { no: 1 }, text: 'multi\nline' },
    input: { messages: [{ role: 'user', content: 'Refund my ORDER, please' }] },
    output: { content: 'Naïve answer 東京タワー' },
  }),
  child(11, 1, {
    traceId: traceId(1),
    model: 'own-5-mini',
    provider: 'openai',
    inputTokens: 10,
    outputTokens: 5,
    call: CALL,
  }),
  change(2, {
    name: 'plan',
    status: 'error',
    error: { type: 'rate_limit', message: 'too many kangaroos' },
    endUs: START_US + 2 + 500_000,
    tags: ['prod'],
    model: 'claude-4',
    inputTokens: 4000,
    outputTokens: 1000,
    userId: 'u2',
  }),
  change(3, { kind: 'tool', tags: ['100%', 'v1*'], metadata: { version: '2.10' } }),
]

type Case = [name: string, terms: Term[], numbers: number[]]

const CASES: Case[] = [
  ['status', [{ field: 'status', values: ['error'] }], [2]],
  ['alternatives', [{ field: 'status', values: ['error', 'success'] }], [2, 1]],
  ['kind', [{ field: 'kind', values: ['tool'] }], [3]],
  ['kind of a step inside', [{ field: 'kind', values: ['generation'] }], [2, 1]],
  ['name', [{ field: 'name', values: ['plan'] }], [2]],
  ['the beginning of a name', [{ field: 'name', values: ['plan'], prefix: true }], [2, 1]],
  ['model of a step inside', [{ field: 'model', values: ['own-5-mini'] }], [1]],
  [
    'the beginning of one of two models',
    [{ field: 'model', values: ['own', 'cla'], prefix: true }],
    [2, 1],
  ],
  ['provider', [{ field: 'provider', values: ['openai'] }], [1]],
  ['tag', [{ field: 'tag', values: ['prod'] }], [2, 1]],
  ['a tag that looks like a pattern', [{ field: 'tag', values: ['100%'] }], [3]],
  ['a tag that ends in a star', [{ field: 'tag', values: ['v1*'] }], [3]],
  ['the opposite', [{ field: 'tag', values: ['prod'], not: true }], [3]],
  ['the opposite of what nobody has', [{ field: 'user', values: ['u9'], not: true }], [3, 2, 1]],
  ['user', [{ field: 'user', values: ['u1'] }], [1]],
  ['session', [{ field: 'session', values: ['s1'] }], [1]],
  ['environment', [{ field: 'environment', values: ['production'] }], [1]],
  ['service', [{ field: 'service', values: ['shop'] }], [1]],
  ['release', [{ field: 'release', values: ['1.2'] }], [1]],
  ['how a call ended', [{ field: 'ended', values: ['truncated'] }], [1]],
  ['an error', [{ field: 'has', values: ['error'] }], [2]],
  ['a tool or a wish for one', [{ field: 'has', values: ['tool'] }], [3, 1]],
  ['a cache that was read', [{ field: 'has', values: ['cache'] }], [1]],
  ['reasoning, which was none', [{ field: 'has', values: ['reasoning'] }], []],
  ['what was truncated', [{ field: 'has', values: ['truncated'] }], [1]],
  ['metadata', [{ field: 'metadata', key: 'version', values: ['2.1'] }], [1]],
  [
    'the beginning of metadata',
    [{ field: 'metadata', key: 'version', values: ['2.1'], prefix: true }],
    [3, 1],
  ],
  ['a number in metadata', [{ field: 'metadata', key: 'count', values: ['7'] }], [1]],
  ['a flag in metadata', [{ field: 'metadata', key: 'flag', values: ['true'] }], [1]],
  ['lines in metadata', [{ field: 'metadata', key: 'text', values: ['multi\nline'] }], [1]],
  ['metadata under another key', [{ field: 'metadata', key: 'vers', values: ['ion\n2.1'] }], []],
  [
    'metadata that has parts',
    [{ field: 'metadata', key: 'deep', values: ['[object Object]'] }],
    [],
  ],
  ['latency', [{ field: 'latency', is: '>', value: 1_000_000 }], [1]],
  ['latency to the microsecond', [{ field: 'latency', is: '=', value: 500_000 }], [2]],
  [
    'the opposite of a latency, also of what still runs',
    [{ field: 'latency', is: '>', value: 1_000_000, not: true }],
    [3, 2],
  ],
  ['latency of what still runs', [{ field: 'latency', is: '<', value: 1e15 }], [2, 1]],
  ['first text', [{ field: 'firstText', is: '>=', value: 250_000 }], [1]],
  ['tokens', [{ field: 'tokens', is: '>', value: 15 }], [2]],
  ['tokens that nobody told', [{ field: 'tokens', is: '<=', value: 0 }], []],
  ['steps', [{ field: 'steps', is: '>=', value: 2 }], [1]],
  ['errors', [{ field: 'errors', is: '=', value: 0 }], [3, 1]],
  ['a word', [{ field: 'text', words: ['refund'] }], [1]],
  ['a word in another case', [{ field: 'text', words: ['Order'] }], [1]],
  ['a word without its accent', [{ field: 'text', words: ['naive'] }], [1]],
  ['all of several words', [{ field: 'text', words: ['refund', 'order'] }], [1]],
  ['words of which one is missing', [{ field: 'text', words: ['refund', 'kangaroos'] }], []],
  ['the beginning of a word', [{ field: 'text', words: ['kanga*'] }], [2]],
  ['a word of an error', [{ field: 'text', words: ['kangaroos'] }], [2]],
  ['words of a script without spaces', [{ field: 'text', words: ['京', 'タ'] }], [1]],
  ['no name of a field', [{ field: 'text', words: ['messages'] }], []],
  ['the opposite of a word', [{ field: 'text', words: ['refund'], not: true }], [3, 2]],
  ['operators of a search engine as words', [{ field: 'text', words: ['NOT', 'refund'] }], []],
  ['signs of a search engine', [{ field: 'text', words: ['"', 'NEAR(', 'a:b'] }], []],
  ['ids', [{ field: 'trace', values: [traceId(3), traceId(9), traceId(1)] }], [3, 1]],
  ['everything but an id', [{ field: 'trace', values: [traceId(3)], not: true }], [2, 1]],
  [
    'several terms',
    [
      { field: 'tag', values: ['prod'] },
      { field: 'latency', is: '<', value: 1_000_000 },
      { field: 'text', words: ['many'] },
    ],
    [2],
  ],
  [
    'several terms that nothing meets',
    [
      { field: 'tag', values: ['prod'] },
      { field: 'text', words: ['refund'] },
      { field: 'user', values: ['u2'] },
    ],
    [],
  ],
]

export function termsContract(subject: () => Subject): void {
  describe('terms', () => {
    it.each(CASES)('find traces by %s', async (_, terms, numbers) => {
      const { store, project } = subject()
      await store.write(project, TRACES)
      expect(await numbersOf(store, project, { terms })).toEqual(numbers)
      // As one of the pages that follow, and as the other end of the list.
      expect(await numbersOf(store, project, { terms, limit: 1 })).toEqual(numbers)
      expect(await numbersOf(store, project, { terms, limit: 1, ascending: true })).toEqual(
        numbers.toReversed(),
      )
    })

    it('find a text that a later write brings, and not what it replaced', async () => {
      const { store, project } = subject()
      const saying = (word: string): TraceQuery => ({ terms: [{ field: 'text', words: [word] }] })
      await store.write(project, [change(1, { input: 'first', output: 'half' })])
      expect(await numbersOf(store, project, saying('half'))).toEqual([1])
      await store.write(project, [change(1, { output: 'whole' })])
      expect(await numbersOf(store, project, saying('half'))).toEqual([])
      expect(await numbersOf(store, project, saying('whole'))).toEqual([1])
      expect(await numbersOf(store, project, saying('first'))).toEqual([1])
      await store.write(project, [change(1, { seq: 2, status: 'running' })])
      expect(await numbersOf(store, project, saying('whole'))).toEqual([])
    })

    it('forget a mark that no step has any more', async () => {
      const { store, project } = subject()
      const user = (name: string): TraceQuery => ({ terms: [{ field: 'user', values: [name] }] })
      await store.write(project, [change(1, { userId: 'old', metadata: { a: 'old' } })])
      await store.write(project, [change(1, { userId: 'new', metadata: { a: 'new' } })])
      expect(await numbersOf(store, project, user('old'))).toEqual([])
      expect(await numbersOf(store, project, user('new'))).toEqual([1])
      const a = (value: string): TraceQuery => ({
        terms: [{ field: 'metadata', key: 'a', values: [value] }],
      })
      expect(await numbersOf(store, project, a('old'))).toEqual([])
      expect(await numbersOf(store, project, a('new'))).toEqual([1])
    })
  })

  describe('sort', () => {
    it.each<[TraceQuery, number[]]>([
      [{}, [3, 2, 1]],
      [{ ascending: true }, [1, 2, 3]],
      [{ sort: 'latency' }, [1, 2, 3]],
      [{ sort: 'latency', ascending: true }, [2, 1, 3]],
      [{ sort: 'tokens' }, [2, 1, 3]],
      [{ sort: 'cost', terms: [{ field: 'tag', values: ['prod'] }] }, [2, 1]],
    ])('%j gives them in this order, what is unknown last', async (query, numbers) => {
      const { store, project } = subject()
      await store.write(project, TRACES)
      expect(await numbersOf(store, project, query)).toEqual(numbers)
      expect(await numbersOf(store, project, { ...query, limit: 1 })).toEqual(numbers)
      expect(await numbersOf(store, project, { ...query, limit: 2 })).toEqual(numbers)
    })

    it('refuses the cursor of another order', async () => {
      const { store, project } = subject()
      await store.write(project, TRACES)
      const { next } = await store.list(project, { sort: 'latency', limit: 1 })
      if (next === undefined) throw new Error('there are more')
      await expect(store.list(project, { sort: 'tokens', before: next })).rejects.toMatchObject({
        code: 'invalid_cursor',
      })
    })
  })
}

/** The traces on all pages, by number. */
export async function numbersOf(
  store: Store,
  project: string,
  query: TraceQuery,
): Promise<number[]> {
  const found: number[] = []
  let before: string | undefined
  do {
    const page = await store.list(project, before === undefined ? query : { ...query, before })
    found.push(...page.traces.map((trace) => Number.parseInt(trace.traceId.slice(-8), 16)))
    before = page.next
  } while (before !== undefined)
  return found
}
