/**
 * The real client of each provider, given a fixture as the answer to what it asks.
 *
 * @module
 */

import Anthropic from '@anthropic-ai/sdk'
import { GoogleGenAI } from '@google/genai'
import { HTTPClient, Mistral } from '@mistralai/mistralai'
import type { Tracer } from 'carrot-trace'
import { CohereClientV2 } from 'cohere-ai'
import Groq from 'groq-sdk'
import { Ollama } from 'ollama'
import OpenAI from 'openai'
import Replicate from 'replicate'
import { fields, items, string, type Json, type JsonObject } from '../../../src/lib/json.ts'
import { addedUp, fromChat, plain, textsIn, tool, type Given } from './given.ts'

export interface Asked {
  url: string
  request: JsonObject
  isStream: boolean
}

export interface Parser {
  client: string
  format: string
  /** Which addresses are those of the client. */
  host: RegExp
  /** What the client leaves to the application, or refuses. */
  except?: RegExp
  parse(tracer: Tracer, asked: Asked): Promise<Given>
}

const apiKey = 'sk-test'
const once = { maxRetries: 0 }

export const PARSERS: readonly Parser[] = [
  {
    client: 'openai',
    format: 'openai.chat',
    host: /^https:\/\/(?:api\.openai\.com|openrouter\.ai|api\.(?:deepseek|x|together|fireworks|cerebras|perplexity)\.\w+)\//,
    async parse({ fetch }, { url, request, isStream }) {
      const openai = new OpenAI({
        apiKey,
        ...once,
        fetch,
        baseURL: baseOf(url, '/chat/completions'),
      })
      const reply: unknown = await openai.post('/chat/completions', {
        body: { ...request, stream: isStream },
        stream: isStream,
      })
      if (isIterable(reply)) return addedUp(reply)
      const { choices, usage } = fields(plain(reply))
      return fromChat(items(choices)[0], usage)
    },
  },
  {
    client: 'groq-sdk',
    format: 'openai.chat',
    host: /groq\.com/,
    async parse({ fetch }, { request, isStream }) {
      const groq = new Groq({ apiKey, ...once, fetch })
      const reply: unknown = await groq.post('/openai/v1/chat/completions', {
        body: { ...request, stream: isStream },
        stream: isStream,
      })
      if (isIterable(reply)) return addedUp(reply)
      const { choices, usage } = fields(plain(reply))
      return fromChat(items(choices)[0], usage)
    },
  },
  {
    client: '@mistralai/mistralai',
    format: 'openai.chat',
    host: /api\.mistral\.ai/,
    async parse({ fetch }, { isStream }) {
      const httpClient = new HTTPClient({ fetcher: (...asked) => fetch(...asked) })
      const mistral = new Mistral({ apiKey, httpClient })
      const asked = { model: 'm', messages: [{ role: 'user' as const, content: 'Hi' }] }
      const replies: Json[] = []
      if (isStream) {
        for await (const { data } of await mistral.chat.stream(asked)) replies.push(plain(data))
      } else replies.push(plain(await mistral.chat.complete(asked)))
      const choices = replies.map((reply) => fields(items(fields(reply).choices)[0]))
      const said = choices.map(({ message, delta }) => fields(message ?? delta).content)
      const counts = replies.map((reply) => fields(reply).usage).findLast(Boolean)
      const { promptTokens, completionTokens, totalTokens } = fields(counts)
      return {
        text: said.map((content) => string(content) ?? textsIn(content, 'text')).join(''),
        tools: [],
        finish: choices.map(({ finishReason }) => string(finishReason)).findLast(Boolean),
        usage: plain({
          prompt_tokens: promptTokens,
          completion_tokens: completionTokens,
          total_tokens: totalTokens,
        }),
      }
    },
  },
  {
    client: 'openai',
    format: 'openai.responses',
    host: /api\.openai\.com/,
    async parse({ fetch }, { request, isStream }) {
      const openai = new OpenAI({ apiKey, ...once, fetch })
      const reply: unknown = await openai.post('/responses', {
        body: { ...request, stream: isStream },
        stream: isStream,
      })
      let response = plain(reply)
      if (isIterable(reply))
        for await (const event of reply) response = fields(plain(event)).response ?? response
      const { output, status, incomplete_details, usage } = fields(response)
      const list = items(output).map(fields)
      return {
        text: list.map(({ content }) => textsIn(content, 'output_text')).join(''),
        tools: list
          .filter(({ type }) => type === 'function_call' || type === 'custom_tool_call')
          .map((call) => tool(call.name, call.arguments ?? call.input)),
        finish: string(fields(incomplete_details).reason) ?? ended(status),
        usage,
      }
    },
  },
  {
    client: '@anthropic-ai/sdk',
    format: 'anthropic.messages',
    host: /api\.anthropic\.com/,
    async parse({ fetch }, { request, isStream }) {
      const anthropic = new Anthropic({ apiKey, ...once, fetch })
      const body = { model: 'm', max_tokens: 9, messages: [], ...request }
      const reply = isStream
        ? await anthropic.messages.stream(body).finalMessage()
        : await anthropic.messages.create(body)
      const { content, stop_reason, usage } = fields(plain(reply))
      return {
        text: textsIn(content, 'text'),
        tools: items(content)
          .map(fields)
          .filter(({ type }) => type === 'tool_use')
          .map(({ name, input }) => tool(name, input)),
        finish: string(stop_reason),
        usage,
      }
    },
  },
  {
    client: '@google/genai',
    format: 'google.generate_content',
    host: /generativelanguage\.googleapis\.com/,
    except: /whose arguments are streamed, streamed/, // given as they come, in pieces
    async parse(tracer, { request, isStream }) {
      const { models } = tracer.wrap(new GoogleGenAI({ apiKey }))
      const asked = { model: 'gemini-3-flash', contents: JSON.stringify(request) }
      const replies: Json[] = []
      if (isStream) {
        for await (const reply of await models.generateContentStream(asked))
          replies.push(plain(reply))
      } else replies.push(plain(await models.generateContent(asked)))
      const candidates = replies.map((reply) => fields(items(fields(reply).candidates)[0]))
      const parts = candidates.flatMap(({ content }) => items(fields(content).parts)).map(fields)
      return {
        text: parts
          .filter(({ thought }) => !thought)
          .map(({ text }) => string(text) ?? '')
          .join(''),
        tools: parts.flatMap(({ functionCall }) =>
          functionCall ? [tool(fields(functionCall).name, fields(functionCall).args)] : [],
        ),
        finish:
          candidates.map(({ finishReason }) => string(finishReason)).findLast(Boolean) ??
          string(fields(fields(replies[0]).promptFeedback).blockReason),
        usage: replies.map((reply) => fields(reply).usageMetadata).findLast(Boolean),
      }
    },
  },
  {
    client: 'cohere-ai',
    format: 'cohere.chat',
    host: /api\.cohere\.com/,
    async parse({ fetch }, { isStream }) {
      const cohere = new CohereClientV2({ token: apiKey, fetch, ...once })
      const asked = { model: 'command-a', messages: [] }
      if (!isStream) {
        const { message, finishReason, usage } = fields(plain(await cohere.chat(asked)))
        const { content, toolCalls } = fields(message)
        return {
          text: textsIn(content, 'text'),
          tools: items(toolCalls).map((call) => {
            const { name, arguments: given } = fields(fields(call).function)
            return tool(name, given)
          }),
          finish: string(finishReason),
          usage: counted(usage),
        }
      }
      let text = ''
      let end: JsonObject = {}
      const calls: { name: Json | undefined; given: string }[] = []
      for await (const event of await cohere.chatStream(asked)) {
        const { type, delta } = fields(plain(event))
        const { content, toolCalls } = fields(fields(delta).message)
        text += string(fields(content).text) ?? ''
        const { name, arguments: given } = fields(fields(toolCalls).function)
        if (type === 'tool-call-start') calls.push({ name, given: string(given) ?? '' })
        const last = calls.at(-1)
        if (type === 'tool-call-delta' && last) last.given += string(given) ?? ''
        if (type === 'message-end') end = fields(delta)
      }
      return {
        text,
        tools: calls.map(({ name, given }) => tool(name, given)),
        finish: string(end.finishReason),
        usage: counted(end.usage),
      }
    },
  },
  {
    client: 'ollama',
    format: 'ollama.chat',
    host: /:11434/,
    async parse({ fetch }, { isStream }) {
      const ollama = new Ollama({ fetch })
      const asked = { model: 'm', messages: [] }
      const replies: Json[] = []
      if (isStream) {
        for await (const reply of await ollama.chat({ ...asked, stream: true }))
          replies.push(plain(reply))
      } else replies.push(plain(await ollama.chat(asked)))
      const messages = replies.map((reply) => fields(fields(reply).message))
      const { done_reason, prompt_eval_count, eval_count } = fields(replies.at(-1))
      return {
        text: messages.map(({ content }) => string(content) ?? '').join(''),
        tools: messages
          .flatMap(({ tool_calls }) => items(tool_calls))
          .map((call) => {
            const { name, arguments: given } = fields(fields(call).function)
            return tool(name, given)
          }),
        finish: string(done_reason),
        usage: plain({ prompt_eval_count, eval_count }),
      }
    },
  },
  {
    client: 'replicate',
    format: 'replicate.predictions',
    host: /api\.replicate\.com/,
    async parse({ fetch }, { request, url }) {
      const replicate = new Replicate({ auth: apiKey, fetch })
      const [, model] = /models\/([^/]+\/[^/]+)\//.exec(url) ?? []
      const input = plain(fields(request).input)
      const target = model ? { model } : { version: String(request.version) }
      const given = await replicate.predictions.create({ ...target, input: fields(input) })
      const { output, status, metrics } = fields(plain(given))
      const pieces = typeof output === 'string' ? [output] : items(output)
      const texts = pieces.filter((piece) => typeof piece === 'string')
      const isText =
        texts.length === pieces.length && !texts.some((text) => text.startsWith('https:'))
      const isOver = /succeeded|failed|canceled/.test(String(status))
      return {
        text: isText ? texts.join('') : '',
        tools: [],
        finish: isOver ? string(status) : undefined,
        usage: fields(metrics).input_token_count === undefined ? undefined : metrics,
      }
    },
  },
]

function ended(status: Json | undefined): string | undefined {
  return status === 'queued' || status === 'in_progress' ? undefined : string(status)
}

/** The client writes names its own way: what is billed is compared. */
function counted(usage: Json | undefined): Json {
  const { inputTokens, outputTokens } = fields(fields(usage).billedUnits)
  return plain({ billed_units: { input_tokens: inputTokens, output_tokens: outputTokens } })
}

function baseOf(url: string, path: string): string {
  return url.slice(0, url.indexOf(path))
}

function isIterable(value: unknown): value is AsyncIterable<unknown> {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value
}
