/**
 * Amazon's own client, sending with `fetch`: its reading of the binary stream is held against ours.
 *
 * @module
 */

import {
  BedrockRuntimeClient,
  ConverseCommand,
  ConverseStreamCommand,
  InvokeModelCommand,
  InvokeModelWithResponseStreamCommand,
} from '@aws-sdk/client-bedrock-runtime'
import { FetchHttpHandler } from '@smithy/fetch-http-handler'
import type { Tracer } from 'carrot-trace'
import { fields, items, string, type Json, type JsonObject } from '../../../src/lib/json.ts'
import { plain, tool, type Given } from './given.ts'
import type { Parser } from './parsers.ts'

const host = /bedrock-runtime\.[\w-]+\.amazonaws\.com/

export const BEDROCK: readonly Parser[] = [
  {
    client: '@aws-sdk/client-bedrock-runtime',
    format: 'bedrock.converse',
    host,
    except: /message that is damaged/, // it fails, and reads nothing behind it
    parse: (tracer, { url, isStream }) =>
      sentWith(tracer, async (amazon) => {
        const asked = { modelId: modelOf(url), messages: [] }
        if (!isStream) {
          const { output, stopReason, usage } = fields(
            plain(await amazon.send(new ConverseCommand(asked))),
          )
          const { content } = fields(fields(output).message)
          return given(items(content), stopReason, usage)
        }
        const { stream } = await amazon.send(new ConverseStreamCommand(asked))
        const blocks: Record<string, Json>[] = []
        let stop: Json | undefined
        let usage: Json | undefined
        for await (const event of stream ?? []) {
          const { contentBlockStart, contentBlockDelta, messageStop, metadata } = fields(
            plain(event),
          )
          const { contentBlockIndex, start, delta } = fields(contentBlockStart ?? contentBlockDelta)
          if (start ?? delta) add(blocks, Number(contentBlockIndex), fields(start ?? delta))
          stop = fields(messageStop).stopReason ?? stop
          usage = fields(metadata).usage ?? usage
        }
        return given(blocks, stop, usage)
      }),
  },
  {
    client: '@aws-sdk/client-bedrock-runtime',
    format: 'bedrock.invoke',
    host: /bedrock-runtime\.[\w-]+\.amazonaws\.com\/model\/.*llama/,
    parse: (tracer, { url, request, isStream }) =>
      sentWith(tracer, async (amazon) => {
        const asked = { modelId: modelOf(url), body: JSON.stringify(request) }
        if (!isStream) {
          const { body } = await amazon.send(new InvokeModelCommand(asked))
          const reply: JsonObject = JSON.parse(new TextDecoder().decode(body))
          return llama([reply])
        }
        const { body } = await amazon.send(new InvokeModelWithResponseStreamCommand(asked))
        const replies: JsonObject[] = []
        for await (const { chunk } of body ?? [])
          replies.push(JSON.parse(new TextDecoder().decode(chunk?.bytes)))
        return llama(replies)
      }),
  },
]

/** Its handler takes the global `fetch`. */
async function sentWith<Result>(
  tracer: Tracer,
  work: (amazon: BedrockRuntimeClient) => Promise<Result>,
): Promise<Result> {
  const { fetch } = globalThis
  globalThis.fetch = tracer.fetch
  try {
    return await work(
      new BedrockRuntimeClient({
        region: 'us-east-1',
        credentials: { accessKeyId: 'AKIATEST', secretAccessKey: 'test' },
        requestHandler: new FetchHttpHandler({}),
        maxAttempts: 1,
      }),
    )
  } finally {
    globalThis.fetch = fetch
  }
}

function modelOf(url: string): string {
  return decodeURIComponent(/\/model\/([^/]+)\//.exec(url)?.[1] ?? '')
}

function add(blocks: Record<string, Json>[], at: number, piece: JsonObject): void {
  const block = (blocks[at] ??= {})
  const { text, toolUse } = piece
  if (typeof text === 'string') block.text = `${string(block.text) ?? ''}${text}`
  if (!toolUse) return
  const { input, ...named } = fields(toolUse)
  const before = fields(block.toolUse)
  block.toolUse = {
    ...before,
    ...named,
    input: `${string(before.input) ?? ''}${string(input) ?? ''}`,
  }
}

function given(blocks: readonly Json[], stop: Json | undefined, usage: Json | undefined): Given {
  const all = blocks.map(fields)
  const cited = all.flatMap(({ citationsContent }) => items(fields(citationsContent).content))
  return {
    text: [...all, ...cited.map(fields)].map(({ text }) => string(text) ?? '').join(''),
    tools: all
      .map(({ toolUse }) => fields(toolUse))
      .filter(({ name, type }) => name !== undefined && type === undefined)
      .map(({ name, input }) => tool(name, input)),
    finish: string(stop),
    usage,
  }
}

function llama(replies: readonly JsonObject[]): Given {
  return {
    text: replies.map(({ generation }) => string(generation) ?? '').join(''),
    tools: [],
    finish: string(replies.map((reply) => reply.stop_reason).findLast(Boolean)),
    usage: plain({
      generation_token_count: replies.map((reply) => reply.generation_token_count).at(-1),
    }),
  }
}
