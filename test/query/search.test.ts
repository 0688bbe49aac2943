import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { problemsOf, readSearch, termsOf } from '../../worker/query/search.ts'
import { quote } from '../../worker/query/words.ts'
import type { Term } from '../../worker/store/query.ts'

const SEARCHES: [search: string, terms: Term[]][] = [
  ['', []],
  ['  \n ', []],
  ['model:gpt-5', [{ field: 'model', values: ['gpt-5'] }]],
  ['model:gpt-5*', [{ field: 'model', values: ['gpt-5'], prefix: true }]],
  ['model:"gpt-5*"', [{ field: 'model', values: ['gpt-5*'] }]],
  ['MODEL:gpt-5|claude', [{ field: 'model', values: ['gpt-5', 'claude'] }]],
  ['-tag:prod', [{ field: 'tag', values: ['prod'], not: true }]],
  ['status:error|ok', [{ field: 'status', values: ['error', 'success'] }]],
  ['kind:llm', [{ field: 'kind', values: ['generation'] }]],
  [
    'has:tool has:retry',
    [
      { field: 'has', values: ['tool'] },
      { field: 'has', values: ['retry'] },
    ],
  ],
  ['name:"plan step"', [{ field: 'name', values: ['plan step'] }]],
  ['name:"say \\"hi\\" \\\\"', [{ field: 'name', values: ['say "hi" \\'] }]],
  ['tag:"a|b"|c', [{ field: 'tag', values: ['a|b', 'c'] }]],
  ['tag:a:b', [{ field: 'tag', values: ['a:b'] }]],
  ['env:prod', [{ field: 'environment', values: ['prod'] }]],
  ['meta.version:2.1', [{ field: 'metadata', key: 'version', values: ['2.1'] }]],
  ['meta.Deep.Key:x*', [{ field: 'metadata', key: 'Deep.Key', values: ['x'], prefix: true }]],
  ['score.quality:>0.5', [{ field: 'scored', key: 'quality', is: '>', value: 0.5 }]],
  ['-score.quality:1', [{ field: 'scored', key: 'quality', is: '=', value: 1, not: true }]],
  [
    'score.a-b.c:-1..0.5',
    [
      { field: 'scored', key: 'a-b.c', is: '>=', value: -1 },
      { field: 'scored', key: 'a-b.c', is: '<=', value: 0.5 },
    ],
  ],
  ['score.verdict:good|fair', [{ field: 'score', key: 'verdict', values: ['good', 'fair'] }]],
  ['score.verdict:"0.5"', [{ field: 'score', key: 'verdict', values: ['0.5'] }]],
  ['latency:>2s', [{ field: 'latency', is: '>', value: 2_000_000 }]],
  ['latency:<=1.5min', [{ field: 'latency', is: '<=', value: 90_000_000 }]],
  ['-ttft:>500ms', [{ field: 'firstText', is: '>', value: 500_000, not: true }]],
  ['cost:>=0.01', [{ field: 'cost', is: '>=', value: 10_000_000 }]],
  ['cost:<$2', [{ field: 'cost', is: '<', value: 2_000_000_000 }]],
  ['tokens:>4k', [{ field: 'tokens', is: '>', value: 4000 }]],
  ['tokens:1.5M', [{ field: 'tokens', is: '=', value: 1_500_000 }]],
  [
    'latency:1s..3s',
    [
      { field: 'latency', is: '>=', value: 1_000_000 },
      { field: 'latency', is: '<=', value: 3_000_000 },
    ],
  ],
  [
    'id:0AF7651916CD43DD8448EB211C80319C',
    [{ field: 'trace', values: ['0af7651916cd43dd8448eb211c80319c'] }],
  ],
  ['refund', [{ field: 'text', words: ['refund'] }]],
  ['-refund', [{ field: 'text', words: ['refund'], not: true }]],
  ['"two words"', [{ field: 'text', words: ['two', 'words'] }]],
  [
    'two words',
    [
      { field: 'text', words: ['two'] },
      { field: 'text', words: ['words'] },
    ],
  ],
  ['refu*', [{ field: 'text', words: ['refu*'] }]],
  ['東京', [{ field: 'text', words: ['東', '京'] }]],
  ['well-known', [{ field: 'text', words: ['well', 'known'] }]],
  ['"http://a.b/c"', [{ field: 'text', words: ['http', 'a', 'b', 'c'] }]],
  ['- ', []],
]

const SLIPS: [search: string, problem: string][] = [
  ['modle:gpt-5', 'modle:gpt-5: there is no field of this name; there are status,'],
  ['constructor:x', 'constructor:x: there is no field of this name'],
  ['status:', 'status:: there is no value'],
  ['status:bad', 'status:bad: “bad” is none of running, success, error'],
  ['has:money', 'has:money: “money” is none of error, tool,'],
  ['latency:fast', 'latency:fast: “fast” is not a duration such as 500ms, 2s or 1.5min'],
  ['latency:2', 'latency:2: “2” is not a duration'],
  ['latency:$2', 'latency:$2: “$2” is not a duration'],
  ['latency:1s|2s', 'latency:1s|2s: a number has no alternatives'],
  ['latency:1s..x', 'latency:1s..x: a range is from one amount to another'],
  ['cost:>lots', 'cost:>lots: “lots” is not US dollars'],
  ['tokens:9999999999999999', 'tokens:9999999999999999: “9999999999999999” is not a number'],
  ['name:"open', 'name:"open: the quotation mark has no end'],
  ['tag:a*|b', 'tag:a*|b: a * has to be in all alternatives or none'],
  ['tag:*', 'tag:*: there has to be something before the *'],
  ['meta.:x', 'meta.:x: there is no key after meta.'],
  ['score.:x', 'score.:x: after score. stands a name: a letter, then letters and digits'],
  ['score.q:>much', 'score.q:>much: “much” is not a number such as 0.5'],
  ['-score.q:0..1', '-score.q:0..1: a range cannot be turned around: say it with < or >'],
  ['id:12', 'id:12: an id has 32 digits from 0 to f'],
  ['!!!', '!!!: there is no letter and no digit in it'],
  ['a|b', 'a|b: alternatives are for fields'],
  [`tag:${'x|'.repeat(20)}x`, 'there may be 20 alternatives'],
  [`id:${`${'0'.repeat(32)}|`.repeat(50)}0`, 'there may be 50 alternatives'],
  [`tag:${'x'.repeat(501)}`, `tag:${'x'.repeat(501)}: a value may have 500 characters`],
  [`tag:${Array.from({ length: 21 }, () => 'x').join('|')}`, 'tag:x|x'],
  ['x'.repeat(4001), 'xxxxxxxxxxxxxxxxxxxx…: a search may have 4000 characters, found 4001'],
]

describe('readSearch', () => {
  it.each(SEARCHES)('understands %j', (search, terms) => {
    expect({
      problems: problemsOf(readSearch(search)),
      terms: termsOf(readSearch(search)),
    }).toEqual(
      search.trim() === '-'
        ? { problems: ['-: there is no letter and no digit in it'], terms }
        : { problems: [], terms },
    )
  })

  it.each(SLIPS)('names what is wrong with %j and uses the rest', (slip, problem) => {
    const search = slip.startsWith('name:"') ? `tag:good ${slip}` : `${slip} tag:good`
    const read = readSearch(slip.length > 4000 ? slip : search)
    expect(problemsOf(read)).toEqual([expect.stringContaining(problem)])
    expect(termsOf(read)).toEqual(slip.length > 4000 ? [] : [{ field: 'tag', values: ['good'] }])
  })

  it('takes 20 terms', () => {
    const read = readSearch(Array.from({ length: 22 }, (_, index) => `tag:${index}`).join(' '))
    expect(termsOf(read)).toHaveLength(20)
    expect(problemsOf(read)).toEqual([
      'tag:20: a search may have 20 terms',
      'tag:21: a search may have 20 terms',
    ])
  })

  it('gives back what every part was, so that a search without one can be written', () => {
    const search = 'a tag:"b c"|d   -status:error bad:x'
    expect(readSearch(search).items.map(({ source }) => source)).toEqual([
      'a',
      'tag:"b c"|d',
      '-status:error',
      'bad:x',
    ])
  })

  it('never fails, and never loses a part of what was written', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (search) => {
        const { items } = readSearch(search)
        expect(
          items
            .map(({ source }) => source)
            .join('')
            .replace(/\s/g, ''),
        ).toBe(search.replace(/\s/g, ''))
      }),
    )
  })
})

describe('quote', () => {
  it('writes any value so that it is read as itself', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1, maxLength: 20 }), (value) => {
        expect(termsOf(readSearch(`tag:${quote(value)}`))).toEqual([
          { field: 'tag', values: [value] },
        ])
      }),
    )
  })
})
