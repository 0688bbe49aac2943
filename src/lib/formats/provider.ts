/**
 * Who answers at a host, in OpenTelemetry's names (`gen_ai.provider.name`) where it has one.
 *
 * @module
 */

import { remember } from './remember.ts'

const PROVIDERS: readonly (readonly [suffix: string, provider: string])[] = [
  ['api.openai.com', 'openai'],
  ['api.anthropic.com', 'anthropic'],
  ['openai.azure.com', 'azure.ai.openai'],
  ['cognitiveservices.azure.com', 'azure.ai.openai'],
  ['services.ai.azure.com', 'azure.ai.inference'],
  ['generativelanguage.googleapis.com', 'gcp.gemini'],
  ['api.groq.com', 'groq'],
  ['api.mistral.ai', 'mistral_ai'],
  ['api.deepseek.com', 'deepseek'],
  ['api.x.ai', 'x_ai'],
  ['api.perplexity.ai', 'perplexity'],
  ['openrouter.ai', 'openrouter'],
  ['api.together.xyz', 'together'],
  ['api.together.ai', 'together'],
  ['api.fireworks.ai', 'fireworks'],
  ['api.cohere.com', 'cohere'],
  ['api.cohere.ai', 'cohere'],
  ['ollama.com', 'ollama'],
  ['api.cerebras.ai', 'cerebras'],
  ['api.deepinfra.com', 'deepinfra'],
  ['api.moonshot.ai', 'moonshot_ai'],
  ['api.moonshot.cn', 'moonshot_ai'],
  ['api.novita.ai', 'novita'],
  ['api.sambanova.ai', 'sambanova'],
  ['integrate.api.nvidia.com', 'nvidia'],
  ['api.z.ai', 'z_ai'],
  ['api.minimax.io', 'minimax'],
  ['codestral.mistral.ai', 'mistral_ai'],
  ['router.huggingface.co', 'huggingface'],
  ['api.replicate.com', 'replicate'],
  ['api.cloudflare.com', 'cloudflare.workers_ai'],
  ['gateway.ai.cloudflare.com', 'cloudflare'],
  ['ai-gateway.vercel.sh', 'vercel_ai_gateway'],
]

/** Hosts with a region in the middle of their name. */
const REGIONAL: readonly (readonly [host: RegExp, provider: string])[] = [
  [/(?:^|[.-])aiplatform(?:\.\w+\.rep)?\.googleapis\.com$/, 'gcp.vertex_ai'],
  [/(?:^|\.)bedrock-runtime(?:-fips)?\.[\w-]+(?:\.vpce)?\.amazonaws\.com(?:\.cn)?$/, 'aws.bedrock'],
  [/^bedrock-mantle\.[\w-]+\.api\.aws$/, 'aws.bedrock'],
  [/(?:^|\.)api\.(?:eu|us)\.mistral\.ai$/, 'mistral_ai'],
  [/^dashscope[\w-]*\.aliyuncs\.com$/, 'alibaba_cloud'],
  [/^aws-external-anthropic\.[\w-]+\.api\.aws$/, 'anthropic'],
]

/** The provider at this address, or, where nobody known is, the one whose format it speaks. */
export function providerOf({ hostname, pathname, port }: URL, format: string): string {
  const family = format.slice(0, format.indexOf('.'))
  const known = knownProvider(hostname)
  // Azure's models of OpenAI are at the hosts of its other models as well.
  if (known === 'azure.ai.inference' && pathname.startsWith('/openai/')) return 'azure.ai.openai'
  if (port === OLLAMA_PORT) return known ?? 'ollama' // whatever format it speaks
  return known ?? OWN.get(family) ?? family
}

const OLLAMA_PORT = '11434'

/** Those whose formats do not bear their name. */
const OWN = new Map([
  ['google', 'gcp.gen_ai'],
  ['bedrock', 'aws.bedrock'],
  ['vercel', 'vercel_ai_gateway'],
  ['workersai', 'cloudflare.workers_ai'],
])

/** Whether the host is a provider's own, so that its address alone tells what it serves. */
export function isKnownHost(hostname: string): boolean {
  return knownProvider(hostname) !== undefined
}

export const knownProvider: (hostname: string) => string | undefined = remember(
  (hostname) => {
    const host = hostname.toLowerCase()
    const named = PROVIDERS.find(([suffix]) => `.${host}`.endsWith(`.${suffix}`))
    return (named ?? REGIONAL.find(([pattern]) => pattern.test(host)))?.[1]
  },
  (hostname) => hostname,
)
