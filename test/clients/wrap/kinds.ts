/**
 * Every kind of client that can be wrapped: how one is made, and one thing that is asked of it.
 *
 * @module
 */

import Anthropic from '@anthropic-ai/sdk'
import { createAnthropic } from '@ai-sdk/anthropic'
import { createGoogle } from '@ai-sdk/google'
import { createOpenAI } from '@ai-sdk/openai'
import { GoogleGenAI } from '@google/genai'
import { AzureChatOpenAI, ChatOpenAI, OpenAIEmbeddings } from '@langchain/openai'
import { HTTPClient, Mistral } from '@mistralai/mistralai'
import { embed, generateText, type EmbeddingModel, type LanguageModel } from 'ai'
import { CohereClient, CohereClientV2 } from 'cohere-ai'
import Groq from 'groq-sdk'
import { Ollama } from 'ollama'
import OpenAI, { AzureOpenAI } from 'openai'
import type { ApiName } from '../apis/server.ts'

type Fetch = typeof globalThis.fetch
export type Wrap = <Client extends object>(client: Client) => Client

/** Where a client finds its APIs, and the `fetch` that it is given if any is. */
export interface At {
  api: (name: ApiName) => string
  fetch?: Fetch
}

export interface Made {
  client: object
  /** Asks it, or what `wrap` makes of it, one thing. */
  ask(wrap?: Wrap): Promise<unknown>
}

export interface Kind {
  name: string
  make(at: At): Made
}

function kind<Client extends object>(
  name: string,
  make: (at: At) => Client,
  ask: (client: Client) => PromiseLike<unknown>,
): Kind {
  return {
    name,
    make(at) {
      const client = make(at)
      return { client, ask: async (wrap = (same) => same) => ask(wrap(client)) }
    },
  }
}

const apiKey = 'sk-test'
const messages = [{ role: 'user' as const, content: 'Hi' }]
const chat = { model: 'gpt-4o', messages }
const claude = { model: 'claude-sonnet-4-6', max_tokens: 200, messages }
const gemini = { model: 'gemini-3-flash', contents: 'Hi' }

const text = async (model: Exclude<LanguageModel, string>) =>
  (await generateText({ model, prompt: 'Hi' })).text
const vector = async (model: Exclude<EmbeddingModel, string>) => embed({ model, value: 'Hi' })

const openai = ({ api, fetch }: At) =>
  createOpenAI({ apiKey, baseURL: `${api('openai')}/v1`, ...(fetch && { fetch }) })
const anthropic = ({ api, fetch }: At) =>
  createAnthropic({ apiKey, baseURL: `${api('anthropic')}/v1`, ...(fetch && { fetch }) })
const google = ({ api, fetch }: At) =>
  createGoogle({ apiKey, baseURL: `${api('gemini')}/v1beta`, ...(fetch && { fetch }) })
const cohere = ({ api, fetch }: At) => ({
  token: apiKey,
  baseUrl: api('cohere'),
  ...(fetch && { fetch }),
})
const configuration = ({ api, fetch }: At) => ({ baseURL: `${api('openai')}/v1`, fetch })
const fetcher = ({ fetch }: At) =>
  fetch && new HTTPClient({ fetcher: (input, init) => fetch(input, init) })

export const KINDS: readonly Kind[] = [
  kind(
    'openai',
    ({ api, fetch }) => new OpenAI({ apiKey, baseURL: `${api('openai')}/v1`, fetch }),
    (client) => client.chat.completions.create(chat),
  ),
  kind(
    'AzureOpenAI of openai',
    ({ api, fetch }) =>
      new AzureOpenAI({ apiKey, endpoint: api('openai'), apiVersion: '2026-06-01', fetch }),
    (client) => client.chat.completions.create(chat),
  ),
  kind(
    '@anthropic-ai/sdk',
    ({ api, fetch }) => new Anthropic({ apiKey, baseURL: api('anthropic'), fetch }),
    (client) => client.messages.create(claude),
  ),
  kind(
    'groq-sdk',
    ({ api, fetch }) => new Groq({ apiKey, baseURL: api('groq'), fetch }),
    (client) => client.chat.completions.create(chat),
  ),
  kind('@ai-sdk/openai', openai, (provider) => text(provider('gpt-4o'))),
  kind('@ai-sdk/openai, a model', (at) => openai(at)('gpt-4o'), text),
  kind('@ai-sdk/openai, a model of chat completions', (at) => openai(at).chat('gpt-4o'), text),
  kind('@ai-sdk/openai, an embedding', (at) => openai(at).embedding('embed'), vector),
  kind('@ai-sdk/anthropic', anthropic, (provider) => text(provider('claude-sonnet-4-6'))),
  kind('@ai-sdk/anthropic, a model', (at) => anthropic(at)('claude-sonnet-4-6'), text),
  kind('@ai-sdk/google', google, (provider) => text(provider.languageModel('gemini-3-flash'))),
  kind('@ai-sdk/google, a model', (at) => google(at)('gemini-3-flash'), text),
  kind(
    '@google/genai',
    ({ api, fetch }) =>
      new GoogleGenAI({
        apiKey,
        httpOptions: { baseUrl: api('gemini'), ...(fetch && { fetch }) },
      }),
    (client) => client.models.generateContent(gemini),
  ),
  kind(
    '@google/genai, with a key for Vertex AI',
    ({ api, fetch }) =>
      new GoogleGenAI({
        apiKey,
        vertexai: true,
        httpOptions: { baseUrl: api('gemini'), ...(fetch && { fetch }) },
      }),
    (client) => client.models.generateContent(gemini),
  ),
  kind(
    '@google/genai, its interactions',
    ({ api, fetch }) =>
      new GoogleGenAI({
        apiKey,
        httpOptions: { baseUrl: api('gemini'), ...(fetch && { fetch }) },
      }),
    (client) => client.interactions.create({ model: 'gemini-3-flash', input: 'Hi' }),
  ),
  kind(
    '@mistralai/mistralai',
    (at) => {
      const httpClient = fetcher(at)
      return new Mistral({
        apiKey,
        serverURL: at.api('mistral'),
        ...(httpClient && { httpClient }),
      })
    },
    (client) => client.chat.complete({ ...chat, model: 'mistral-small-latest' }),
  ),
  kind(
    'CohereClientV2 of cohere-ai',
    (at) => new CohereClientV2(cohere(at)),
    (client) => client.chat({ ...chat, model: 'command-a-03-2025' }),
  ),
  kind(
    'CohereClient of cohere-ai',
    (at) => new CohereClient(cohere(at)),
    (client) => client.v2.chat({ ...chat, model: 'command-a-03-2025' }),
  ),
  kind(
    'ollama',
    ({ api, fetch }) => new Ollama({ host: api('ollama'), ...(fetch && { fetch }) }),
    (client) => client.chat({ model: 'gemma3', messages }),
  ),
  kind(
    'ChatOpenAI of @langchain/openai',
    (at) => new ChatOpenAI({ apiKey, model: 'gpt-4o', configuration: configuration(at) }),
    (client) => client.invoke('Hi'),
  ),
  kind(
    'ChatOpenAI of @langchain/openai, by the Responses API',
    (at) =>
      new ChatOpenAI('gpt-4o', { apiKey, useResponsesApi: true, configuration: configuration(at) }),
    (client) => client.invoke('Hi'),
  ),
  kind(
    'ChatOpenAI of @langchain/openai, with options of its own',
    (at) =>
      new ChatOpenAI({ apiKey, model: 'gpt-4o', configuration: configuration(at) }).withConfig({
        stop: ['end'],
      }),
    (client) => client.invoke('Hi'),
  ),
  kind(
    'AzureChatOpenAI of @langchain/openai',
    ({ api, fetch }) =>
      new AzureChatOpenAI({
        model: 'gpt-4o',
        azureOpenAIApiKey: apiKey,
        azureOpenAIApiVersion: '2026-06-01',
        azureOpenAIApiDeploymentName: 'gpt-4o',
        azureOpenAIBasePath: `${api('openai')}/openai/deployments`,
        configuration: { fetch },
      }),
    (client) => client.invoke('Hi'),
  ),
  kind(
    'OpenAIEmbeddings of @langchain/openai',
    (at) => new OpenAIEmbeddings({ apiKey, configuration: configuration(at) }),
    (client) => client.embedQuery('Hi'),
  ),
]
