/**
 * The universal endpoint of Cloudflare's AI Gateway: requests of several providers in one, tried one
 * after the other. The call is read as the one that was answered.
 *
 * @see https://developers.cloudflare.com/ai-gateway/usage/universal/
 * @module
 */

import { sse } from '../framing/sse.ts'
import { fields, isObject, items, string, type Json } from '../json.ts'
import type { ModelCall } from '../model-call.ts'
import { anthropicMessages } from './anthropic-messages.ts'
import type { Header, WireFormat } from './format.ts'
import { GATEWAY_HOST, nameUpstream } from './gateway.ts'
import { googleGenerateContent } from './google-generate-content.ts'
import { openaiChat } from './openai-chat.ts'
import { openaiEmbeddings } from './openai-embeddings.ts'
import { openaiResponses } from './openai-responses.ts'
import { workersaiRun } from './workersai-run.ts'

const READERS = [
  openaiChat,
  openaiResponses,
  openaiEmbeddings,
  anthropicMessages,
  googleGenerateContent,
  workersaiRun,
]

interface Steps {
  requests: readonly Json[]
  header: Header
  reader?: WireFormat | undefined
}

const steps = new WeakMap<ModelCall, Steps>()

export const cloudflareUniversal: WireFormat = {
  name: 'cloudflare.universal',
  operation: 'chat',
  stream: sse,
  bulk: { over: 65_536, wholeOnly: true },
  matches: ({ hostname, pathname }) =>
    hostname === GATEWAY_HOST && /^\/v1\/[^/]+\/[^/]+\/?$/.test(pathname),
  accepts(body) {
    const requests = requestsIn(body)
    return requests.length > 0 && requests.every((one) => isObject(fields(one).query))
  },

  request(call, body, header) {
    steps.set(call, { requests: requestsIn(body), header })
    take(call, 0)
  },

  head(call) {
    if (call.via?.step) take(call, call.via.step)
  },

  reply: (call, payload) => steps.get(call)?.reader?.reply(call, payload),
}

function requestsIn(body: Json): readonly Json[] {
  return isObject(body) ? [body] : items(body)
}

/** Reads this one of the requests, in place of any other. */
function take(call: ModelCall, step: number): void {
  const all = steps.get(call)
  const { provider, endpoint, query = null } = fields(all?.requests[step])
  const address = `https://${GATEWAY_HOST}/${string(provider)}/${string(endpoint)}`
  if (!all || typeof provider !== 'string' || !URL.canParse(address)) return
  const url = new URL(address)
  const reader = READERS.find((format) => format.matches(url) && format.accepts(query))
  all.reader = reader
  call.request = { stream: false, params: {} }
  nameUpstream(call, provider)
  if (!reader) return
  call.format = reader.name
  call.operation = reader.operation
  // Some read the address, which is that of the step.
  const asked = { ...call, http: { ...call.http, url: url.href } }
  reader.request(asked, query, all.header)
  call.operation = asked.operation
}
