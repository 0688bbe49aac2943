import { describe, expect, it } from 'vitest'
import type { SentCall } from '../../src/lib/ingest.ts'
import type { SpanDetail, Store } from '../../worker/store/store.ts'
import { attributes, words } from './support/html.ts'
import { memoryStore } from './support/memory-store.ts'
import * as samples from './support/samples.ts'
import { app } from './support/server.ts'
import { call, sketch, traceIdOf, uuid } from './support/spans.ts'

const all = samples.samples()
const site = app(memoryStore(() => all))

async function visit(path: string, headers: Record<string, string> = {}, on = site) {
  const reply = await on.request(path, { headers })
  const html = await reply.text()
  return { status: reply.status, headers: reply.headers, html, text: words(html) }
}

const withSpans = (spans: SpanDetail[]) => app(memoryStore(() => spans))
const traceOf = (trace: string) => `/traces/${traceIdOf(trace)}`
const stepOf = (trace: string, step: string) =>
  `${traceOf(trace)}/spans/${uuid(`${trace}/${step}`)}`
const FRAGMENT = { accept: 'text/html-fragment' }

describe('every page', () => {
  it.for([
    '/',
    '/traces',
    '/traces?status=x',
    '/traces/none',
    '/overview',
    traceOf('failed'),
    stepOf('agent', 'first'),
  ])('%s forbids all but its own files', async (path) => {
    const { headers } = await visit(path)
    expect(headers.get('content-security-policy')).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; " +
        "media-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; " +
        "frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types fragment",
    )
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('referrer-policy')).toBe('same-origin')
  })

  it('has no inline style and no inline script', async () => {
    for (const path of ['/traces', '/overview', traceOf('running'), stepOf('agent', 'second')]) {
      const { html } = await visit(path)
      expect(html).not.toMatch(/ style=|<style| on\w+="/)
      expect(html.match(/<script/g)).toHaveLength(1)
    }
  })

  it('leaves the addresses around it alone', async () => {
    const reply = await site.request('/v1/other')
    expect(reply.headers.get('content-security-policy')).toBeNull()
  })
})

describe('the list of traces', () => {
  it('is what the root leads to', async () => {
    const { status, headers } = await visit('/')
    expect([status, headers.get('location')]).toEqual([302, '/traces'])
  })

  it('shows the newest traces first, with what each was and what it took', async () => {
    const { text } = await visit('/traces')
    expect(text).toContain(
      'workflow answerQuestion success 3 steps in {"question":"How do I reset my password?"} ' +
        'out Go to Settings > Security and choose “Reset password”. The link in the mail is valid for one hour. ' +
        'gpt-4o production support 1.20 s unknown 150 → 42 unknown 13:02:00 23 Nov 2026',
    )
    expect(text.indexOf('agent writeReport')).toBeLessThan(text.indexOf('workflow answerQuestion'))
  })

  it('says that a count is unknown, and never 0', async () => {
    const { text } = await visit('/traces?q=status:running')
    expect(text).toContain('writeReport running 3 steps')
    expect(text).toContain('gpt-4o staging unknown 900 ms unknown unknown 13:04:51')
    expect(text).not.toContain('$0')
  })

  it('filters by status, model, every tag and time', async () => {
    const names = async (query: string) =>
      [...(await visit(`/traces?${query}`)).html.matchAll(/class="open"[^>]*>([^<]+)/g)].map(
        ([, name]) => name,
      )
    expect(await names('q=status:error')).toEqual(['summariseInbox'])
    expect(await names('q=model:claude*')).toEqual(['planTrip'])
    expect(await names('q=tag:production+tag:nightly')).toEqual(['summariseInbox'])
    expect(await names('from=2026-11-23T13:01&to=2026-11-23T13:03')).toEqual(['answerQuestion'])
    expect((await names('range=1h')).length).toBe(6)
  })

  it('shows each filter in force with a link to be without it', async () => {
    const { html } = await visit('/traces?q=status:error+tag:production')
    expect(attributes(html, 'aria-label')).toContain('Remove filter status:error')
    expect(attributes(html, 'href')).toContain('/traces?q=tag:production')
    expect(attributes(html, 'href')).toContain('/traces?q=status:error')
  })

  it('names a bad filter and still lists', async () => {
    const { status, text } = await visit('/traces?q=status:broken+model:claude-sonnet-4-5')
    expect(status).toBe(200)
    expect(text).toContain('status:broken: “broken” is none of running, success, error')
    expect(text).toContain('planTrip')
  })

  it('turns what an empty form sends into the address to share', async () => {
    const { status, headers } = await visit('/traces?q=status:error&range=&from=')
    expect([status, headers.get('location')]).toEqual([302, '/traces?q=status:error'])
  })

  it('leads through all pages without a gap or a repetition', async () => {
    const seen: string[] = []
    let path: string | undefined = '/traces'
    while (path) {
      const { html } = await visit(path)
      seen.push(...attributes(html, 'href').filter((href) => /^\/traces\/\w+$/.test(href)))
      path = /<a href="([^"]+)" rel="next"/.exec(html)?.[1]?.replaceAll('&amp;', '&')
    }
    const traces = new Set(all.map((span) => `/traces/${span.traceId}`))
    expect(seen).toHaveLength(traces.size)
    expect(new Set(seen)).toEqual(traces)
  })

  it('begins again at the newest where the address names no page', async () => {
    const store: Store = memoryStore(() => all)
    const strict: Store = {
      ...store,
      list: (project, query) =>
        query.before ? Promise.reject(new Error('no cursor')) : store.list(project, query),
    }
    const { status, text } = await visit('/traces?before=junk', {}, app(strict))
    expect(status).toBe(200)
    expect(text).toContain('before does not name a page of this list; here is the first')
    expect(text).toContain('writeReport')
  })

  it('shows an empty project how to send its first trace', async () => {
    const { html, text } = await visit('/traces', {}, withSpans([]))
    expect(text).toContain('No traces yet')
    expect(text).toContain(
      "carrot.init({ apiKey: '$CARROT_API_KEY', baseUrl: 'http://localhost:8787' })",
    )
    expect(text).toContain('curl http://localhost:8787/v1/traces/ingest')
    expect(html).not.toContain('<table')
  })

  it('says what to remove when nothing matches', async () => {
    const { text, html } = await visit('/traces?q=tag:nightly+model:gpt-4o')
    expect(text).toContain('No trace matches all of these')
    expect(attributes(html, 'href')).toContain('/traces?q=model:gpt-4o')
  })

  it('asks the store for its own project only', async () => {
    const asked = new Set<string>()
    const store: Store = new Proxy(
      memoryStore(() => all),
      {
        get: (target, method: keyof Store) => (project: string, of: never) => {
          asked.add(project)
          return target[method](project, of)
        },
      },
    )
    const mine = app(store, 'mine')
    for (const path of [
      '/traces?project=other',
      '/overview?project=other',
      traceOf('failed'),
      stepOf('failed', 'loadMails'),
    ]) {
      await mine.request(path)
    }
    expect(asked).toEqual(new Set(['mine']))
  })
})

describe('a store that fails', () => {
  const refuse = () => Promise.reject(new Error('SQLITE_CORRUPT at /var/secret'))
  const store: Store = {
    write: refuse,
    list: refuse,
    trace: refuse,
    spans: refuse,
    sum: refuse,
    facets: refuse,
    sessions: refuse,
    remove: refuse,
    configure: refuse,
    tend: refuse,
  }

  it.for([
    '/traces',
    '/traces?before=x',
    '/overview',
    traceOf('failed'),
    stepOf('failed', 'loadMails'),
  ])('gives a page that can be read at %s, without its internals', async (path) => {
    const { status, text, html, headers } = await visit(path, {}, app(store))
    expect(status).toBe(500)
    expect(text).toContain('The traces could not be read')
    expect(html).not.toMatch(/SQLITE|secret/)
    expect(headers.get('content-security-policy')).toContain("default-src 'none'")
  })
})

describe('the page of a trace', () => {
  it('reads as the seed draws it', async () => {
    const { text } = await visit(traceOf('answerQuestion'))
    expect(text).toContain(
      'workflow answerQuestion 1.20 s ' +
        'retriever search 214 ms ' +
        'generation chat.completions.create gpt-4o 150 → 42 964 ms',
    )
    expect(text).toContain(
      'Latency 1.20 s Steps 3 Model calls 1 Tokens in → out 150 → 42 Model gpt-4o',
    )
    expect(text).toContain('Environment production User u_1042 Session s_77f1')
  })

  it('is a treegrid with levels, positions and folds', async () => {
    const { html } = await visit(traceOf('answerQuestion'))
    expect(attributes(html, 'role')).toContain('treegrid')
    expect(attributes(html, 'aria-level')).toEqual(['1', '2', '2'])
    expect(attributes(html, 'aria-posinset')).toEqual(['1', '1', '2'])
    expect(attributes(html, 'aria-setsize')).toEqual(['1', '2', '2'])
    expect(attributes(html, 'aria-expanded')).toEqual(['true'])
    expect(attributes(html, 'aria-selected')).toEqual(['true', 'false', 'false'])
  })

  it('keeps what is unattached, and explains it', async () => {
    const { text } = await visit(traceOf('broken'))
    expect(text).toContain('Unattached: the parent of these steps has not arrived embedding embed')
    expect(text).toContain('Unattached: these steps name each other as parents task chicken')
    expect(text).toContain('8,000 → ?')
  })

  it('says how many steps are not shown, and where they are', async () => {
    const steps = Array.from({ length: 4500 }, (_, index) => ({ name: `step ${index}`, at: index }))
    const long = withSpans(sketch('t', 0, steps))
    const rows = (html: string) => html.match(/<tr aria-level/g)?.length

    const first = await visit(traceOf('t'), {}, long)
    expect(rows(first.html)).toBe(200)
    expect(first.text).toContain('4,300 more steps are not shown. Next 200 →')
    expect(attributes(first.html, 'href')).toContain(`${traceOf('t')}?from=200`)

    const last = await visit(`${traceOf('t')}?from=4400`, {}, long)
    expect(rows(last.html)).toBe(100)
    expect(last.text).toContain('4,400 earlier steps are not shown.')
    expect(attributes(last.html, 'aria-rowindex').at(-1)).toBe('4501')

    const chosen = await visit(stepOf('t', 'step 3000'), {}, long)
    expect(attributes(chosen.html, 'aria-selected').indexOf('true')).toBe(8)
  })

  it('has all rows of a trace that is not that long', async () => {
    const steps = Array.from({ length: 500 }, (_, index) => ({ name: `step ${index}`, at: index }))
    const { html, text } = await visit(traceOf('t'), {}, withSpans(sketch('t', 0, steps)))
    expect(html.match(/<tr aria-level/g)).toHaveLength(500)
    expect(text).not.toContain('not shown')
  })

  it('answers 404 for a trace or a step that is not here, or is another trace’s', async () => {
    const strange = `${traceOf('failed')}/spans/${uuid('agent/first')}`
    for (const path of ['/traces/none', `${traceOf('failed')}/spans/none`, strange]) {
      for (const headers of [{}, FRAGMENT]) {
        const { status, text } = await visit(path, headers)
        expect(status).toBe(404)
        expect(text).toMatch(/There is no such (trace|step) here/)
      }
    }
  })

  it('leads from ?span= to the step', async () => {
    const { status, headers } = await visit(`${traceOf('failed')}?span=abc`)
    expect([status, headers.get('location')]).toEqual([302, `${traceOf('failed')}/spans/abc`])
  })
})

describe('the details of a step', () => {
  it('are the same in the page and in the fragment', async () => {
    const path = stepOf('agent', 'second')
    const page = await visit(path)
    const fragment = await visit(path, FRAGMENT)
    expect(fragment.headers.get('content-type')).toBe('text/html-fragment; charset=utf-8')
    expect(fragment.headers.get('vary')).toContain('Accept')
    expect(fragment.html).toMatch(/^<article/)
    expect(page.html).toContain(fragment.html)
  })

  it('says of a step that took no time by the clock that it was not measured, not 0 ms', async () => {
    const still = withSpans(sketch('still', 1_000, [{ name: 'compute', took: 0 }]))
    const { text } = await visit(stepOf('still', 'compute'), FRAGMENT, still)
    expect(text).toContain('Latency not measurable')
    expect((await visit(traceOf('still'), {}, still)).text).not.toMatch(/\b0 ms/)
  })

  it('tell all of a call', async () => {
    const { text } = await visit(stepOf('streamed', 'chat.completions.create'), FRAGMENT)
    expect(text).toContain('Latency 4.12 s First token 1.31 s Tokens in 2,341 Tokens out 1,402')
    expect(text).toContain('Read from cache 2,048 Reasoning tokens 896')
    expect(text).toContain('Model o4-mini Provider openai Finish reason stop Ended complete')
    expect(text).toContain('temperature 0.2 maxTokens 512')
    expect(text).toContain('request POST https://api.openai.com/v1/chat/completions status 200')
    expect(text).toContain('request id req_8f2c41d09be7 attempt 1')
  })

  it('tell of every attempt of a call: how it ended, how long the client waited after it', async () => {
    const { text } = await visit(stepOf('retried', 'chat gpt-4o-mini'), FRAGMENT)
    expect(text).toContain('Attempts 3')
    expect(text).toContain(
      '1 – 121 ms 429 Rate limit reached for requests asked to wait 1.50 s req_0c11d2e4a9b7',
    )
    expect(text).toContain('2 1.52 s 1.60 s cancelled')
    expect(text).toContain('3 1.02 s 2.62 s 200')
  })

  it('say what a call cost, from which rates, and what the trace adds up to', async () => {
    const usage = {
      source: 'provider' as const,
      final: true,
      input: 150,
      output: 42,
      total: 192,
      cacheRead: null,
      cacheWrite: null,
      cacheWrite1h: null,
      reasoning: null,
    }
    const priced = { ...call({}), usage }
    const failed = { startMs: 0, endMs: 9, ended: 'error' as const, status: 503, usage }
    const spans = sketch('t', 0, [
      { name: 'root', kind: 'workflow' },
      { name: 'priced', in: 'root', model: 'gpt-4o', call: priced },
      { name: 'twice', in: 'root', model: 'gpt-4o', call: { ...priced, attempts: [failed] } },
      { name: 'own', in: 'root', model: 'my-model', call: call({ asked: 'my-model' }) },
    ])
    const site = withSpans(spans)
    const { text, html } = await visit(stepOf('t', 'priced'), FRAGMENT, site)
    expect(text).toContain('Cost $0.00080 in $0.00038, out $0.00042')
    expect(html).toContain(
      'US dollars for a million tokens: input $2.50, cache read $1.25, output $10.00',
    )
    const twice = await visit(stepOf('t', 'twice'), FRAGMENT, site)
    expect(twice.text.match(/150 → 42 \$0\.00080/g)).toHaveLength(2)
    expect((await visit(stepOf('t', 'own'), FRAGMENT, site)).text).toContain('Cost unknown')
    const page = await visit(traceOf('t'), {}, site)
    expect(page.text).toContain('Cost ≥ $0.0024 1 call without a price')
  })

  it('tell of the longest stall, and of counts that the application did not ask for', async () => {
    const { text } = await visit(stepOf('retried', 'chat gpt-4o-mini'), FRAGMENT)
    expect(text).toContain('Longest stall 1.34 s')
    expect(text).toContain('Tokens out 12 asked for by the tracer')
    const plain = await visit(stepOf('streamed', 'chat.completions.create'), FRAGMENT)
    expect(plain.text).not.toMatch(/Attempts|Longest stall|asked for/)
  })

  it('tell of the gateway between, and that what it answered by itself costs nothing', async () => {
    const base = call({ asked: 'gpt-4o' })
    const url = 'https://gateway.ai.cloudflare.com/v1/a/g/openai/chat/completions'
    const via = { gateway: 'cloudflare', upstream: 'openai', step: 1, logId: '01J' }
    const step = { name: 's', kind: 'generation', model: 'gpt-4o', provider: 'openai' } as const
    const shown = async (more: Partial<SentCall>) => {
      const usage = { ...base.usage, input: 150, output: 42 }
      const behind = { ...base, http: { ...base.http, url }, usage, ...more }
      const gateway = withSpans(sketch('t', 0, [{ ...step, call: behind }]))
      return (await visit(stepOf('t', 's'), FRAGMENT, gateway)).text
    }
    const hit = await shown({ via: { ...via, cache: 'hit' } })
    expect(hit).toContain(
      'Gateway cloudflare answered from its cache, request 2 was answered, log 01J',
    )
    expect(hit).toContain('Cost $0 answered from the gateway’s cache')
    expect(await shown({ via: { ...via, cache: 'miss' } })).toContain('Cost $0.00080')
    expect(await shown({ via: { gateway: '' } })).toContain('Gateway unknown')
    expect(await shown({})).not.toContain('Gateway')
  })

  it('count the pages of a document in the place of tokens', async () => {
    const base = call({ asked: 'mistral-ocr-latest' })
    const usage = { ...base.usage, input: null, output: null, pages: 12 }
    const read: SentCall = { ...base, operation: 'ocr', usage }
    const site = withSpans(sketch('t', 0, [{ name: 's', kind: 'generation', call: read }]))
    const { text } = await visit(stepOf('t', 's'), FRAGMENT, site)
    expect(text).toContain('Pages 12')
    expect(text).not.toMatch(/Tokens (?:in|out)/)
  })

  it('tell what was left of the limits', async () => {
    const base = call({ asked: 'gpt-4o' })
    const rateLimit = {
      requests: { limit: 5_000, remaining: 4_999, resetMs: 12 },
      inputTokens: { remaining: 0 },
      outputTokens: {},
    }
    const limited = { ...base, http: { ...base.http, rateLimit } }
    const spans = sketch('t', 0, [
      { name: 's', kind: 'generation', call: limited },
      { name: 'o', kind: 'generation', in: 's', call: base },
    ])
    const { text, html } = await visit(stepOf('t', 's'), FRAGMENT, withSpans(spans))
    expect(text).toContain('Limits left 4,999 of 5,000 requests, 0 tokens in ')
    expect(html).toContain('title="all requests in 12 ms"')
    const other = await visit(stepOf('t', 'o'), FRAGMENT, withSpans(spans))
    expect(other.text).not.toContain('Limits left')
  })

  it('show the model that answered beside the one that was asked', async () => {
    const { text } = await visit(stepOf('answerQuestion', 'chat.completions.create'), FRAGMENT)
    expect(text).toContain('Model gpt-4o answered by gpt-4o-2024-08-06')
  })

  it('say unknown where nobody told, and show a 0 that was told', async () => {
    const failed = await visit(stepOf('failed', 'chat.completions.create'), FRAGMENT)
    expect(failed.text).toContain('Tokens in unknown Tokens out unknown')
    expect(failed.text).toContain('Finish reason unknown Ended with an error')
    const answered = await visit(stepOf('answerQuestion', 'chat.completions.create'), FRAGMENT)
    expect(answered.text).toContain('Read from cache 0')
  })

  it('say how a call ended, and that the counts of a stream cut short are not final', async () => {
    const cut = call({ stream: true, ended: 'truncated', firstTextMs: 12 })
    const spans = sketch('t', 0, [{ name: 's', model: 'm', inputTokens: 5, call: cut }])
    const { text } = await visit(stepOf('t', 's'), FRAGMENT, withSpans(spans))
    expect(text).toContain(
      'Ended truncated: the stream stopped before its end token counts are not final',
    )
  })

  it('show an error with its stack and its cause', async () => {
    const { text } = await visit(stepOf('failed', 'summariseInbox'), FRAGMENT)
    expect(text).toContain('RateLimitError 429 You exceeded your current quota RateLimitError: 429')
    expect(text).toContain('at async summarise (file:///app/src/summarise.ts:18:17)')
    expect(text).toContain('caused by insufficient_quota HTTP 429 Please check your plan')
  })

  it('show a conversation with its tool calls and results paired', async () => {
    const { text } = await visit(stepOf('agent', 'second'), FRAGMENT)
    expect(text).toContain('system You plan trips. user Will I need a coat in Bergen on Friday?')
    expect(text).toContain('calls get_forecast toolu_01A city "Bergen"')
    expect(text).toContain('result of get_forecast toolu_01A temperature 9')
  })

  it('show a call of Gemini as a conversation, its tools by their names', async () => {
    const input = {
      systemInstruction: { parts: [{ text: 'You plan trips.' }] },
      contents: [
        { role: 'user', parts: [{ text: 'Will it rain?' }] },
        {
          role: 'model',
          parts: [
            { functionCall: { id: 'f1', name: 'forecast', args: { city: 'Bergen' } } },
            { functionCall: { name: 'now' } },
          ],
        },
        {
          role: 'user',
          parts: [
            { functionResponse: { id: 'f1', name: 'forecast', response: { rain: true } } },
            { functionResponse: { name: 'now', response: { hour: 7 } } },
          ],
        },
      ],
      tools: [{ functionDeclarations: [{ name: 'forecast' }, { name: 'now' }] }],
    }
    const output = { role: 'assistant', content: 'It will.', reasoning: 'Hm.' }
    const spans = sketch('t', 0, [{ name: 's', model: 'gemini-3', call: call({}), input, output }])
    const { text } = await visit(stepOf('t', 's'), FRAGMENT, withSpans(spans))
    expect(text).toContain('2 tools offered: forecast, now')
    expect(text).toContain('system You plan trips. user Will it rain? model calls forecast f1')
    expect(text).toContain('result of forecast f1 result rain true result of now result hour 7')
    expect(text).toContain('assistant Reasoning (3 characters) Hm. It will.')
  })

  it('show what was counted, and that no tokens were used', async () => {
    const counting: SentCall = {
      ...call({ asked: 'gemini-3' }),
      operation: 'count_tokens',
      response: { choices: [{ index: 0, finishReason: null }] },
    }
    const blocks = [{ type: 'token_count', tokens: 11 }]
    const output = { role: 'assistant', content: null, blocks }
    const spans = sketch('t', 0, [{ name: 's', model: 'm', call: counting, output }])
    const { text } = await visit(stepOf('t', 's'), FRAGMENT, withSpans(spans))
    expect(text).toContain('Tokens in unknown Tokens out unknown')
    expect(text).toContain('token_count type "token_count" tokens 11')
    expect(text).not.toContain('Finish reason')
  })

  it('show an image by its type and size only', async () => {
    const { html, text } = await visit(stepOf('streamed', 'chat.completions.create'), FRAGMENT)
    expect(text).toContain('image · image/png · 24.0 kB')
    expect(html).not.toContain('<img')
  })

  it('show of embeddings how many vectors there are, of which size, and no conversation', async () => {
    const base = call({ asked: 'text-embedding-3-small', firstTextMs: 12 })
    const embedding: SentCall = {
      ...base,
      operation: 'embeddings',
      request: { ...base.request, params: { dimensions: 512 }, inputCount: 3 },
      response: { choices: [], outputCount: 3, dimensions: 1536 },
    }
    const input = { model: 'text-embedding-3-small', input: ['a', 'b', 'c'] }
    const step = { name: 's', kind: 'embedding', model: 'm', inputTokens: 8 } as const
    const spans = sketch('t', 0, [{ ...step, call: embedding, input }])
    const { text } = await visit(stepOf('t', 's'), FRAGMENT, withSpans(spans))
    expect(text).toContain(
      'Tokens in 8 Inputs 3 Results 3 vectors of 1,536 dimensions Cost unknown Model',
    )
    expect(text).toContain('Output 3 vectors of 1,536 dimensions')
    expect(text).not.toMatch(/First token|Tokens out|Finish reason/)
  })

  it('show of a ranking how many documents went in, how many ranks came out, and what is billed', async () => {
    const base = call({ asked: 'rerank-v3.5', firstTextMs: 12 })
    const rerank: SentCall = {
      ...base,
      operation: 'rerank',
      request: { ...base.request, inputCount: 1_200 },
      response: { choices: [{ index: 0, finishReason: null }], outputCount: 3 },
      usage: { ...base.usage, searchUnits: 12 },
    }
    const input = { model: 'rerank-v3.5', query: 'Which otter?', documents: ['a', 'b'] }
    const results = [{ index: 1, relevance_score: 0.98 }]
    const output = { role: 'assistant', content: null, blocks: [{ type: 'ranking', results }] }
    const step = { name: 's', kind: 'retriever', model: 'm' } as const
    const spans = sketch('t', 0, [{ ...step, call: rerank, input, output }])
    const { text } = await visit(stepOf('t', 's'), FRAGMENT, withSpans(spans))
    expect(text).toContain('Search units 12 Inputs 1,200 Results 3 ranks Cost unknown Model')
    expect(text).toContain('query "Which otter?"')
    expect(text).toContain('ranking')
    expect(text).toContain('relevance_score 0.98')
    expect(text).not.toMatch(/First token|Tokens (?:in|out)|Finish reason/)
  })

  it('show what a model drew or spoke by its type and size, and what its tokens stand for', async () => {
    const base = call({ asked: 'gpt-image-2' })
    const image: SentCall = {
      ...base,
      operation: 'image_generation',
      response: { choices: [{ index: 0, finishReason: null }], outputCount: 1 },
      usage: { ...base.usage, textInput: 10, imageInput: 1040, seconds: 9 },
    }
    const output = {
      role: 'assistant',
      content: null,
      blocks: [
        { type: 'image', format: 'png', size: '1024x1536', bytes: 82_500, revised_prompt: 'Otter' },
        { type: 'image', url: 'https://img.test/1.png' },
        { type: 'audio', format: 'audio/mpeg', bytes: 50_000 },
      ],
    }
    const step = { name: 's', model: 'm', inputTokens: 1050, outputTokens: 1628 }
    const spans = sketch('t', 0, [{ ...step, call: image, output }])
    const { html, text } = await visit(stepOf('t', 's'), FRAGMENT, withSpans(spans))
    expect(text).toContain('Tokens in 1,050 10 text, 1,040 image Tokens out 1,628 Audio 9.00 s')
    expect(text).toContain('Results 1 image Cost unknown Model')
    expect(text).toContain('image · png, 1024x1536 · 82.5 kB Otter')
    expect(text).toContain('image · https://img.test/1.png audio · audio/mpeg · 50.0 kB')
    expect(text).not.toContain('Finish reason')
    expect(html).not.toContain('<img')
  })

  it('show a function’s texts under their names', async () => {
    const { text } = await visit(traceOf('answerQuestion'))
    expect(text).toContain('Input raw question How do I reset my password?')
    expect(text).toContain('Metadata version "2" tenant "acme"')
    expect(text).not.toContain('carrot {')
  })

  it('say who reported it', async () => {
    const { text } = await visit(traceOf('answerQuestion'))
    expect(text).toContain('service support release 2.4.1 sdk carrot-trace/0.1.0')
  })

  it('keep the view in every link to another step', async () => {
    const { html } = await visit(`${stepOf('agent', 'second')}?view=json`)
    expect(attributes(html, 'href')).toContain(`${stepOf('agent', 'first')}?view=json`)
  })

  it('give a body as the JSON it is', async () => {
    const { html, headers } = await visit(`${stepOf('agent', 'get_forecast')}?raw=output`)
    expect(headers.get('content-type')).toBe('application/json; charset=utf-8')
    expect(JSON.parse(html)).toEqual({ temperature: 9, unit: 'celsius', rain: true })
  })
})

describe('bodies of any size and shape', () => {
  const show = async (body: SpanDetail['input'], view = 'json') => {
    const one = withSpans(sketch('t', 0, [{ name: 's', input: body }]))
    return visit(`${stepOf('t', 's')}?view=${view}`, FRAGMENT, one)
  }

  it('clamp a long text and say how long it is', async () => {
    const { text } = await show('x'.repeat(600))
    expect(text).toContain('show all (600 characters)')
    expect((await show('x'.repeat(500))).text).not.toContain('show all')
  })

  it('show a hundred children and count the rest', async () => {
    const { text } = await show(Array.from({ length: 250 }, (_, index) => `item ${index}`))
    expect(text).toContain('150 more 100 "item 100"')
    expect(text).toContain('50 more 200 "item 200"')
  })

  it('show the beginning of what is too big, and where all of it is', async () => {
    const { html, text } = await show({ big: 'y'.repeat(300_000) })
    expect(html.length).toBeLessThan(80_000)
    expect(text).toContain('The first 65,536 of 300,010 characters. Raw JSON')
    expect(attributes(html, 'href')).toContain(`${stepOf('t', 's')}?raw=input`)
  })

  it('stop at a number of nodes that a page can hold', async () => {
    const { html, text } = await show(
      Array.from({ length: 60 }, () => Array.from({ length: 400 }, () => [[]])),
    )
    expect(html.length).toBeLessThan(2_000_000)
    expect(text).toContain('more in the raw JSON')
  })

  it('survive any depth', async () => {
    let deep: SpanDetail['input'] = 'bottom'
    for (let level = 0; level < 3000; level++) deep = [deep]
    for (const view of ['json', 'chat']) expect((await show(deep, view)).status).toBe(200)
  })

  it('survive a call that is none', async () => {
    const strange: unknown = JSON.parse(
      '{"time":7,"usage":[],"response":{"choices":[1,{}]},"http":null}',
    )
    const spans = sketch('t', 0, [{ name: 's' }])
    const one = withSpans(spans.map((span) => Object.assign(span, { call: strange })))
    expect((await visit(traceOf('t'), {}, one)).status).toBe(200)
  })
})
