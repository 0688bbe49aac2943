import { execFile } from 'node:child_process'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { promisify } from 'node:util'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Json } from '../../src/lib/json.ts'
import { codeOf } from '../../worker/dashboard/step/code.ts'
import type { SpanDetail } from '../../worker/store/store.ts'
import { launchBrowser } from '../support/browser.ts'
import { attributes, words } from './support/html.ts'
import { HOSTILE } from './support/hostile.ts'
import { memoryStore } from './support/memory-store.ts'
import * as samples from './support/samples.ts'
import { app, serve } from './support/server.ts'
import { call, sketch, traceIdOf, uuid } from './support/spans.ts'
import { visitor } from './support/visitor.ts'

const all = samples.samples()
const store = memoryStore(() => all)
const site = app(store)
const run = promisify(execFile)

function spanOf(input: Json, url: string, format = 'openai.chat'): SpanDetail {
  const [span] = sketch('t', 0, [{ name: 'call', kind: 'generation', input }])
  if (!span) throw new Error('There is one')
  const made = call({ url })
  return { ...span, call: { ...made, format } }
}

const BODY = {
  model: 'gpt-4o',
  messages: [
    { role: 'user', content: `It's "quoted" $HOME \`id\` \\ ü 😀 \u202e\n${HOSTILE.join('\n')}` },
  ],
  stream: false,
  unknown: { kept: [1, null, true] },
}

/** What a model API was asked, by whoever runs the code. */
async function asked(use: (url: string) => Promise<unknown>) {
  const seen: { method?: string; url?: string; key?: string; body: unknown }[] = []
  const server = createServer(async (request, response) => {
    const { method = '', url = '', headers } = request
    seen.push({
      method,
      url,
      key: String(headers.authorization ?? headers['x-api-key']),
      body: JSON.parse(await text(request)),
    })
    response.end('{}')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await use(`http://127.0.0.1:${port}`)
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
  return seen
}

const code = (span: SpanDetail, language: string) =>
  codeOf(span).find((one) => one.language === language)?.text ?? ''

describe('a call as code', () => {
  it.for([
    ['openai.chat', '/v1/chat/completions', 'OPENAI_API_KEY', 'Bearer sk-mine'],
    ['anthropic.messages', '/v1/messages', 'ANTHROPIC_API_KEY', 'sk-mine'],
  ] as const)('by curl makes the very request again: %s', async ([format, path, name, key]) => {
    const seen = await asked((url) =>
      run('bash', ['-c', code(spanOf(BODY, url + path, format), 'curl')], {
        env: { ...process.env, [name]: 'sk-mine' },
      }),
    )
    expect(seen).toEqual([
      { method: 'POST', url: path, key, body: JSON.parse(JSON.stringify(BODY)) },
    ])
  })

  it('by fetch makes the very request again', async () => {
    const seen = await asked((url) =>
      run(
        'node',
        ['--input-type=module', '-e', code(spanOf(BODY, `${url}/v1/chat/completions`), 'fetch')],
        {
          env: { ...process.env, OPENAI_API_KEY: 'sk-mine' },
        },
      ),
    )
    expect(seen).toMatchObject([{ url: '/v1/chat/completions', key: 'Bearer sk-mine', body: BODY }])
  })

  it('by the client makes the very request again', async () => {
    const seen = await asked((url) => {
      const program = code(spanOf(BODY, `${url}/v1/chat/completions`), 'openai')
      return run('node', ['--input-type=module', '-e', program], {
        cwd: new URL('../..', import.meta.url).pathname,
        env: { ...process.env, OPENAI_API_KEY: 'sk-mine' },
      })
    })
    expect(seen).toMatchObject([{ url: '/v1/chat/completions', key: 'Bearer sk-mine', body: BODY }])
  })

  it('shows nothing that acts on a terminal, and holds no key', () => {
    for (const { text } of codeOf(spanOf(BODY, 'https://api.openai.com/v1/chat/completions'))) {
      expect(text.replaceAll('\n', '')).not.toMatch(/\p{Cc}|[\u202a-\u202e\u2066-\u2069]/u)
      expect(text).toMatch(/OPENAI_API_KEY/)
    }
  })

  it.for([
    ['no address', spanOf(BODY, '')],
    ['an address that is no web address', spanOf(BODY, 'javascript:alert(1)')],
    ['no body', spanOf(null, 'https://api.openai.com/v1/chat/completions')],
    ['a body that is too long', spanOf({ a: 'x'.repeat(100_001) }, 'https://a.example/')],
  ] as const)('is not offered for %s', ([, span]) => {
    expect(codeOf(span)).toEqual([])
  })

  it('stands on a page of its own, and says so where there is none', async () => {
    const html = await (
      await site.request(
        `/traces/${traceIdOf('answerQuestion')}/spans/${uuid('answerQuestion/chat.completions.create')}?view=code`,
      )
    ).text()
    expect(words(html)).toContain("curl -X POST 'https://api.openai.com/v1/chat/completions'")
    expect(words(html)).toContain('client.chat.completions.create({ "model": "gpt-4o"')
    const none = await site.request(
      `/traces/${traceIdOf('answerQuestion')}/spans/${uuid('answerQuestion/search')}?view=code`,
    )
    expect(words(await none.text())).toContain('There is no code for this step')
  })
})

describe('an export', () => {
  it('is of all that is found, and leaves out what was not understood', async () => {
    const html = await (await site.request('/traces?q=status:error+latncy:1&range=1h')).text()
    const links = attributes(html, 'href')
    expect(links).toContain('/v1/export.jsonl?q=status:error&from=2026-11-23T12:05Z')
    expect(links).toContain('/traces.csv?q=status:error&from=2026-11-23T12:05Z')
  })

  it('as CSV has a line for each trace, over all pages', async () => {
    const reply = await site.request('/traces.csv')
    expect(reply.headers.get('content-disposition')).toBe('attachment; filename="traces.csv"')
    const lines = (await reply.text()).trimEnd().split('\r\n')
    expect(lines[0]).toMatch(/^trace_id,name,kind,status,started_at,/)
    expect(lines).toHaveLength(1 + new Set(all.map(({ traceId }) => traceId)).size)
    expect(lines.find((line) => line.includes('answerQuestion'))).toContain(
      ',1200,,3,0,150,42,,1,gpt-4o,production support,,"{""question"":""How do I reset my password?""}"',
    )
  })

  it('as CSV lets no spreadsheet compute what was captured', async () => {
    const names = ['=HYPERLINK("http://evil.example")', '+1', '-1', '@SUM(1)', '\tx']
    const spans = names.flatMap((name) => sketch(name, 0, [{ name }]))
    const lines = await (await app(memoryStore(() => spans)).request('/traces.csv')).text()
    for (const line of lines.trimEnd().split('\r\n').slice(1)) {
      expect(line.split(',')[1]).toMatch(/^"?'/)
    }
  })
})

describe('deleting a trace', () => {
  let browser: Browser
  beforeAll(async () => void (browser = await launchBrowser()))
  afterAll(() => browser.close())

  it('takes a second look, and leads back to the list without it, with and without scripts', async () => {
    for (const javaScriptEnabled of [true, false]) {
      const own = memoryStore(() => all)
      await using served = await serve(app(own))
      await using visit = await visitor(browser, served.origin, { javaScriptEnabled })
      const { page, complaints } = visit
      const path = `/traces/${traceIdOf('agent')}`
      await page.goto(path)
      expect(await page.getByRole('button', { name: 'Delete this trace' }).isVisible()).toBe(false)
      await page.locator('.act summary:text("Delete")').click()
      await page.getByRole('button', { name: 'Delete this trace' }).click()
      await page.waitForURL('**/traces')
      expect(await page.locator('a.open', { hasText: 'planTrip' }).count()).toBe(0)
      expect(await own.trace('demo', traceIdOf('agent'))).toEqual([])
      expect(complaints).toEqual([])
    }
  })
})
