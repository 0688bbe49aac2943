/**
 * Amazon Bedrock's InvokeModel, `POST /model/{model}/invoke` and `/invoke-with-response-stream`: each
 * model's own requests and replies. Read are those of Anthropic, OpenAI's form (Mistral, DeepSeek and
 * others), Amazon's Nova and Titan, Meta's Llama, and texts under the names that Cohere and older models
 * have for them; of any other the counts that Bedrock adds.
 *
 * @see https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_InvokeModel.html
 * @see https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters.html
 * @module
 */

import { awsEventStream } from '../framing/aws-event-stream.ts'
import { fields, items, number, string, type Json, type JsonObject } from '../json.ts'
import type { ModelCall } from '../model-call.ts'
import { anthropicMessages } from './anthropic-messages.ts'
import { bedrockConverse } from './bedrock-converse.ts'
import { count, isOperation, readAddress } from './bedrock.ts'
import type { WireFormat } from './format.ts'
import { openaiChat } from './openai-chat.ts'
import { params } from './params.ts'
import { addText, choiceAt, finish } from './reply.ts'
import { countVectors } from './vectors.ts'

const COUNTS = ['input', 'output', 'cache-read-input', 'cache-write-input']
const ASKING = ['messages', 'prompt', 'inputText', 'texts', 'inputs', 'input', 'taskType', 'query']

export const bedrockInvoke: WireFormat = {
  name: 'bedrock.invoke',
  operation: 'chat',
  stream: awsEventStream,
  bulk: { over: 65_536 },
  matches: ({ pathname }) => isOperation(pathname, 'invoke(?:-with-response-stream)?'),
  accepts: (body) => ASKING.some((name) => fields(body)[name] !== undefined),

  request(call, body, header) {
    if (anthropicMessages.accepts(body)) anthropicMessages.request(call, body, header)
    else readParams(call, fields(body))
    readAddress(call)
    if (/embed/i.test(call.request.model ?? '')) call.operation = 'embeddings'
  },

  /** What a body says of its own counts more. */
  head(call, headers) {
    const counts = COUNTS.map((name) => headers.get(`x-amzn-bedrock-${name}-token-count`))
    count(
      call,
      counts.map((told) => (told ? Number(told) : undefined)),
    )
  },

  reply(call, payload) {
    const { 'amazon-bedrock-invocationMetrics': metrics, ...said } = fields(payload)
    readReply(call, payload, said)
    if (metrics === undefined) return undefined
    const { inputTokenCount, outputTokenCount, ...cached } = fields(metrics)
    const { cacheReadInputTokenCount, cacheWriteInputTokenCount } = cached
    const counts = [
      inputTokenCount,
      outputTokenCount,
      cacheReadInputTokenCount,
      cacheWriteInputTokenCount,
    ]
    if (!call.usage.final) count(call, counts, metrics)
    return 'done'
  },
}

function readParams(call: ModelCall, body: JsonObject): void {
  const given = { ...body, ...fields(body.inferenceConfig), ...fields(body.textGenerationConfig) }
  call.request.params = params({
    maxTokens: given.max_tokens ?? given.maxTokens ?? given.maxTokenCount ?? given.max_gen_len,
    temperature: given.temperature,
    topP: given.top_p ?? given.topP,
    topK: given.top_k ?? given.topK,
    stop: given.stop ?? given.stopSequences,
    dimensions: given.dimensions,
  })
}

function readReply(call: ModelCall, payload: Json, said: JsonObject): void {
  if (typeof said.type === 'string') anthropicMessages.reply(call, payload)
  else if (said.choices) openaiChat.reply(call, payload)
  else if (Object.keys(said).some((name) => NOVA.test(name))) bedrockConverse.reply(call, payload)
  else readText(call, said)
}

/** A whole reply's only member, or an event's. */
const NOVA = /^(?:output|message(?:Start|Stop)|contentBlock\w+|metadata)$/

/** The text bare, or in a list of one, or the next piece of it; and the counts so far. */
function readText(call: ModelCall, said: JsonObject): void {
  const { results, outputs, embedding, embeddings } = said
  const reply: JsonObject = { ...said, ...fields(items(results ?? outputs)[0]) }
  if (embedding) countVectors(call, [embedding])
  if (Array.isArray(embeddings)) countVectors(call, embeddings)
  const text = string(reply.generation ?? reply.outputText ?? reply.text ?? reply.completion)
  if (text !== undefined) addText(call, choiceAt(call, 0), 'text', 'text', text)
  const stop = string(reply.stop_reason ?? reply.completionReason ?? reply.finish_reason)
  if (stop) finish(choiceAt(call, 0), stop)
  const input = number(reply.prompt_token_count ?? reply.inputTextTokenCount)
  const output = number(
    reply.generation_token_count ?? reply.tokenCount ?? reply.totalOutputTextTokenCount,
  )
  if (input === undefined && output === undefined) return
  const { usage } = call
  const raw = Object.fromEntries(Object.entries(said).filter(([name]) => /count/i.test(name)))
  count(call, [input ?? usage.input ?? undefined, output], raw)
  call.usage.final = stop !== undefined || embedding !== undefined
}
