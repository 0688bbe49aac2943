import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Json } from '../../src/lib/json.ts'
import { promptParts, type Part } from '../../worker/dashboard/cache/prompt.ts'
import { sharedPrompt } from '../../worker/dashboard/cache/shared.ts'
import type { SpanDetail } from '../../worker/store/store.ts'
import { cached } from './support/compared.ts'
import { attributes, words } from './support/html.ts'
import { memoryStore } from './support/memory-store.ts'
import { app } from './support/server.ts'
import { call, sketch, traceIdOf, uuid, type SpanSketch } from './support/spans.ts'

const partsOf = (body: Json): Part[] => promptParts(body) ?? []
const shared = (before: Json, now: Json) => sharedPrompt(partsOf(before), partsOf(now))

const search = { name: 'search', description: 'Finds', input_schema: { type: 'object' } }
const read = { name: 'read', description: 'Reads', input_schema: { type: 'object' } }
const user = (content: string) => ({ role: 'user', content })
const prompt = (messages: readonly Json[], more: Record<string, Json> = {}): Json => {
  return {
    model: 'm',
    max_tokens: 9,
    tools: [search, read],
    system: 'Be brief.',
    messages,
    ...more,
  }
}

describe('promptParts', () => {
  it('has tools first, then the system, then messages, in any format', () => {
    const names = [
      'tool 1 search',
      'system',
      'message 1 (user)',
      'message 2 (assistant)',
      'message 3 (user)',
    ]
    const anthropic = {
      model: 'm',
      max_tokens: 9,
      messages: [user('a'), { role: 'assistant', content: 'b' }, user('c')],
      system: [{ type: 'text', text: 'Be brief.', cache_control: { type: 'ephemeral' } }],
      tools: [search],
    }
    const openai = {
      model: 'm',
      messages: [
        { role: 'system', content: 'Be brief.' },
        user('a'),
        { role: 'assistant', content: 'b' },
        user('c'),
      ],
      tools: [{ type: 'function', function: { name: 'search' } }],
    }
    const google = {
      contents: [
        { role: 'user', parts: [{ text: 'a' }] },
        { role: 'model', parts: [{ text: 'b' }] },
        { role: 'user', parts: [{ text: 'c' }] },
      ],
      systemInstruction: { parts: [{ text: 'Be brief.' }] },
      tools: [{ functionDeclarations: [{ name: 'search' }] }],
    }
    for (const body of [anthropic, openai, google]) {
      expect(partsOf(body).map(({ name }) => name)).toEqual(names)
      expect(
        partsOf(body)
          .map(({ text }) => text)
          .slice(1),
      ).toEqual(['Be brief.', 'a', 'b', 'c'])
    }
  })

  it('is nothing for what is no conversation', () => {
    expect(promptParts({ query: 'x' })).toBeUndefined()
    expect(promptParts(null)).toBeUndefined()
  })
})

describe('sharedPrompt', () => {
  it('says that all is the same', () => {
    const body = prompt([user('Hello')])
    expect(shared(body, body)).toMatchObject({ outcome: 'same', place: undefined })
  })

  it('says that a conversation went on', () => {
    const [one, two] = [[user('Hello')], [user('Hello'), { role: 'assistant', content: 'Hi' }]]
    expect(shared(prompt(one), prompt(two))).toMatchObject({
      outcome: 'grown',
      parts: { shared: 4, of: 5 },
      place: undefined,
    })
    expect(shared(prompt(two), prompt(one))).toMatchObject({
      outcome: 'shortened',
      parts: { shared: 4, of: 4 },
    })
  })

  it('names the first part that differs, and the character in it', () => {
    const found = shared(prompt([user('Hello')]), prompt([user('Hello')], { system: 'Be bright.' }))
    expect(found.outcome).toBe('parted')
    expect(found.parts).toEqual({ shared: 2, of: 4 })
    expect(found.place).toMatchObject({ now: { name: 'system' }, at: 'Be bri'.length })
    expect(found.chars.shared).toBe(
      JSON.stringify(search).length + JSON.stringify(read).length + 'Be bri'.length,
    )
  })

  it('says that nothing is the same', () => {
    expect(shared([user('abc')], [user('xbc')])).toMatchObject({
      outcome: 'apart',
      chars: { shared: 0, of: 3 },
    })
  })

  it('says where only the order of keys or white space differs, which a cache takes for another text', () => {
    const turned = { description: 'Finds', name: 'search', input_schema: { type: 'object' } }
    const spaced = { ...search, description: 'Finds ' }
    const form = (tool: Json) => {
      return shared(prompt([user('a')]), prompt([user('a')], { tools: [tool, read] })).place?.form
    }
    expect(form(turned)).toBe('order')
    expect(form(spaced)).toBe('space')
    expect(form({ ...turned, description: 'Finds\n' })).toBe('order and space')
    expect(form({ ...search, description: 'Seeks' })).toBeUndefined()
  })

  it('names the place that a tool had before', () => {
    const found = shared(prompt([user('a')]), prompt([user('a')], { tools: [read, search] }))
    expect(found.place).toMatchObject({ now: { name: 'tool 1 read' }, moved: 'tool 2 read' })
  })

  it('takes a system prompt for the same where another follows it', () => {
    const [one, two] = ['One', 'Two'].map((content) => ({ role: 'system', content }))
    const found = sharedPrompt(
      partsOf({ model: 'm', messages: [one ?? null, user('a')] }),
      partsOf({ model: 'm', messages: [one ?? null, two ?? null, user('a')] }),
    )
    expect(found).toMatchObject({
      parts: { shared: 1 },
      place: { now: { name: 'system 2' }, at: 0 },
    })
  })

  it('sees arguments that were written in another way', () => {
    const asks = (given: string) => ({
      role: 'assistant',
      tool_calls: [{ id: 'a', function: { name: 'look', arguments: given } }],
    })
    const found = shared([asks('{"at":"Bergen"}')], [asks('{"at": "Bergen"}')])
    expect(found.place).toMatchObject({ form: 'space' })
  })

  it('sees another id of a call, and no half characters', () => {
    const asks = (id: string) => ({
      role: 'assistant',
      content: [{ type: 'tool_use', id, name: 'search', input: {} }],
    })
    expect(shared([asks('a')], [asks('b')]).outcome).toBe('parted')
    expect(shared([user('🙂')], [user('🙃')]).chars.shared).toBe(0)
  })

  const part = fc.record({
    type: fc.constantFrom('tool' as const, 'system' as const, 'message' as const),
    who: fc.constantFrom('user', 'tool'),
    name: fc.constantFrom('one', 'two'),
    text: fc.oneof(fc.string(), fc.constantFrom('{"a":1,"b":2}', '{"b":2,"a":1}', 'a b', 'a  b')),
  })
  const parts = fc.array(part, { maxLength: 6 })

  it('counts what both begin with, and no more', () => {
    fc.assert(
      fc.property(parts, parts, parts, (begin, restA, restB) => {
        const [a, b] = [
          [...begin, ...restA],
          [...begin, ...restB],
        ]
        const { outcome, parts, chars, place } = sharedPrompt(a, b)
        expect(parts.shared).toBeGreaterThanOrEqual(begin.length)
        expect(chars.shared).toBeLessThanOrEqual(chars.of)
        const length = (some: readonly Part[]) =>
          some.reduce((sum, one) => sum + one.text.length, 0)
        expect(chars.shared).toBe(length(b.slice(0, parts.shared)) + (place?.at ?? 0))
        const said = (part: Part | undefined) => part && [part.type, part.who, part.text]
        expect(b.slice(0, parts.shared).map(said)).toEqual(a.slice(0, parts.shared).map(said))
        if (place) {
          const { before, now, at } = place
          expect(before.text.slice(0, at)).toBe(now.text.slice(0, at))
          expect([before, now]).toEqual([a[parts.shared], b[parts.shared]])
          expect(said(before)).not.toEqual(said(now))
        } else {
          expect(parts.shared).toBe(Math.min(a.length, b.length))
        }
        if (outcome === 'apart') expect(chars.shared).toBe(0)
        const back = sharedPrompt(b, a)
        expect([back.parts.shared, back.chars.shared]).toEqual([parts.shared, chars.shared])
      }),
    )
  })
})

describe('the cache of a call', () => {
  const view = async (spans: readonly SpanDetail[], path: string, fragment = false) => {
    const headers = fragment ? { accept: 'text/html-fragment' } : {}
    const reply = await app(memoryStore(() => spans)).request(path, { headers })
    const html = await reply.text()
    return { html, text: words(html) }
  }
  const addressOf = (step: string, more = '', trace = 'cached') =>
    `/traces/${traceIdOf(trace)}/spans/${uuid(`${trace}/${step}`)}?view=cache${more}`

  it('says where the prompt parts from that of the call before, beside what the provider counted', async () => {
    const { text, html } = await view(cached(), addressOf('third'))
    expect(text).toContain('The first 49 % is the same as in the call before (1 whole part of 7,')
    expect(text).toContain('The provider read nothing of this prompt from its cache.')
    expect(text).toContain('The call before 12:25:04 23 Nov 2026 This call 14.0 s later')
    expect(text).toContain(
      'Tokens in 1,500 1,544 Read from cache 1,400 0 Written to cache 90 1,530',
    )
    expect(text).toContain('They first differ in system at character')
    expect(html).toContain('Today is the 1<mark>5</mark>th of October.')
    expect(html).toContain('Today is the 1<mark>6</mark>th of October.')
  })

  it('says it in the fragment as on the page', async () => {
    const page = await view(cached(), addressOf('second'))
    const fragment = await view(cached(), addressOf('second'), true)
    expect(page.html).toContain(fragment.html)
    expect(fragment.text).toContain('all of whose prompt this one begins with')
    expect(fragment.text).toContain(
      'The provider read 93 % of this prompt’s tokens from its cache.',
    )
  })

  it('compares with another call of the trace that the reader chooses', async () => {
    const first = uuid('cached/first')
    const { text, html } = await view(cached(), addressOf('third', `&with=${first}`))
    expect(text).toContain('the same as in the other call')
    expect(attributes(html, 'href')).toContain(addressOf('third', `&with=${uuid('cached/second')}`))
    const strange = await view(cached(), addressOf('third', '&with=none'))
    expect(strange.text).toContain('the same as in the call before')
  })

  it('says that there is no call before the first', async () => {
    const { text } = await view(cached(), addressOf('first'))
    expect(text).toContain('This is the first call of the trace to this model')
    expect(text).not.toContain('Tokens in 1,460 unknown')
  })

  it('is offered for calls to models alone', async () => {
    const { html, text } = await view(cached(), addressOf('support'))
    expect(html).not.toContain('>Cache</a>')
    expect(text).toContain('nothing recorded')
    const links = attributes((await view(cached(), addressOf('third'))).html, 'href')
    expect(links).toContain(addressOf('third'))
  })

  const two = (before: Partial<SpanDetail>, now: Partial<SpanDetail>) => {
    const step: SpanSketch = { name: 'chat', kind: 'generation', model: 'm', provider: 'p' }
    const spans = sketch('two', 1000, [
      { ...step, as: 'before', ...before },
      { ...step, as: 'now', at: 10, ...now },
    ])
    return view(spans, addressOf('now', '', 'two'))
  }

  it('compares with calls to the same model of the same provider', async () => {
    const input = [user('a')]
    for (const other of [{ model: 'n' }, { provider: 'q' }]) {
      const { text } = await two({ input, ...other }, { input })
      expect(text).toContain('This is the first call of the trace to this model')
    }
  })

  it('says what is not known, and never 0', async () => {
    const { text } = await two({ input: [user('a')] }, { input: [user('a')], inputTokens: 5 })
    expect(text).toContain('All of this prompt is the same as in the call before')
    expect(text).toContain('How much it read from its cache the provider did not say.')
    expect(text).toContain(
      'Tokens in unknown 5 Read from cache unknown unknown Written to cache unknown unknown',
    )
  })

  it('has no share of tokens where more were read than came in', async () => {
    const made = call({ cacheRead: 2000 })
    const { text } = await two(
      { input: [user('a')] },
      { input: [user('a')], call: made, inputTokens: 5 },
    )
    expect(text).toContain('The provider read 2,000 tokens from its cache.')
  })

  it('says that a prompt was not recorded, or cannot be read', async () => {
    const body = { input: [user('a')] }
    expect((await two({}, body)).text).toContain('The prompt of the call before was not recorded')
    expect((await two(body, {})).text).toContain('The prompt of this call was not recorded')
    expect((await two(body, { input: { query: 'x' } })).text).toContain(
      'What this call sent is no conversation that can be read',
    )
  })

  it('names what cannot be seen at the place', async () => {
    const { html, text } = await two({ input: [user('Pay now')] }, { input: [user('Pay\nnow')] })
    expect(html).toContain('Pay<mark>space</mark>now')
    expect(html).toContain('Pay<mark>line break</mark>now')
    expect(text).toContain('The two differ only in white space. To a cache that is another text.')
  })
})
