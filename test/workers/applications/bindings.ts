/**
 * A model behind a binding, in every way that one answers: as an object, and as another Worker.
 *
 * @module
 */

import { WorkerEntrypoint } from 'cloudflare:workers'
import { instrument, spanOf, wrapBinding } from 'carrot-trace/workers'

interface Env {
  AI: Ai
  MODEL: Service<typeof ModelEntrypoint>
}

const USAGE = { prompt_tokens: 12, completion_tokens: 3, total_tokens: 15 }
const EVENTS = [{ response: 'Go ', p: 'abc' }, { response: 2 }, { response: '', usage: USAGE }]

function words(): ReadableStream<Uint8Array> {
  const lines = [...EVENTS.map((event) => JSON.stringify(event)), '[DONE]']
  const events = lines.map((line) => new TextEncoder().encode(`data: ${line}\n\n`))
  return new ReadableStream({
    type: 'bytes',
    pull(controller) {
      const event = events.shift()
      if (event) controller.enqueue(event)
      else controller.close()
    },
  })
}

/** As Workers AI answers, by what it is asked. */
function answer(inputs: Record<string, unknown>, options: Record<string, unknown> = {}): unknown {
  if (inputs.fail) throw new RangeError('5007: No such model')
  if (options.returnRawResponse) return Response.json({ response: 'raw', usage: USAGE })
  if (inputs.stream) return words()
  if (inputs.text) return { shape: [1, 4], data: [[0.1, 0.2, 0.3, 0.4]], usage: USAGE }
  if (inputs.tools) {
    return { response: null, tool_calls: [{ name: 'find', arguments: { q: 'x' } }], usage: USAGE }
  }
  return { response: 'Hello', usage: USAGE }
}

/** With state that a proxy which is not careful would lose. */
class LocalModel {
  readonly #gateway = 'mine'
  lastModel = ''

  async run(model: string, inputs: Record<string, unknown>, options?: Record<string, unknown>) {
    this.lastModel = `${model} ${this.#gateway}`
    return answer(inputs, options)
  }

  gateway(id: string) {
    return `${this.#gateway} ${id}`
  }
}

export class ModelEntrypoint extends WorkerEntrypoint<Env> {
  async run(_model: string, inputs: Record<string, unknown>) {
    return answer(inputs) as Promise<{ response: string }>
  }

  async other(word: string) {
    return `${word}!`
  }
}

const MODEL = '@cf/meta/llama-4-scout'
const ASKED = { messages: [{ role: 'user', content: 'Hi' }] }

interface Model {
  run(model: string, inputs: object, options?: object): Promise<unknown>
}

const WAYS: Record<string, (model: Model) => unknown> = {
  whole: (model) => model.run(MODEL, { ...ASKED, max_tokens: 9 }),
  tools: (model) => model.run(MODEL, { ...ASKED, tools: [] }),
  embeddings: (model) => model.run('@cf/baai/bge-base', { text: 'Hi' }),
  streamed: async (model) => {
    const stream = await model.run(MODEL, { ...ASKED, stream: true })
    if (!(stream instanceof ReadableStream)) return 'no stream'
    const isBytes = (() => {
      stream.getReader({ mode: 'byob' }).releaseLock()
      return true
    })()
    return [isBytes, await new Response(stream).text()]
  },
  raw: async (model) => {
    const response = await model.run(MODEL, ASKED, { returnRawResponse: true })
    return response instanceof Response ? [response.status, await response.json()] : 'no response'
  },
  fails: (model) =>
    model.run(MODEL, { ...ASKED, fail: true }).catch((error: Error) => [error.name, error.message]),
}

export default instrument({
  async fetch(request: Request, env: Env): Promise<Response> {
    const { pathname } = new URL(request.url)
    const parent = spanOf(request)
    const [, place = '', way = ''] = pathname.split('/')
    if (place === 'members') {
      const local = new LocalModel()
      const wrapped = wrapBinding(local, { parent })
      await wrapped.run(MODEL, ASKED)
      return Response.json({
        gateway: wrapped.gateway('id'),
        lastModel: wrapped.lastModel,
        isModel: wrapped instanceof LocalModel,
        same: wrapped.gateway === wrapped.gateway,
        other: await wrapBinding(env.MODEL, { parent }).other('word'),
      })
    }
    if (place === 'real') {
      const wrapped = wrapBinding(env.AI, { parent })
      const told = async (ai: Ai) => [
        await ai.run('@cf/meta/llama-4-scout-17b-16e-instruct', { prompt: 'Hi' }).catch(String),
        typeof ai.gateway('id').getLog,
        ai.aiGatewayLogId,
        Object.prototype.toString.call(ai),
        ai.constructor.name,
      ]
      return Response.json({ native: await told(env.AI), wrapped: await told(wrapped) })
    }
    const model: Model = place === 'local' ? new LocalModel() : env.MODEL
    const native = await WAYS[way]?.(model)
    return Response.json({ native, wrapped: await WAYS[way]?.(wrapBinding(model, { parent })) })
  },
})
