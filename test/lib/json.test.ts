import { describe, expect, it } from 'vitest'
import { parse } from '../../src/lib/json.ts'
import { replay } from '../support/replay.ts'

const deep = (depth: number) => '['.repeat(depth) + ']'.repeat(depth)
const depthOf = (text: string) => Math.max(...[...text.matchAll(/\[+/g)].map(([run]) => run.length))

describe('parse', () => {
  it.each<[text: string, value: unknown]>([
    ['{"a":[1,"x",null]}', { a: [1, 'x', null] }],
    ['7', 7],
    ['{', undefined],
    ['', undefined],
    [deep(200), JSON.parse(deep(200))],
    [`["${'[{'.repeat(500)}"]`, ['[{'.repeat(500)]],
    [`["${'\\"['.repeat(500)}\\\\", "["]`, [`${'"['.repeat(500)}\\`, '[']],
    [`[${'[],'.repeat(500)}{}]`, [...Array.from({ length: 500 }, () => []), {}]],
  ])('gives what JSON gives: %j', (text, value) => {
    expect(parse(text)).toEqual(value)
  })

  it.each([201, 10_000, 100_000])('names what lies too deep, of %i levels', (depth) => {
    const text = JSON.stringify(parse(`{"a":${deep(depth)},"b":1}`))
    expect(depthOf(text)).toBe(199)
    expect(text).toMatch(/^\{"a":\[+"\[deeper\]"\]+,"b":1\}$/)
  })
})

describe('a record', () => {
  const bodies: [what: string, reply: string][] = [
    ['arguments that are a value', deep(40_000)],
    ['arguments in a text', JSON.stringify(deep(40_000))],
  ]

  it.each(bodies)(
    'is there, and can be written out, of a reply with %s too deep',
    async (_, given) => {
      const call = `{"id":"a","function":{"name":"f","arguments":${given}}}`
      const reply = `{"choices":[{"message":{"content":"x","tool_calls":[${call}]},"finish_reason":"stop"}]}`
      const { record } = await replay({
        url: 'https://api.openai.com/v1/chat/completions',
        request: { model: 'm', messages: [] },
        reply: new TextEncoder().encode(reply),
        type: 'application/json',
      })
      expect(JSON.stringify(record)).toContain('[deeper]')
      expect(record.output).toMatchObject({
        content: 'x',
        tool_calls: [{ function: { name: 'f' } }],
      })
    },
  )
})
