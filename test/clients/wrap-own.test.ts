import { createGoogle } from '@ai-sdk/google'
import { createOpenAI } from '@ai-sdk/openai'
import { OpenAIChatLanguageModel } from '@ai-sdk/openai/internal'
import { GoogleGenAI } from '@google/genai'
import { ChatOpenAI, OpenAIEmbeddings } from '@langchain/openai'
import { HTTPClient, Mistral } from '@mistralai/mistralai'
import { generateText } from 'ai'
import { createTracer, memory, TraceError } from 'carrot-trace'
import { CohereClientV2 } from 'cohere-ai'
import { Ollama } from 'ollama'
import { describe, expect, expectTypeOf, inject, it, onTestFinished } from 'vitest'
import { first } from './seen.ts'

const api = (name: string, way = 'well') => `${inject('apis')}/wrap-own-test/${way}/${name}`
const apiKey = 'sk-test'
const messages = [{ role: 'user' as const, content: 'Hi' }]

function setup() {
  const exporter = memory()
  const told: TraceError[] = []
  const onError = (error: TraceError) => void told.push(error)
  const tracer = createTracer({ exporters: [exporter], context: 'off', onError })
  return { tracer, told, records: exporter.records }
}

/** Classes as applications make them of the clients', with a member that only their constructor sets up. */
class NamedModel extends OpenAIChatLanguageModel {
  readonly #team = 'support'
  team = () => this.#team
}
class NamedGoogle extends GoogleGenAI {
  readonly #team = 'support'
  team = () => this.#team
}
class NamedMistral extends Mistral {
  readonly #team = 'support'
  team = () => this.#team
}
class NamedCohere extends CohereClientV2 {
  readonly #team = 'support'
  team = () => this.#team
}
class NamedOllama extends Ollama {
  readonly #team = 'support'
  team = () => this.#team
}
class NamedChat extends ChatOpenAI {
  readonly #team = 'support'
  team = () => this.#team
}
class NamedEmbeddings extends OpenAIEmbeddings {
  readonly #team = 'support'
  team = () => this.#team
}

describe('wrap', () => {
  it.each([
    new NamedModel('gpt-4o', { provider: 'openai', url: ({ path }) => path, headers: () => ({}) }),
    new NamedGoogle({ apiKey }),
    new NamedMistral({ apiKey }),
    new NamedCohere({ token: apiKey }),
    new NamedOllama(),
    new NamedChat({ apiKey }),
    new NamedEmbeddings({ apiKey }),
  ])('keeps private members, of $constructor.name', (client) => {
    const copy = setup().tracer.wrap(client)
    expect([copy.team(), copy.constructor]).toEqual(['support', client.constructor])
  })

  it('keeps the hooks that a Mistral client has in its HTTPClient', async () => {
    const { tracer, records } = setup()
    const seen: string[] = []
    const httpClient = new HTTPClient()
    httpClient.addHook('beforeRequest', ({ method }) => void seen.push(method))
    const client = new Mistral({ apiKey, serverURL: api('mistral'), httpClient })
    const wrapped = tracer.wrap(client)
    await wrapped.chat.complete({ model: 'mistral-small-latest', messages })
    await client.chat.complete({ model: 'mistral-small-latest', messages })
    expect({ seen, recorded: records.length }).toEqual({ seen: ['POST', 'POST'], recorded: 1 })
  })

  it("sends without Node's time limits where @google/genai does", async () => {
    const { tracer, records } = setup()
    await globalThis.fetch(api('gemini')) // Node has something to send with only from then on
    const dispatcher = Reflect.get(globalThis, Symbol.for('undici.globalDispatcher.1'))
    const limits: unknown[] = []
    const { dispatch } = dispatcher
    onTestFinished(() => void Reflect.deleteProperty(dispatcher, 'dispatch'))
    dispatcher.dispatch = (
      options: { headersTimeout?: number; bodyTimeout?: number },
      handler: unknown,
    ) => {
      limits.push([options.headersTimeout, options.bodyTimeout])
      return Reflect.apply(dispatch, dispatcher, [options, handler])
    }
    const client = new GoogleGenAI({ apiKey, httpOptions: { baseUrl: api('gemini') } })
    for (const { models, interactions } of [client, tracer.wrap(client)]) {
      await models.generateContent({ model: 'gemini-3-flash', contents: 'Hi' })
      await interactions.create({ model: 'gemini-3-flash', input: 'Hi' })
    }
    expect({ limits, recorded: records.length }).toEqual({
      limits: [1, 2, 3, 4].map(() => [0, 0]),
      recorded: 2,
    })
  })

  it('gives an Ollama client streams of its own, to be aborted apart', async () => {
    const { tracer } = setup()
    const client = new Ollama({ host: api('ollama') })
    const wrapped = tracer.wrap(client)
    const stream = await wrapped.chat({ model: 'gemma3', messages, stream: true })
    client.abort()
    expect(await first(3, stream)).toHaveLength(3)
  })

  it('keeps an Ollama client that stands before a proxy without a host', () => {
    const client = new Ollama({ proxy: true })
    expect(Reflect.get(setup().tracer.wrap(client), 'config')).toEqual({ host: '' })
  })

  it('records what a ChatOpenAI gives itself tools or options by', async () => {
    const { tracer, records } = setup()
    const configuration = { baseURL: `${api('openai')}/v1` }
    const model = tracer.wrap(new ChatOpenAI({ model: 'gpt-4o', apiKey, configuration }))
    await model.withConfig({ stop: ['end'] }).invoke('Hi')
    expect(records).toMatchObject([{ call: { request: { params: { stop: ['end'] } } } }])
  })

  it('has all copies of a LangChain model keep to one limit of calls at a time', () => {
    const { tracer } = setup()
    const model = new ChatOpenAI({ apiKey, maxConcurrency: 1 })
    const embeddings = new OpenAIEmbeddings({ apiKey, maxRetries: 1 })
    const limits = (of: ChatOpenAI) =>
      [of, Reflect.get(of, 'completions'), Reflect.get(of, 'responses')].map(({ caller }) => caller)
    const own = limits(model)
    expect(limits(tracer.wrap(model)).every((limit, nth) => limit === own[nth])).toBe(true)
    expect(tracer.wrap(embeddings).caller).toBe(embeddings.caller)
  })
})

describe('wrap, for a provider of the AI SDK', () => {
  const openai = createOpenAI({ apiKey, baseURL: `${api('openai')}/v1` })

  it('is a function of the same type, name and members, which gives other things as they are', () => {
    const { tracer, told } = setup()
    const wrapped = tracer.wrap(openai)
    expectTypeOf(wrapped).toEqualTypeOf(openai)
    expect([wrapped.name, wrapped.length]).toEqual([openai.name, openai.length])
    expect(wrapped.specificationVersion).toBe(openai.specificationVersion)
    expect(wrapped.tools).toBe(openai.tools)
    expect(wrapped.files().constructor).toBe(openai.files().constructor)
    expect(told).toEqual([])
  })

  it('makes models of the same classes', () => {
    const wrapped = setup().tracer.wrap(openai)
    const made = (from: typeof openai) =>
      [from('a'), from.chat('a'), from.embedding('a'), from.image('a'), from.speech('a')].map(
        ({ constructor }) => constructor,
      )
    expect(made(wrapped)).toEqual(made(openai))
  })

  it('wraps models that have settings beside their configuration', () => {
    const google = createGoogle({ apiKey })
    const { tracer, told } = setup()
    const model = tracer.wrap(google).image('imagen-4', { maxImagesPerCall: 2 })
    expect(told).toEqual([])
    expect(model.constructor).toBe(google.image('imagen-4').constructor)
    expect(model.maxImagesPerCall).toBe(2)
  })

  it('gives what it cannot wrap as it is, and tells of it', async () => {
    const { tracer, told, records } = setup()
    const odd = { modelId: 'odd', doGenerate: () => 'something' }
    const provider = Object.assign(() => odd, { languageModel: openai.languageModel })
    const wrapped = tracer.wrap(provider)
    expect(wrapped()).toBe(odd)
    expect(told).toMatchObject([{ name: 'TraceError', code: 'cannot_wrap' }])
    await generateText({ model: wrapped.languageModel('gpt-4o'), prompt: 'Hi' })
    expect(records).toHaveLength(1)
  })
})
