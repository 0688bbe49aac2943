import { describe, expect, it } from 'vitest'
import { known, MAX_MARKDOWN_CHARS, readMarkdown } from '../../worker/dashboard/chat/markdown.ts'
import type { Turn } from '../../worker/dashboard/chat/turns.ts'
import { DEEP_MARKDOWN, SLOW_MARKDOWN } from './support/hostile-markdown.ts'
import { attributes, words } from './support/html.ts'
import { memoryStore } from './support/memory-store.ts'
import { app } from './support/server.ts'
import { traceIdOf } from './support/spans.ts'
import { ANSWER, said } from './support/spoken.ts'

/** The page of a call that gave this. */
async function visit(text: string, query = '') {
  const spans = said('said', { role: 'assistant', content: text })
  const path = `/traces/${traceIdOf('said')}${query}`
  const reply = await app(memoryStore(() => spans)).request(path)
  const html = await reply.text()
  const answer = html.slice(html.indexOf('r-assistant')).split('</section>')[0] ?? ''
  const body = answer.slice(answer.indexOf('</p>') + 4)
  return { html, body, text: words(body) }
}

const turn = (text: string, role = 'assistant'): Turn => ({
  role,
  blocks: [{ type: 'text', text }],
})

describe('a message in Markdown', () => {
  it('is shown as what it means', async () => {
    const { body, text } = await visit(ANSWER)
    expect(body).toContain('<p class="heading level-1">Retrying a request</p>')
    expect(body).toContain('Retry <strong>only</strong> what is <em>safe</em> to repeat, and <del>')
    expect(body).toContain(
      'wait in between:\na line that is broken by its writer stays broken.</p>',
    )
    expect(body).toContain('<ol><li>Read the <code>Retry-After</code> header.</li><li>Wait')
    expect(body).toContain('each time:<ul><li>at most <strong>five</strong> times</li><li>with')
    expect(body).toContain('<td>429</td><td class="center">yes</td><td class="right">30</td>')
    expect(body).toContain('<p class="label">python</p><pre>for attempt in range(5):\n    response')
    expect(body).toContain('<blockquote><p>Clients that retry together fail together.</p>')
    expect(attributes(body, 'aria-label')).toEqual(['done', 'to do', 'Table'])
    expect(text).toContain('image: A chart of waits ( https://example.com/waits.png )')
    expect(text).toContain('<details>HTML stays text.</details>')
    expect(body).not.toMatch(/<h\d|<img|<input/)
  })

  it('has links that say where they lead', async () => {
    const { body, text } = await visit(
      '[my bank](https://evil.example/?a=1&b=2 "Log in") https://example.com/x [mail](mailto:a@b.example)',
    )
    expect(attributes(body, 'href')).toEqual([
      'https://evil.example/?a=1&b=2',
      'https://example.com/x',
      'mailto:a@b.example',
    ])
    expect(attributes(body, 'title')).toEqual(attributes(body, 'href'))
    expect(new Set(attributes(body, 'rel'))).toEqual(new Set(['noreferrer noopener']))
    expect(text).toBe('my bank (evil.example, Log in) https://example.com/x mail (a@b.example)')
  })

  it.for(['[a](/traces)', '[a](ftp://b.example)', '[a](javascript:b)', '![a][1]'])(
    'keeps what leads nowhere as it was written: %s',
    async (link) => {
      expect((await visit(`**x** ${link}`)).text).toBe(`x ${link}`)
    },
  )

  it('loses no cell, no definition and no comment', async () => {
    const rows = '| a | b |\n| - | - |\n| 1 | 2 | 3 |'
    const { text } = await visit(`${rows}\n\n[1]: https://a.example\n\n<!-- c -->\n\n**d**`)
    expect(text).toBe(`${rows.replaceAll('\n', ' ')} [1]: https://a.example <!-- c --> d`)
  })

  it('folds after some thousands of characters, between two blocks', async () => {
    const paragraph = `**Words** ${'and more '.repeat(200)}`
    const { body } = await visit(`${paragraph}\n\n`.repeat(6))
    expect(body.split('<details>').map((part) => part.split('<strong>').length - 1)).toEqual([3, 3])
    expect(words(body)).toContain('5,436 more characters')
  })

  it('is shown as it was written in the plain view, and from there on', async () => {
    const { html, body } = await visit(ANSWER, '?view=plain')
    expect(body).toContain('# Retrying a request\n\nRetry **only** what is *safe* to repeat')
    expect(body).not.toContain('href')
    expect(html).toMatch(/<a href="[^"]*view=plain" data-panel="" aria-current="true">Plain<\/a>/)
    expect(html).toMatch(/<tbody>.*?<a href="[^"]*view=plain"/)
  })
})

describe('a message without Markdown', () => {
  it.for([
    'Two lines,\n  the second indented.\n\n\n\nFar below.',
    '    code that is only indented\n\tand a tab',
    '<b>HTML</b>\n<script>alert(1)</script>',
    '{\n  "a": [1, 2]\n}',
    'a * b * c, snake_case_name, 2 < 3 & 4 > 1, C:\\dir\\*, \\*escaped\\*',
    '[1]: not a link',
  ])('looks as it always did: %j', async (text) => {
    const { body } = await visit(text)
    const escaped = text.replace(
      /[&<>"]/g,
      (one) => `&${{ '&': 'amp', '<': 'lt', '>': 'gt', '"': 'quot' }[one]};`,
    )
    expect(body).toContain(`<div class="said" dir="auto">${escaped}</div>`)
  })

  it('is what a tool gives back', () => {
    expect(readMarkdown([turn('**x**', 'tool')]).size).toBe(0)
    expect(readMarkdown([turn('**x**', 'user')]).size).toBe(1)
  })
})

describe('readMarkdown', () => {
  it('leaves a text alone that is longer than people read', () => {
    const text = '**x**\n\n'
    expect(readMarkdown([turn(text.padEnd(MAX_MARKDOWN_CHARS, ' word'))]).size).toBe(1)
    expect(readMarkdown([turn(text.padEnd(MAX_MARKDOWN_CHARS + 1, ' word'))]).size).toBe(0)
  })

  it('takes a conversation of 40 long answers apart, all of it', () => {
    const turns = Array.from({ length: 40 }, () => turn(ANSWER.repeat(3)))
    expect(readMarkdown(turns).size).toBe(40)
  })

  it('begins with the newest where there is too much', () => {
    const turns = Array.from({ length: 400 }, () => turn('*a* **b** '.repeat(100)))
    const found = [...readMarkdown(turns).keys()]
    expect(found.length).toBeLessThan(turns.length)
    expect(found).toEqual(
      turns
        .flatMap(({ blocks }) => blocks)
        .toReversed()
        .slice(0, found.length),
    )
  })

  it('never fails, and gives up what would cost too much', () => {
    for (const text of [...SLOW_MARKDOWN, ...DEEP_MARKDOWN]) {
      const turns = Array.from({ length: 100 }, () => turn(text))
      for (const tokens of readMarkdown(turns).values()) {
        expect(known(tokens)).toHaveLength(tokens.length)
      }
    }
  })

  it('is shown in full by the page, whatever it was', async () => {
    for (const text of [...SLOW_MARKDOWN, ...DEEP_MARKDOWN].filter(
      (text) => text.length < 6000 && text.trim(),
    )) {
      const { html, body } = await visit(text)
      expect(html).toContain('</html>')
      // A line of asterisks is a line.
      expect([text.slice(0, 20), words(body.replace('<hr/>', '—'))]).not.toContain('')
    }
  })
})
