/**
 * What Amazon Bedrock answers whole only, and other providers' models in its cloud and in others.
 *
 * @module
 */

import type { Whole } from './wholes.ts'

const AMAZON = 'https://bedrock-runtime.eu-central-1.amazonaws.com/model'
const VERTEX =
  'https://us-east5-aiplatform.googleapis.com/v1/projects/p/locations/us-east5/publishers/anthropic/models'

const vector = Array.from({ length: 1024 }, (_, index) => Math.sin(index) / 40)
const messages = [{ role: 'user', content: 'Hi' }]
const reply = {
  id: 'msg_1',
  type: 'message',
  role: 'assistant',
  model: 'claude-sonnet-4-5-20250929',
  content: [{ type: 'text', text: 'Hello' }],
  stop_reason: 'end_turn',
  usage: { input_tokens: 9, output_tokens: 4 },
}
const counted = { source: 'provider', final: true, input: 9, output: 4, total: 13 }

export const bedrockWholes: readonly Whole[] = [
  {
    name: 'converse with a profile that is named by its ARN',
    url: `${AMAZON}/arn%3Aaws%3Abedrock%3Aeu-central-1%3A123456789012%3Ainference-profile%2Feu.meta.llama3/converse`,
    request: {
      messages: [{ role: 'user', content: [{ text: 'Hi' }] }],
      inferenceConfig: { maxTokens: 9, temperature: 0, topP: 0.5, stopSequences: ['END'] },
      additionalModelRequestFields: { top_k: 7, thinking: { budget_tokens: 500 } },
      serviceTier: { type: 'flex' },
    },
    whole: {
      output: { message: { role: 'assistant', content: [{ text: 'Hello' }] } },
      stopReason: 'end_turn',
      usage: { inputTokens: 9, outputTokens: 4, totalTokens: 13 },
    },
    record: {
      name: 'chat arn:aws:bedrock:eu-central-1:123456789012:inference-profile/eu.meta.llama3',
      output: { role: 'assistant', content: 'Hello' },
      call: {
        provider: 'aws.bedrock',
        format: 'bedrock.converse',
        request: {
          stream: false,
          params: {
            maxTokens: 9,
            temperature: 0,
            topP: 0.5,
            topK: 7,
            stop: ['END'],
            reasoningBudget: 500,
            serviceTier: 'flex',
          },
        },
        usage: counted,
      },
    },
  },
  {
    name: 'converse that used a tool of the server',
    url: `${AMAZON}/us.amazon.nova-premier-v1:0/converse`,
    request: { messages: [{ role: 'user', content: [{ text: 'Hi' }] }] },
    whole: {
      output: {
        message: {
          content: [{ toolResult: { toolUseId: 't1', status: 'success', content: [] } }],
        },
      },
      stopReason: 'malformed_tool_use',
    },
    record: {
      output: {
        blocks: [{ toolResult: { toolUseId: 't1', status: 'success', content: [] } }],
      },
      call: {
        response: { choices: [{ finishReason: 'error', finishReasonRaw: 'malformed_tool_use' }] },
        usage: { source: 'absent', input: null },
      },
    },
  },
  {
    name: 'invoke with titan’s parameters',
    url: `${AMAZON}/amazon.titan-text-lite-v1/invoke`,
    request: {
      inputText: 'Hi',
      textGenerationConfig: { maxTokenCount: 9, temperature: 0, topP: 1, stopSequences: ['END'] },
    },
    whole: { results: [{ outputText: 'Hello', completionReason: 'CONTENT_FILTERED' }] },
    record: {
      output: { content: 'Hello' },
      call: {
        request: { params: { maxTokens: 9, temperature: 0, topP: 1, stop: ['END'] } },
        response: { choices: [{ finishReason: 'content_filter' }] },
        usage: { source: 'absent', output: null },
      },
    },
  },
  {
    name: 'embeddings of titan by bedrock invoke',
    url: `${AMAZON}/amazon.titan-embed-text-v2:0/invoke`,
    request: { inputText: 'Hi', dimensions: 1024 },
    whole: { embedding: vector, inputTextTokenCount: 9 },
    record: {
      name: 'embeddings amazon.titan-embed-text-v2:0',
      kind: 'embedding',
      call: {
        operation: 'embeddings',
        request: { params: { dimensions: 1024 } },
        response: { choices: [], outputCount: 1, dimensions: 1024 },
        usage: { source: 'provider', final: true, input: 9, output: null, total: null },
      },
    },
  },
  {
    name: 'embeddings of cohere by bedrock invoke',
    url: `${AMAZON}/cohere.embed-multilingual-v3/invoke`,
    request: { texts: ['a', 'b'], input_type: 'search_query' },
    whole: { id: 'e', embeddings: [vector, vector], texts: ['a', 'b'] },
    record: {
      kind: 'embedding',
      call: { response: { outputCount: 2, dimensions: 1024 }, usage: { source: 'absent' } },
    },
  },
  {
    name: 'a count of tokens by bedrock',
    url: `${AMAZON}/anthropic.claude-sonnet-4-5-20250929-v1%3A0/count-tokens`,
    request: { input: { converse: { messages: [{ role: 'user', content: [{ text: 'Hi' }] }] } } },
    whole: { inputTokens: 5 },
    record: {
      name: 'count_tokens anthropic.claude-sonnet-4-5-20250929-v1:0',
      output: { blocks: [{ type: 'token_count', tokens: 5 }] },
      call: { provider: 'aws.bedrock', usage: { source: 'absent', input: null } },
    },
  },
  {
    name: 'anthropic on vertex, the model in the address',
    url: `${VERTEX}/claude-sonnet-4-5@20250929:rawPredict`,
    request: { anthropic_version: 'vertex-2023-10-16', max_tokens: 9, messages },
    whole: reply,
    record: {
      name: 'chat claude-sonnet-4-5@20250929',
      output: { content: 'Hello' },
      call: {
        provider: 'gcp.vertex_ai',
        format: 'anthropic.messages',
        request: { model: 'claude-sonnet-4-5@20250929', stream: false, params: { maxTokens: 9 } },
        response: { model: 'claude-sonnet-4-5-20250929' },
        usage: counted,
      },
    },
  },
  {
    name: 'a count of tokens by anthropic on vertex',
    url: `${VERTEX}/count-tokens:rawPredict`,
    request: { anthropic_version: 'vertex-2023-10-16', model: 'claude-sonnet-4-5', messages },
    whole: { input_tokens: 5 },
    record: {
      name: 'count_tokens claude-sonnet-4-5',
      output: { blocks: [{ type: 'token_count', tokens: 5 }] },
      call: { provider: 'gcp.vertex_ai', format: 'anthropic.count_tokens' },
    },
  },
  {
    name: 'anthropic on foundry',
    url: 'https://my-resource.services.ai.azure.com/anthropic/v1/messages',
    request: { model: 'claude-sonnet-4-5', max_tokens: 9, messages },
    whole: reply,
    record: {
      name: 'chat claude-sonnet-4-5',
      output: { content: 'Hello' },
      call: { provider: 'azure.ai.inference', format: 'anthropic.messages', usage: counted },
    },
  },
  {
    name: 'anthropic on amazon’s own hosts',
    url: 'https://aws-external-anthropic.us-east-1.api.aws/v1/messages',
    request: { model: 'claude-sonnet-4-5', max_tokens: 9, messages },
    whole: reply,
    record: { call: { provider: 'anthropic', usage: counted } },
  },
  ...[
    ['https://bedrock-mantle.us-east-1.api.aws/openai/v1/chat/completions', 'aws.bedrock'],
    ['https://bedrock-runtime.us-west-2.amazonaws.com/openai/v1/chat/completions', 'aws.bedrock'],
    ['https://r.services.ai.azure.com/openai/v1/chat/completions', 'azure.ai.openai'],
    ['https://r.services.ai.azure.com/models/chat/completions', 'azure.ai.inference'],
    [
      'https://europe-west4-aiplatform.googleapis.com/v1/projects/p/locations/europe-west4/publishers/mistralai/models/mistral-medium-3:rawPredict',
      'gcp.vertex_ai',
    ],
  ].map(([url = '', provider]): Whole => ({
    name: `chat of OpenAI’s form at ${new URL(url).hostname}, ${provider}`,
    url,
    request: { model: 'gpt-oss-120b', messages },
    whole: {
      choices: [{ message: { content: 'Hello' }, finish_reason: 'stop' }],
      usage: { prompt_tokens: 9, completion_tokens: 4, total_tokens: 13 },
    },
    record: { call: { provider, format: 'openai.chat', usage: counted } },
  })),
]
