import { createOpenAI } from '@ai-sdk/openai'
import { GoogleGenAI } from '@google/genai'
import { ChatOpenAI, ChatOpenAICompletions, OpenAIEmbeddings } from '@langchain/openai'
import { HTTPClient, Mistral } from '@mistralai/mistralai'
import { createProviderRegistry, wrapLanguageModel } from 'ai'
import { createTracer, memory, TraceError } from 'carrot-trace'
import * as core from 'carrot-trace/core'
import { CohereClientV2 } from 'cohere-ai'
import { Ollama } from 'ollama'
import OpenAI from 'openai'
import { describe, expect, it, onTestFinished, vi } from 'vitest'

const apiKey = 'sk-test'
const openai = createOpenAI({ apiKey })

/** Made otherwise than what it is made of, so that a copy would be made otherwise than it. */
class OwnGoogle extends GoogleGenAI {
  constructor() {
    super({ apiKey })
  }
}
class OwnMistral extends Mistral {
  constructor() {
    super({ apiKey })
  }
}
class OwnCohere extends CohereClientV2 {
  constructor() {
    super({ token: apiKey })
  }
}
class OwnOllama extends Ollama {
  constructor() {
    super({ host: 'localhost' })
  }
}
class LabelledOllama extends Ollama {
  label = 'none'
}
class OwnChat extends ChatOpenAI {
  constructor(key: string) {
    super({ apiKey: key })
  }
}
class OwnEmbeddings extends OpenAIEmbeddings {
  constructor() {
    super({ apiKey })
  }
}

class OwnHttpClient extends HTTPClient {
  override request() {
    return Promise.resolve(new Response('of its own'))
  }
}

class Copying {
  withOptions() {
    return {}
  }
}

/** By the members that clients are known by which are not installed here. */
class Replicate {
  auth = apiKey
  fetch = globalThis.fetch
}
class OpenAIOfOld {
  _options: object
  fetch = globalThis.fetch
  constructor(options: object = { apiKey }) {
    this._options = options
  }
}
class InferenceClient {
  accessToken = 'hf_test'
}
class BedrockRuntimeClient {
  middlewareStack = {}
}
class GoogleGenerativeAI {
  getGenerativeModel() {}
}
class ChatAnthropic {
  clientOptions = {}
}

const REFUSED: readonly [what: string, client: object, name: string, advice: string][] = [
  [
    'GoogleGenAI for Vertex AI',
    new GoogleGenAI({ vertexai: true, project: 'p', location: 'eu' }),
    'GoogleGenAI',
    'make it with one, new GoogleGenAI({ httpOptions: { fetch: carrot.fetch } }).',
  ],
  [
    'GoogleGenAI, made otherwise',
    new OwnGoogle(),
    'OwnGoogle',
    'make it with one, new OwnGoogle({ httpOptions: { fetch: carrot.fetch } }).',
  ],
  [
    'Mistral, made otherwise',
    new OwnMistral(),
    'OwnMistral',
    'make it with one, new OwnMistral({ httpClient: new HTTPClient({ fetcher: carrot.fetch }) }).',
  ],
  [
    'Mistral, with an HTTP client whose copies are of another class',
    new Mistral({ apiKey, httpClient: new OwnHttpClient() }),
    'Mistral',
    'make it with one, new Mistral({ httpClient: new HTTPClient({ fetcher: carrot.fetch }) }).',
  ],
  [
    'CohereClientV2, made otherwise',
    new OwnCohere(),
    'OwnCohere',
    'make it with one, new OwnCohere({ fetch: carrot.fetch }).',
  ],
  [
    'CohereClientV2, with a fetcher',
    new CohereClientV2({ token: apiKey, fetcher: () => new Promise(() => {}) }),
    'CohereClientV2',
    'make it with one, new CohereClientV2({ fetch: carrot.fetch }).',
  ],
  [
    'Ollama, made otherwise',
    new OwnOllama(),
    'OwnOllama',
    'make it with one, new OwnOllama({ fetch: carrot.fetch }).',
  ],
  [
    'Ollama, changed after it was made',
    Object.assign(new LabelledOllama(), { label: 'mine' }),
    'LabelledOllama',
    'make it with one, new LabelledOllama({ fetch: carrot.fetch }).',
  ],
  [
    'a client whose copy is of another class',
    new Copying(),
    'Copying',
    'make it with one, new Copying({ fetch: carrot.fetch }).',
  ],
  [
    'ChatOpenAI, made otherwise',
    new OwnChat(apiKey),
    'OwnChat',
    'make it with one, new OwnChat({ configuration: { fetch: carrot.fetch } }).',
  ],
  [
    'ChatOpenAI, around another model',
    new ChatOpenAI({ apiKey, completions: new ChatOpenAICompletions({ apiKey }) }),
    'ChatOpenAI',
    'make it with one, new ChatOpenAI({ configuration: { fetch: carrot.fetch } }).',
  ],
  [
    'OpenAIEmbeddings, made otherwise',
    new OwnEmbeddings(),
    'OwnEmbeddings',
    'make it with one, new OwnEmbeddings({ configuration: { fetch: carrot.fetch } }).',
  ],
  [
    'a model with middleware',
    wrapLanguageModel({ model: openai('gpt-4o'), middleware: {} }),
    'Client',
    'give its provider one, createOpenAI({ fetch: carrot.fetch }).',
  ],
  [
    'a registry of providers',
    createProviderRegistry({ openai }),
    'DefaultProviderRegistry',
    'wrap its providers.',
  ],
  [
    'replicate',
    new Replicate(),
    'Replicate',
    'make it with one, new Replicate({ fetch: carrot.fetch }).',
  ],
  [
    'openai before it could copy itself, which may send by other means than fetch',
    new OpenAIOfOld(),
    'OpenAIOfOld',
    'make it with one, new OpenAIOfOld({ fetch: carrot.fetch }).',
  ],
  [
    '@huggingface/inference',
    new InferenceClient(),
    'InferenceClient',
    'make it with one, new InferenceClient(token, { fetch: carrot.fetch }).',
  ],
  [
    '@fal-ai/client',
    { queue: {}, run() {} },
    'Client',
    'make it with one, createFalClient({ fetch: carrot.fetch }).',
  ],
  [
    'the AWS SDK',
    new BedrockRuntimeClient(),
    'BedrockRuntimeClient',
    'give it a FetchHttpHandler and call carrot.patchFetch().',
  ],
  [
    '@google/generative-ai',
    new GoogleGenerativeAI(),
    'GoogleGenerativeAI',
    'call carrot.patchFetch().',
  ],
  [
    '@langchain/anthropic',
    new ChatAnthropic(),
    'ChatAnthropic',
    'make it with one, new ChatAnthropic({ clientOptions: { fetch: carrot.fetch } }).',
  ],
  [
    'an object without a class',
    Object.create(null),
    'Client',
    'make it with one, new Client({ fetch: carrot.fetch }).',
  ],
]

describe('wrap', () => {
  it.each(REFUSED)('refuses %s, and says what to write', (_, client, name, advice) => {
    expect(() => createTracer({ exporters: [memory()] }).wrap(client)).toThrow(
      expect.objectContaining({
        code: 'cannot_wrap',
        message: `wrap() cannot give ${name} another fetch: ${advice}`,
      }),
    )
  })

  it('refuses a GoogleGenAI that is let in as the environment says', () => {
    vi.stubEnv('GOOGLE_CLOUD_PROJECT', 'p')
    vi.stubEnv('GOOGLE_CLOUD_LOCATION', 'eu')
    onTestFinished(() => void vi.unstubAllEnvs())
    const client = new GoogleGenAI({ vertexai: true })
    expect(() => createTracer({ exporters: [memory()] }).wrap(client)).toThrow(TraceError)
  })

  it('makes nothing of a class that it does not know', () => {
    let made = 0
    class Client {
      apiKey = apiKey
      config = { host: 'localhost' }
      clientConfig = {}
      _options = {}
      constructor() {
        made += 1
      }
    }
    expect(() => createTracer({ exporters: [memory()] }).wrap(new Client())).toThrow(TraceError)
    expect(made).toBe(1)
  })

  it('keeps what a client threw when it was copied', () => {
    class Particular extends Ollama {
      constructor(config?: { host?: string; fetch?: unknown }) {
        if (config?.fetch) throw new Error('No fetch, please.')
        super({ host: config?.host ?? 'localhost' })
      }
    }
    expect(() => createTracer({ exporters: [memory()] }).wrap(new Particular())).toThrow(
      expect.objectContaining({ code: 'cannot_wrap', cause: new Error('No fetch, please.') }),
    )
  })
})

describe('wrap, of carrot-trace/core', () => {
  const tracer = core.createTracer({ exporters: [memory()] })

  it('takes the clients that copy themselves', () => {
    const client = new OpenAI({ apiKey })
    expect(tracer.wrap(client)).toBeInstanceOf(OpenAI)
  })

  it('refuses the others, and says what to write', () => {
    expect(() => tracer.wrap(new Ollama())).toThrow(
      'wrap() cannot give Ollama another fetch: make it with one, new Ollama({ fetch: carrot.fetch }).',
    )
  })
})
