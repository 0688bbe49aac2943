/** Every client that is tried, in the order of the table. */

import type { Client } from '../use.ts'
import { aiSdkClient } from './ai-sdk/ai-sdk.ts'
import { anthropicClient } from './anthropic/anthropic.ts'
import { cohereClient } from './cohere/cohere.ts'
import { googleClient } from './google/google.ts'
import { groqClient } from './groq/groq.ts'
import { langchainClient } from './langchain/langchain.ts'
import { mistralClient } from './mistral/mistral.ts'
import { ollamaClient } from './ollama/ollama.ts'
import { openaiClient } from './openai/openai.ts'

export const CLIENTS: readonly Client[] = [
  openaiClient,
  anthropicClient,
  googleClient,
  aiSdkClient,
  mistralClient,
  cohereClient,
  groqClient,
  ollamaClient,
  langchainClient,
]
