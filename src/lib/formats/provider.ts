/**
 * Who answers at a host, in OpenTelemetry's names (`gen_ai.provider.name`) where it has one.
 *
 * @module
 */

const PROVIDERS: readonly (readonly [suffix: string, provider: string])[] = [
  ['api.openai.com', 'openai'],
  ['api.anthropic.com', 'anthropic'],
  ['openai.azure.com', 'azure.ai.openai'],
  ['cognitiveservices.azure.com', 'azure.ai.openai'],
  ['generativelanguage.googleapis.com', 'gcp.gemini'],
  ['aiplatform.googleapis.com', 'gcp.vertex_ai'],
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
]

const REGION = /^[\w-]+-aiplatform\.googleapis\.com$|^aiplatform\.\w+\.rep\.googleapis\.com$/

/** The provider at this host, or, where nobody known is, the one whose format it speaks. */
export function providerOf(hostname: string, format: string): string {
  const family = format.slice(0, format.indexOf('.'))
  return knownProvider(hostname) ?? (family === 'google' ? 'gcp.gen_ai' : family)
}

/** Whether the host is a provider's own, so that its address alone tells what it serves. */
export function isKnownHost(hostname: string): boolean {
  return knownProvider(hostname) !== undefined
}

export function knownProvider(hostname: string): string | undefined {
  // Vertex AI: `us-central1-aiplatform.googleapis.com`, `aiplatform.eu.rep.googleapis.com`.
  const host = `.${hostname.toLowerCase().replace(REGION, 'aiplatform.googleapis.com')}`
  return PROVIDERS.find(([suffix]) => host.endsWith(`.${suffix}`))?.[1]
}
