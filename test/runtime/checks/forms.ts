/**
 * `trace` in its forms, over functions of every kind: each gives what it gives untraced, and its span
 * ends where that does. What happens inside is its child where context follows by itself.
 *
 * @module
 */

import type { Tracer } from 'carrot-trace'
import type { Check } from '../check.ts'

interface Form {
  name: string
  gives: unknown
  run(tracer: Tracer, inside: () => void): unknown
}

function byteStream(): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      controller.enqueue(new TextEncoder().encode('some bytes'))
      controller.close()
    },
  })
}

async function all(values: AsyncIterable<unknown>): Promise<unknown[]> {
  const seen = []
  for await (const value of values) seen.push(value)
  return seen
}

const FORMS: readonly Form[] = [
  {
    name: 'named by itself',
    gives: [3, 'named by itself', 2],
    run(tracer, inside) {
      const sum = (a: number, b: number) => {
        inside()
        return a + b
      }
      const own = Object.defineProperty(sum, 'name', { value: 'named by itself' })
      const traced = tracer.trace(own)
      return [traced(1, 2), traced.name, traced.length]
    },
  },
  {
    name: 'with a name',
    gives: 'later',
    run: (tracer, inside) =>
      tracer.trace('with a name', async (value: string) => {
        await Promise.resolve()
        inside()
        return value
      })('later'),
  },
  {
    name: 'with options',
    gives: 'at once',
    run: (tracer, inside) =>
      tracer.trace({ name: 'with options', kind: 'tool', tags: ['t'] }, (value: string) => {
        inside()
        return value
      })('at once'),
  },
  {
    name: 'a method',
    gives: [1, 2, 3],
    async run({ trace }, inside) {
      class Bot {
        #base = 1
        @trace
        bare() {
          return this.#base
        }
        @trace('by name')
        async named() {
          return this.#base + 1
        }
        @trace({ name: 'a method', kind: 'agent' })
        async tagged() {
          await Promise.resolve()
          inside()
          return this.#base + 2
        }
      }
      const bot = new Bot()
      return [bot.bare(), await bot.named(), await bot.tagged()]
    },
  },
  {
    name: 'an async generator',
    gives: ['a', 'b'],
    run: (tracer, inside) =>
      all(
        tracer.trace('an async generator', async function* () {
          yield 'a'
          inside()
          yield 'b'
        })(),
      ),
  },
  {
    name: 'a generator',
    gives: [1, 2],
    run: (tracer, inside) => [
      ...tracer.trace('a generator', function* () {
        yield 1
        inside()
        yield 2
      })(),
    ],
  },
  {
    name: 'a Response',
    gives: [201, 'b', 'some bytes'],
    async run(tracer, inside) {
      const init = { status: 201, headers: { a: 'b' } }
      const response = await tracer.trace('a Response', async () => {
        inside()
        return new Response(byteStream(), init)
      })()
      return [response.status, response.headers.get('a'), await response.text()]
    },
  },
  {
    name: 'a stream',
    gives: 'some bytes',
    run: (tracer, inside) =>
      new Response(
        tracer.trace('a stream', () => {
          inside()
          return byteStream()
        })(),
      ).text(),
  },
  {
    name: 'a throw',
    gives: 'the same error',
    run(tracer, inside) {
      const error = new RangeError('too far')
      const fail = tracer.trace('a throw', () => {
        inside()
        throw error
      })
      try {
        return fail()
      } catch (caught) {
        return caught === error ? 'the same error' : 'another'
      }
    },
  },
]

export const forms: Check = {
  name: 'trace in its forms, over functions of every kind',
  async run({ ambient }, recording) {
    const tracer = recording.tracer({ context: ambient ? 'auto' : 'off' })
    const given: Record<string, unknown> = {}
    for (const { name, run } of FORMS) {
      given[name] = await run(tracer, () => tracer.span(`inside ${name}`, () => {}))
    }
    return given
  },
  seen: () => Object.fromEntries(FORMS.map(({ name, gives }) => [name, gives])),
  delivered: ({ ambient }) =>
    [
      'bare',
      'by name',
      ...FORMS.flatMap(({ name }) => [
        name,
        ambient ? `${name} > inside ${name}` : `inside ${name}`,
      ]),
    ].toSorted(),
}
