import { describe, expect, it } from 'vitest'
import { createTracer, memory } from '../../src/index.ts'

const exporter = memory()
const { trace } = createTracer({ exporters: [exporter] })

class Bot {
  #greeting = 'Hello'

  @trace
  greet(name: string) {
    return `${this.#greeting} ${name}`
  }

  @trace('my-pipeline')
  async answer(question: string) {
    return question.length
  }

  @trace({ tags: ['production'], metadata: { version: '2' } })
  static create(options: { loud: boolean }) {
    return options.loud
  }
}

describe('@trace', () => {
  it('traces methods in its three forms, with this and private members', async () => {
    const bot = new Bot()
    expect(bot.greet('Ada')).toBe('Hello Ada')
    expect(Bot.create({ loud: true })).toBe(true)
    expect(await bot.answer('Why?')).toBe(4)
    expect(exporter.records).toMatchObject([
      { name: 'greet', input: { name: 'Ada' }, output: 'Hello Ada' },
      { name: 'create', tags: ['production'], metadata: { version: '2' }, input: { loud: true } },
      { name: 'my-pipeline', input: { question: 'Why?' }, output: 4 },
    ])
  })
})
