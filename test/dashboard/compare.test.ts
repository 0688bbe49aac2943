import { describe, expect, it } from 'vitest'
import { readId } from '../../worker/dashboard/compare/asked.ts'
import { difference, percent } from '../../worker/dashboard/compare/figures.ts'
import { count, dollars } from '../../worker/dashboard/units.ts'
import type { SpanDetail } from '../../worker/store/store.ts'
import { pair } from './support/compared.ts'
import { attributes, words } from './support/html.ts'
import { memoryStore } from './support/memory-store.ts'
import { longTrace, runningTrace } from './support/samples.ts'
import { app } from './support/server.ts'
import { call, sketch, traceIdOf, uuid } from './support/spans.ts'

const all = [...pair(), ...runningTrace()]
const site = app(memoryStore(() => all))
const withSpans = (spans: readonly SpanDetail[]) => app(memoryStore(() => spans))

async function visit(path: string, on = site) {
  const reply = await on.request(path)
  const html = await reply.text()
  return { status: reply.status, location: reply.headers.get('location'), html, text: words(html) }
}

const [monday, tuesday] = [traceIdOf('monday'), traceIdOf('tuesday')]
const step = (trace: string, name: string) => uuid(`${trace}/${name}`)
const ANSWERS = `${step('monday', 'answer')}~${step('tuesday', 'answer')}`

describe('a comparison of two traces', () => {
  it('has both sides in numbers, each a link, and what lies between', async () => {
    const { status, html, text } = await visit(`/compare?a=${monday}&b=${tuesday}`)
    expect(status).toBe(200)
    expect(text).toContain('Latency 8.90 s 6.10 s −2.80 s (−31 %)')
    expect(text).toContain('Cost $0.00040 $0.0034 +$0.0030 (+770 %)')
    expect(text).toContain('Tokens in 812 790 −22 (−2.7 %)')
    expect(text).toContain('Steps 5 5 the same')
    expect(text).toContain('Failed steps 0 1 +1')
    expect(attributes(html, 'href')).toEqual(
      expect.arrayContaining([`/traces/${monday}`, `/traces/${tuesday}`]),
    )
  })

  it('has each step once, with what differs in a few words', async () => {
    const { text } = await visit(`/compare?a=${monday}&b=${tuesday}`)
    expect(text).toContain('3 the same, 1 changed, 1 only in A, 1 only in B')
    expect(text).toContain('the same: task plan 1.20 s 1.10 s −100 ms (−8.3 %)')
    expect(text).toContain(
      'changed: generation chat gpt-5-mini 2.04 s 1.43 s −610 ms (−30 %) ' +
        'provider openai → anthropic , model gpt-5-mini → claude-sonnet-4-5 , ' +
        'tokens in 812 → 790 , tokens out 96 → 71 , temperature 0.2 → 0.7',
    )
    expect(text).toContain('only in A: tool web_search 910 ms only in A')
    expect(text).toContain('only in B: tool notify 140 ms only in B')
  })

  it('leaves out what is the same, where it is asked to', async () => {
    const { text, html } = await visit(`/compare?a=${monday}&b=${tuesday}&only=diff`)
    expect(text).toContain('answerBilling')
    expect(text).toContain('web_search')
    expect(text).not.toContain('plan')
    expect(text).toContain('Show all')
    expect(attributes(html, 'href')).toContain(`/compare?a=${monday}&b=${tuesday}`)
  })

  it('opens a pair below its row: parameters, tools and texts word by word', async () => {
    const { text, html } = await visit(`/compare?a=${monday}&b=${tuesday}&step=${ANSWERS}`)
    expect(text).toContain('temperature 0.2 0.7')
    expect(html).toContain('<ins> at once</ins>')
    expect(text).toContain('system changed')
    expect(text).toContain('1 message the same')
    expect(html).toContain('<del>There are</del><ins>October has</ins>')
    expect(text).not.toContain('Also different in the JSON')
  })

  it('opens a step that one side alone has', async () => {
    const only = `${step('monday', 'web_search')}~`
    const { text } = await visit(`/compare?a=${monday}&b=${tuesday}&step=${only}`)
    expect(text).toContain('Only A has this step. Read it')
  })

  it('opens two steps that are no pair, or whose row is left out, above the rows', async () => {
    const two = `${step('monday', 'plan')}~${step('tuesday', 'notify')}`
    const apart = await visit(`/compare?a=${monday}&b=${tuesday}&step=${two}`)
    expect(apart.text).toContain('kind task tool')
    const plan = `${step('monday', 'plan')}~${step('tuesday', 'plan')}`
    const same = await visit(`/compare?a=${monday}&b=${tuesday}&step=${plan}&only=diff`)
    expect(same.html).toContain('<section class="pair" id="pair"')
  })

  it('opens nothing for steps of other traces, or that are none', async () => {
    for (const strange of [
      `${step('tuesday', 'answer')}~${step('monday', 'answer')}`,
      `${step('running', 'outline')}~`,
      '~',
      'a~b~c',
      '<b>',
    ]) {
      const query = new URLSearchParams({ a: monday, b: tuesday, step: strange })
      const { status, html } = await visit(`/compare?${query}`)
      expect([strange, status, html.includes('class="pair"')]).toEqual([strange, 200, false])
    }
  })

  it('says what is not known, and never 0', async () => {
    const { text } = await visit(`/compare?a=${traceIdOf('running')}&b=${tuesday}`)
    expect(text).toContain('A is still running')
    expect(text).toContain('Latency running 6.10 s unknown')
    expect(text).toContain('Cost unknown $0.0034 unknown')
    expect(text).toContain('Tokens in unknown 790 unknown')
  })

  it('is made of traces of 10,000 steps, in parts', async () => {
    const b = longTrace(9990, 0).map((span) => {
      const parentId = span.parentId && `b${span.parentId.slice(1)}`
      const id = `02${span.id.slice(2)}`
      return { ...span, id, traceId: 'b'.repeat(32), spanId: `b${span.spanId.slice(1)}`, parentId }
    })
    const big = withSpans([...longTrace(10_000), ...b])
    const path = `/compare?a=${traceIdOf('long')}&b=${'b'.repeat(32)}`
    const first = await visit(path, big)
    expect(first.text).toContain('10 only in A, 0 only in B')
    expect(first.text).toContain('Rows 1 to 500 of 10,000. Rows after →')
    expect(first.html.length).toBeLessThan(600_000)
    expect((await visit(`${path}&from=9500`, big)).text).toContain('Rows 9,501 to 10,000')
    expect((await visit(`${path}&from=99999`, big)).text).toContain('Rows 1 to 500')
  })
})

describe('two steps by themselves', () => {
  it('are compared by their ids', async () => {
    const [a, b] = [step('monday', 'answer'), step('tuesday', 'answer')]
    const { text, html } = await visit(`/compare?a=${a}&b=${b}`)
    expect(text).toContain('Compare two steps')
    expect(text).toContain('Latency 2.04 s 1.43 s −610 ms (−30 %)')
    expect(attributes(html, 'href')).toContain(`/traces/${monday}/spans/${a}`)
  })

  const stepsOf = async (a: Partial<SpanDetail>, b: Partial<SpanDetail>) => {
    const spans = sketch('two', 1000, [
      { name: 'one', ...a },
      { name: 'other', ...b },
    ])
    return visit(`/compare?a=${step('two', 'one')}&b=${step('two', 'other')}`, withSpans(spans))
  }

  it('are told by words where they are texts, else by lines of JSON', async () => {
    const texts = await stepsOf({ output: 'It is late.' }, { output: 'It is early.' })
    expect(texts.html).toContain('It is <del>late</del><ins>early</ins>.')
    const json = await stepsOf(
      { output: { rain: true, wind: 3 } },
      { output: { rain: true, wind: 4 } },
    )
    expect(json.html).toContain('<del>  &quot;wind&quot;: 3\n</del>')
  })

  it('are read alike from any format, without the ids of calls', async () => {
    const openai = {
      call: call({}),
      input: {
        model: 'm',
        messages: [
          { role: 'system', content: 'Be brief.' },
          { role: 'user', content: 'Weather?' },
          {
            role: 'assistant',
            tool_calls: [{ id: 'x1', function: { name: 'look', arguments: '{"at":"Bergen"}' } }],
          },
        ],
      },
    }
    const anthropic = {
      call: call({}),
      input: {
        model: 'm',
        system: 'Be brief.',
        messages: [
          { role: 'user', content: [{ type: 'text', text: 'Weather?' }] },
          {
            role: 'assistant',
            content: [{ type: 'tool_use', id: 'y2', name: 'look', input: { at: 'Bergen' } }],
          },
        ],
      },
    }
    expect((await stepsOf(openai, anthropic)).text).toContain('The same on both sides: 3 messages.')
  })

  it('say which side has nothing recorded', async () => {
    const { text } = await stepsOf({ input: 'a' }, {})
    expect(text).toContain('nothing recorded in B')
    expect(text).toContain('nothing recorded in either')
  })

  it('say that they were too different to compare each word', async () => {
    const many = (word: string) =>
      Array.from({ length: 9000 }, (_, index) => `${word}${index}`).join(' ')
    const { text, html } = await stepsOf(
      { output: `begin ${many('a')} end` },
      { output: `begin ${many('b')} end` },
    )
    expect(text).toContain('Too much differs to compare each word')
    expect(html.length).toBeLessThan(40_000)
  })
})

describe('what cannot be compared', () => {
  it.for([
    ['/compare', 200, 'Two traces, or two steps'],
    [`/compare?a=${monday}`, 200, 'Two traces, or two steps'],
    [`/compare?b=${monday}`, 200, 'with the one before of the same name'],
    ['/compare?b=nonsense', 400, 'B is not an id'],
    [`/compare?a=nonsense&b=${monday}`, 400, 'A is not an id'],
    ['/compare?a=nonsense&b=x', 400, 'A and B are not an id'],
    [`/compare?a=${monday}&b=${monday}`, 400, 'A and B are the same trace'],
    [`/compare?a=${monday}&b=${'0'.repeat(32)}`, 404, 'B is not a trace of this project'],
    [`/compare?a=${'1'.repeat(32)}&b=${'0'.repeat(32)}`, 404, 'Neither A nor B is a trace'],
    [
      `/compare?a=${monday}&b=${step('tuesday', 'answer')}`,
      400,
      'One is a trace and the other a step',
    ],
    [`/compare?a=${uuid('x')}&b=${step('tuesday', 'answer')}`, 404, 'A is not a step'],
  ] as const)('%s is a page that says so', async ([path, status, words]) => {
    const found = await visit(path)
    expect([found.status, found.text.includes(words)]).toEqual([status, true])
    expect(found.html).toContain('<form class="filters" action="/compare" method="get">')
    expect(found.html).not.toMatch(/ style=|<style|<script/)
  })
})

describe('the way in', () => {
  it('is on the page of a trace', async () => {
    const { html } = await visit(`/traces/${tuesday}`)
    expect(attributes(html, 'href')).toContain(`/compare?b=${tuesday}`)
    const asks = await visit(`/compare?b=${tuesday}`)
    expect(attributes(asks.html, 'href')).toContain(`/compare?a=before&b=${tuesday}`)
    expect(attributes(asks.html, 'value')).toEqual(['', tuesday])
  })

  it('leads to the trace of the same name that began before', async () => {
    const found = await visit(`/compare?a=before&b=${tuesday}`)
    expect([found.status, found.location]).toEqual([302, `/compare?a=${monday}&b=${tuesday}`])
    const none = await visit(`/compare?a=before&b=${monday}`)
    expect(none.status).toBe(404)
    expect(none.text).toContain('No trace of the same name that began before this one was found')
    expect((await visit(`/compare?a=before&b=${'0'.repeat(32)}`)).status).toBe(404)
  })

  it('takes the address of a page in place of an id', () => {
    const id = step('monday', 'answer')
    expect(readId(`https://t.example/traces/${monday}?view=json`)).toEqual({
      type: 'trace',
      id: monday,
    })
    expect(readId(`/traces/${monday}/spans/${id.toUpperCase()}#x`)).toEqual({ type: 'step', id })
    expect(readId(`${monday}0`)).toBeUndefined()
  })
})

describe('difference', () => {
  it('is an amount and a share, and nothing where one side is not known', () => {
    expect(difference(100, 150, count)).toBe('+50 (+50\u00a0%)')
    expect(difference(0, 3, count)).toBe('+3')
    expect(difference(1_000_000, 1_000_001, count)).toBe('+1')
    expect(difference(2, 2, dollars)).toBe('the same')
    expect(difference(null, 2, dollars)).toBeUndefined()
    expect(difference(0, undefined, dollars)).toBeUndefined()
  })

  it('has shares that say neither nothing nor all unless it is so', () => {
    expect([0, 0.001, 0.62, 0.9999, 1].map(percent)).toEqual([
      '0\u00a0%',
      'under 1\u00a0%',
      '62\u00a0%',
      '99\u00a0%',
      '100\u00a0%',
    ])
  })
})
