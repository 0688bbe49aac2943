/**
 * Providers by OpenTelemetry's names (`gen_ai.provider.name`), from what others call them.
 *
 * @see https://opentelemetry.io/docs/specs/semconv/registry/attributes/gen-ai/
 * @module
 */

const NAMES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    // OpenLLMetry, and OpenTelemetry's before they were dotted
    'az.ai.inference': 'azure.ai.inference',
    'az.ai.openai': 'azure.ai.openai',
    gemini: 'gcp.gemini',
    vertex_ai: 'gcp.vertex_ai',
    vertexai: 'gcp.vertex_ai',
    mistral: 'mistral_ai',
    xai: 'x_ai',
    bedrock: 'aws.bedrock',
    watsonx: 'ibm.watsonx.ai',
    // OpenInference
    aws: 'aws.bedrock',
    azure: 'azure.ai.openai',
    google: 'gcp.gen_ai',
    mistralai: 'mistral_ai',
    moonshot: 'moonshot_ai',
    // The AI SDK, which puts the API behind a dot
    'amazon-bedrock': 'aws.bedrock',
    'azure-openai': 'azure.ai.openai',
    'google.generative-ai': 'gcp.gemini',
    'google.vertex': 'gcp.vertex_ai',
    'google-vertex': 'gcp.vertex_ai',
    togetherai: 'together',
    gateway: 'vercel_ai_gateway',
  }),
)

const KNOWN = new Set(NAMES.values())

export function providerNamed(said: string): string {
  const word = said.toLowerCase()
  if (KNOWN.has(word)) return word
  const [first = word, second] = word.split('.')
  const named = NAMES.get(word) ?? NAMES.get(`${first}.${second}`) ?? NAMES.get(first)
  if (named !== undefined) return named
  return API.test(word) ? first : word
}

/** What the AI SDK's names for its models end with. */
const API =
  /^[\w-]+\.(?:chat|responses|completion|messages|embeddings?|image|speech|transcription|text-embedding|reranking)$/
