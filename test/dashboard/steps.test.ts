import { describe, expect, it } from 'vitest'
import { axis } from '../../worker/dashboard/trace/axis.ts'
import { isFound, readFind } from '../../worker/dashboard/trace/find-steps.ts'
import { outline } from '../../worker/dashboard/trace/outline.ts'
import { PART, partOf, readRows, type Wanted, WHOLE } from '../../worker/dashboard/trace/part.ts'
import { tree } from '../../worker/dashboard/trace/tree.ts'
import { attributes, words } from './support/html.ts'
import { memoryStore } from './support/memory-store.ts'
import { brokenTrace, longTrace } from './support/samples.ts'
import { app } from './support/server.ts'
import { NOW, sketch, traceIdOf, uuid } from './support/spans.ts'

const FRAGMENT = { accept: 'text/html-fragment' }

function on(spans: ReturnType<typeof sketch>, trace: string) {
  const site = app(memoryStore(() => spans))
  return async (rest = '', headers: Record<string, string> = {}) => {
    const reply = await site.request(`/traces/${traceIdOf(trace)}${rest}`, { headers })
    const html = await reply.text()
    return { html, text: words(html), type: reply.headers.get('content-type') }
  }
}

describe('partOf', () => {
  const nowhere: Wanted = { from: undefined, only: undefined, about: 0 }
  const ends = (total: number, wanted: Partial<Wanted>) => {
    const { rows, from } = partOf(total, { ...nowhere, ...wanted })
    return [rows[0], rows.at(-1), from]
  }

  it('is all of a short trace, wherever it is asked to begin', () => {
    expect(ends(WHOLE, {})).toEqual([0, WHOLE - 1, 0])
    expect(ends(WHOLE, { from: 300 })).toEqual([0, WHOLE - 1, 0])
    expect(partOf(0, nowhere).rows).toEqual([])
  })

  it('is around what is read of a long one, and begins where the address says', () => {
    expect(ends(10_000, {})).toEqual([0, PART - 1, 0])
    expect(ends(10_000, { about: 150 })).toEqual([0, PART - 1, 0])
    expect(ends(10_000, { about: 7777 })).toEqual([7769, 7968, 7769])
    expect(ends(10_000, { about: 7777, from: 9900 })).toEqual([9900, 9999, 9900])
    expect(ends(10_000, { from: 10_000 })).toEqual([0, PART - 1, 0])
  })
})

describe('readRows', () => {
  it('reads stretches of rows, and no more than a page can be made of', () => {
    expect(readRows('7-9.31')).toEqual([7, 8, 9, 31])
    expect(readRows('9-7')).toEqual([])
    expect(readRows('0-999999999')).toHaveLength(400)
    expect(readRows(Array.from({ length: 900 }, (_, row) => row).join('.'))).toHaveLength(400)
  })

  it('reads nothing that is none', () => {
    for (const text of [undefined, '', '1,2', '-1', '1-', '1..2', 'a', '1'.repeat(10)]) {
      expect(readRows(text)).toBeUndefined()
    }
  })
})

describe('the outline of a trace', () => {
  it('has a line for each row, headings included, and the axis before them', () => {
    const spans = brokenTrace()
    const at = axis(spans, NOW)
    const [first, ...lines] = outline(tree(spans), at).split('\n')
    expect(first).toBe(`${at.startUs}-${at.endUs}`)
    expect(lines.map((line) => line.split('\t').filter((_, field) => field !== 1))).toEqual([
      ['1', 'success', 'workflow', '', 'ingestDocuments'],
      ['2', 'success', 'task', '', 'chunk'],
      ['1', '', '', '', ''],
      ['2', 'success', 'embedding', 'text-embedding-3-small', 'embed'],
      ['3', 'success', 'task', '', 'normalise'],
      ['1', '', '', '', ''],
      ['2', 'success', 'task', '', 'chicken'],
      ['3', 'success', 'task', '', 'egg'],
      ['2', 'success', 'task', '', 'ouroboros'],
    ])
  })

  it('keeps a line a line, whatever a name has in it, and short', () => {
    const hostile = { name: 'a\tb\nc\r\u202Ed\u0007', model: `m\n${'x'.repeat(9000)}` }
    const text = outline(tree(sketch('t', 0, [hostile])), axis([], NOW))
    const [, line = '', ...more] = text.split('\n')
    expect(more).toEqual([])
    expect(line.split('\t').slice(-1)).toEqual(['a b c U+202Ed␇'])
    expect(line.length).toBeLessThan(300)
  })

  it('is served as text beside the trace, and not for a trace that is not here', async () => {
    const { html, type } = await on(longTrace(600), 'long')('/outline')
    expect(type).toContain('text/plain')
    expect(html.split('\n')).toHaveLength(601)
    expect((await on([], 'long')('/outline')).text).toContain('not')
  })
})

describe('the rows that a script asks for', () => {
  it('are those and no others, on the axis that is there already', async () => {
    const visit = on(longTrace(600), 'long')
    const { html, text } = await visit('?rows=3-4.599&axis=0-4000000', FRAGMENT)
    expect(attributes(html, 'aria-rowindex')).toEqual(['1', '5', '6', '601'])
    expect(text).toContain('Time 0 +1 s +2 s +3 s')
    expect(text).not.toContain('not shown')
  })
})

describe('isFound', () => {
  const [row] = tree(
    sketch('t', 0, [{ name: 'Plan', model: 'gpt-5', kind: 'generation', status: 'error' }]),
  )
  const finds = (text: string) => row !== undefined && isFound(row, text)

  it('looks at name, model, kind and state, whatever the case', () => {
    expect(['plan', 'LAN', 'gpt-5', 'generation', 'error'].map(finds)).not.toContain(false)
    expect(['', 'plan gpt', 'success', 'task', 'plank'].map(finds)).not.toContain(true)
  })

  it('finds no heading', () => {
    const headings = tree(brokenTrace()).filter((one) => one.type === 'group')
    expect(headings.map((one) => isFound(one, 'unattached'))).toEqual([false, false])
  })

  it('is asked with a text of one line that is not endless', () => {
    expect(readFind(' a \n b ')).toBe('a b')
    expect(readFind(undefined)).toBe('')
    expect(readFind('x'.repeat(900))).toHaveLength(200)
  })
})

describe('a trace in which something is looked for', () => {
  it('says how many have it, marks them, and shows the first', async () => {
    const visit = on(longTrace(600), 'long')
    const { html, text } = await visit('?find=PHASE+29')
    expect(text).toContain('1 found')
    expect(html.match(/ data-found/g)).toHaveLength(1)
    expect(attributes(html, 'aria-rowindex')).toContain('583')
    expect(text).toContain('phase 29 success agent')
  })

  it('keeps what is looked for in the links from step to step and part to part', async () => {
    const { html } = await on(longTrace(600), 'long')('?find=web_search')
    const links = attributes(html, 'href')
    expect(links).toContain(`/traces/${traceIdOf('long')}?from=200&find=web_search`)
    expect(links).toContain(`/traces/${traceIdOf('long')}/spans/${uuid('long/3')}?find=web_search`)
  })

  it('shows the root where nothing has it', async () => {
    const { text } = await on(longTrace(600), 'long')('?find=%3Cscript%3E')
    expect(text).toContain('none found')
    expect(text).toContain('researchPipeline success workflow')
  })
})
