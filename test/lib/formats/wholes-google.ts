/**
 * Replies of Google that come whole only, and what counts tokens.
 *
 * @module
 */

import type { Whole } from './wholes.ts'

const gemini = 'https://generativelanguage.googleapis.com/v1beta'
const vertex = 'https://aiplatform.eu.rep.googleapis.com/v1/projects/p/locations/eu'
const values = (dimensions: number) =>
  Array.from({ length: dimensions }, (_, index) => Math.sin(index) / 40)
const content = { parts: [{ text: 'Hello' }] }
const prompt = { contents: [{ role: 'user', ...content }] }
const counted = (tokens: object) => ({ type: 'token_count', ...tokens })

export const googleWholes: readonly Whole[] = [
  {
    name: 'one vector',
    url: `${gemini}/models/gemini-embedding-001:embedContent`,
    request: { model: 'models/gemini-embedding-001', content, output_dimensionality: 768 },
    whole: { embedding: { values: values(768) } },
    record: {
      name: 'embeddings gemini-embedding-001',
      kind: 'embedding',
      call: {
        provider: 'gcp.gemini',
        operation: 'embeddings',
        format: 'google.embed',
        request: { model: 'gemini-embedding-001', inputCount: 1, params: { dimensions: 768 } },
        response: { choices: [], outputCount: 1, dimensions: 768 },
        usage: { source: 'absent', input: null },
      },
    },
  },
  {
    name: 'vectors of three texts, with a count',
    url: `${gemini}/models/gemini-embedding-001:batchEmbedContents`,
    request: { requests: [1, 2, 3].map(() => ({ content, outputDimensionality: 256 })) },
    whole: {
      embeddings: [1, 2, 3].map(() => ({ values: values(256) })),
      usageMetadata: { promptTokenCount: 12, totalTokenCount: 12 },
    },
    record: {
      call: {
        request: { inputCount: 3, params: { dimensions: 256 } },
        response: { outputCount: 3, dimensions: 256 },
        usage: { source: 'provider', final: true, input: 12, output: null, total: 12 },
      },
    },
  },
  {
    name: 'a count of tokens by Google',
    url: `${vertex}/publishers/google/models/gemini-3-pro:countTokens`,
    request: { generateContentRequest: { ...prompt, model: 'models/gemini-3-pro' } },
    whole: {
      totalTokens: 11,
      cachedContentTokenCount: 4,
      promptTokensDetails: [{ modality: 'TEXT', tokenCount: 11 }],
    },
    record: {
      name: 'count_tokens gemini-3-pro',
      output: { role: 'assistant', content: null, blocks: [counted({ tokens: 11, cached: 4 })] },
      call: {
        provider: 'gcp.vertex_ai',
        operation: 'count_tokens',
        request: { model: 'gemini-3-pro' },
        usage: { source: 'absent', input: null, output: null, total: null },
      },
    },
  },
  {
    name: 'a count of no tokens',
    url: `${gemini}/models/gemini-3-flash:countTokens`,
    request: prompt,
    whole: { totalTokens: 0 },
    record: { output: { blocks: [counted({ tokens: 0 })] }, call: { usage: { input: null } } },
  },
  {
    name: 'a count of tokens by Anthropic',
    url: 'https://api.anthropic.com/v1/messages/count_tokens?beta=true',
    request: { model: 'claude-sonnet-4-6', messages: [{ role: 'user', content: 'Hello' }] },
    whole: { input_tokens: 2095 },
    record: {
      name: 'count_tokens claude-sonnet-4-6',
      output: { blocks: [counted({ tokens: 2095 })] },
      call: {
        provider: 'anthropic',
        format: 'anthropic.count_tokens',
        operation: 'count_tokens',
        usage: { source: 'absent', input: null },
      },
    },
  },
  {
    name: 'a prompt that Google refuses',
    url: `${gemini}/models/gemini-3-flash:generateContent`,
    request: prompt,
    whole: {
      promptFeedback: { blockReason: 'OTHER', safetyRatings: [] },
      usageMetadata: { promptTokenCount: 8, totalTokenCount: 8 },
      modelVersion: 'gemini-3-flash',
    },
    record: {
      output: { role: 'assistant', content: null },
      call: {
        response: {
          choices: [{ index: 0, finishReason: 'content_filter', finishReasonRaw: 'OTHER' }],
        },
        usage: { source: 'provider', final: true, input: 8, output: null, total: 8 },
      },
    },
  },
  {
    name: 'a prompt in an object, asked in snake case of a tuned model',
    url: `${vertex}/endpoints%2F4711%3AgenerateContent`,
    request: {
      contents: { role: 'user', parts: { text: 'Hello' } },
      system_instruction: content,
      generation_config: {
        max_output_tokens: 9,
        temperature: 0,
        top_p: 0.5,
        top_k: 40,
        stop_sequences: ['END'],
        candidate_count: 1,
        response_mime_type: 'application/json',
        thinking_config: { thinking_level: 'low', thinking_budget: 128 },
      },
    },
    whole: { candidates: [{ content: { parts: [{ text: '{}' }] }, finishReason: 'STOP' }] },
    record: {
      output: { role: 'assistant', content: '{}' },
      call: {
        provider: 'gcp.vertex_ai',
        operation: 'generate_content',
        request: {
          model: '4711',
          stream: false,
          params: {
            maxTokens: 9,
            temperature: 0,
            topP: 0.5,
            topK: 40,
            stop: ['END'],
            choiceCount: 1,
            outputType: 'json',
            reasoningLevel: 'low',
            reasoningBudget: 128,
          },
        },
        usage: { source: 'absent', input: null },
      },
    },
  },
  {
    name: 'an interaction of an agent, in the background, not yet begun',
    url: `${gemini}/interactions`,
    request: {
      agent: 'deep-research-pro',
      input: [{ type: 'text', text: 'Hello' }],
      background: true,
      generation_config: { max_output_tokens: 9, thinking_level: 'high' },
    },
    whole: { id: 'v1_a', object: 'interaction', agent: 'deep-research-pro', status: 'queued' },
    record: {
      name: 'generate_content deep-research-pro',
      call: {
        format: 'google.interactions',
        request: { params: { maxTokens: 9, reasoningLevel: 'high' } },
        response: { id: 'v1_a', choices: [] },
        usage: { source: 'absent', input: null },
      },
    },
  },
  {
    name: 'an interaction that reached its limit',
    url: `${gemini}/interactions`,
    request: { model: 'gemini-3-flash', input: 'Hello' },
    whole: {
      id: 'v1_b',
      model: 'gemini-3-flash',
      status: 'incomplete',
      steps: [{ type: 'model_output', content: [{ type: 'text', text: 'Go' }] }],
    },
    record: {
      output: { role: 'assistant', content: 'Go' },
      call: { response: { choices: [{ finishReason: 'length', finishReasonRaw: 'incomplete' }] } },
    },
  },
  {
    name: 'an answer with the sources that it rests on',
    url: `${gemini}/models/gemini-3-flash:generateContent`,
    request: { ...prompt, tools: [{ googleSearch: {} }] },
    whole: {
      candidates: [
        {
          content: { role: 'model', parts: [{ text: 'It rains.' }] },
          finishReason: 'STOP',
          groundingMetadata: {
            webSearchQueries: ['weather'],
            groundingChunks: [{ web: { uri: 'https://x.test', title: 'X' } }],
          },
          citationMetadata: { citationSources: [] },
        },
      ],
      usageMetadata: {
        promptTokenCount: 5,
        toolUsePromptTokenCount: 30,
        candidatesTokenCount: 3,
        totalTokenCount: 38,
      },
      modelVersion: 'gemini-3-flash-001',
    },
    record: {
      output: { role: 'assistant', content: 'It rains.' },
      call: {
        response: { model: 'gemini-3-flash-001', choices: [{ finishReason: 'stop' }] },
        usage: { source: 'provider', final: true, input: 35, output: 3, total: 38 },
      },
    },
  },
  {
    name: 'vectors of two texts by predict',
    url: `${vertex}/publishers/google/models/text-embedding-005:predict`,
    request: {
      instances: [{ content: 'a' }, { content: 'b' }],
      parameters: { outputDimensionality: 768 },
    },
    whole: {
      predictions: [5, 6].map((token_count) => ({
        embeddings: { statistics: { token_count, truncated: false }, values: values(768) },
      })),
      metadata: { billableCharacterCount: 2 },
    },
    record: {
      name: 'embeddings text-embedding-005',
      kind: 'embedding',
      call: {
        provider: 'gcp.vertex_ai',
        format: 'google.predict',
        request: { inputCount: 2, params: { dimensions: 768 } },
        response: { choices: [], outputCount: 2, dimensions: 768 },
        usage: { source: 'provider', final: true, input: 11, output: null },
      },
    },
  },
  {
    name: 'vectors of a text and a picture by predict',
    url: `${vertex}/publishers/google/models/multimodalembedding@001:predict`,
    request: { instances: [{ text: 'a', image: { gcsUri: 'gs://b/a.png' } }] },
    whole: { predictions: [{ textEmbedding: values(1408), imageEmbedding: values(1408) }] },
    record: {
      call: {
        request: { model: 'multimodalembedding@001', inputCount: 1 },
        response: { outputCount: 2, dimensions: 1408 },
        usage: { source: 'absent', input: null },
      },
    },
  },
  {
    name: 'pictures by imagen, of which one is filtered',
    url: `${vertex}/publishers/google/models/imagen-4.0-generate-001:predict`,
    request: { instances: [{ prompt: 'An otter' }], parameters: { sampleCount: 2, seed: 3 } },
    whole: {
      predictions: [
        { mimeType: 'image/png', bytesBase64Encoded: 'A'.repeat(40_000) },
        { raiFilteredReason: 'The prompt was refused.' },
      ],
    },
    record: {
      name: 'image_generation imagen-4.0-generate-001',
      output: {
        blocks: [
          { type: 'image', format: 'image/png', bytes: 30_000 },
          { type: 'image', filtered: 'The prompt was refused.' },
        ],
      },
      call: {
        request: { params: { choiceCount: 2, seed: 3 } },
        response: { outputCount: 2 },
        usage: { source: 'absent', input: null },
      },
    },
  },
  {
    name: 'an operation that goes on',
    url: `${vertex}/publishers/google/models/veo-3.0-generate-001:predictLongRunning`,
    request: { instances: [{ prompt: 'An otter' }] },
    whole: { name: 'projects/p/locations/eu/operations/1' },
    record: {
      name: 'video_generation veo-3.0-generate-001',
      call: { response: { id: 'projects/p/locations/eu/operations/1', choices: [] } },
    },
  },
  {
    name: 'texts by an endpoint of one’s own',
    url: `${vertex}/endpoints/123:predict`,
    request: { instances: [{ prompt: 'Hi' }], parameters: { maxOutputTokens: 9, topP: 0.5 } },
    whole: { predictions: ['Hello, "you"'], deployedModelId: '456' },
    record: {
      name: 'text_completion 123',
      output: { content: 'Hello, "you"' },
      call: {
        request: { model: '123', params: { maxTokens: 9, topP: 0.5 } },
        response: { model: '456' },
      },
    },
  },
]
