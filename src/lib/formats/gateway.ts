/**
 * Cloudflare's AI Gateway, between a client and any provider: who answers behind it.
 *
 * @see https://developers.cloudflare.com/ai-gateway/usage/providers/
 * @module
 */

import type { ModelCall } from '../model-call.ts'

export const GATEWAY_HOST = 'gateway.ai.cloudflare.com'

/** Providers by the gateway's names for them, where the record has others. */
const NAMES = new Map([
  ['@cf', 'cloudflare.workers_ai'],
  ['workers-ai', 'cloudflare.workers_ai'],
  ['google-ai-studio', 'gcp.gemini'],
  ['google-vertex-ai', 'gcp.vertex_ai'],
  ['grok', 'x_ai'],
  ['mistral', 'mistral_ai'],
  ['perplexity-ai', 'perplexity'],
  ['azure-openai', 'azure.ai.openai'],
  ['aws-bedrock', 'aws.bedrock'],
])

/** Addresses of the gateway's own, whose requests name the provider with the model. */
const OWN = new Set(['compat', 'run'])

/** Writes that the call goes through the gateway, if it does, and to whom as far as the address tells. */
export function readGateway(call: ModelCall, { hostname, pathname }: URL): void {
  if (hostname !== GATEWAY_HOST) return
  const [, upstream = ''] = /^\/v1\/[^/]+\/[^/]+\/([^/]+)/.exec(pathname) ?? []
  call.via = { gateway: 'cloudflare' }
  if (upstream && !OWN.has(upstream)) nameUpstream(call, upstream)
}

/** Likewise, of what the model is called: `google-ai-studio/gemini-3-pro`. */
export function readUpstream(call: ModelCall): void {
  const [upstream, model] = call.request.model?.split('/') ?? []
  if (call.via && !call.via.upstream && upstream && model) nameUpstream(call, upstream)
}

/** Writes who it is, by the gateway's name. */
export function nameUpstream(call: ModelCall, upstream: string): void {
  call.via = { ...call.via, gateway: 'cloudflare', upstream }
  call.provider = NAMES.get(upstream) ?? upstream
}

/** Writes what the gateway says in the headers of an answer; it may be at a host of one's own. */
export function readGatewayHead(call: ModelCall, headers: Headers): void {
  const cache = headers.get('cf-aig-cache-status')?.toLowerCase()
  const logId = headers.get('cf-aig-log-id')
  const step = headers.get('cf-aig-step')
  if (!cache && !logId && !step) return
  call.via = {
    gateway: 'cloudflare',
    ...call.via,
    ...((cache === 'hit' || cache === 'miss' || cache === 'bypass') && { cache }),
    ...(logId && { logId }),
    ...(step && Number(step) >= 0 && { step: Number(step) }),
  }
}
