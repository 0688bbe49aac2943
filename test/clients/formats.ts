/**
 * The wire formats that the SDK records. A format that lands is added here, and every use that
 * needs it has to be recorded from then on; until then it must leave no record.
 */
export const KNOWN_FORMATS: ReadonlySet<string> = new Set([
  'anthropic.count_tokens',
  'anthropic.messages',
  'bedrock.converse',
  'bedrock.count_tokens',
  'bedrock.invoke',
  'cohere.chat',
  'cohere.embed',
  'cohere.rerank',
  'google.count_tokens',
  'google.embed',
  'google.generate_content',
  'google.interactions',
  'google.predict',
  'mistral.conversations',
  'mistral.fim',
  'ollama.chat',
  'ollama.embed',
  'ollama.generate',
  'openai.chat',
  'openai.completions',
  'openai.embeddings',
  'openai.images',
  'openai.moderations',
  'openai.responses',
  'openai.speech',
  'openai.transcription',
])
