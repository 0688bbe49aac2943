/**
 * Amazon Bedrock, whole and in its binary stream: Converse, and InvokeModel with models' own replies.
 *
 * @module
 */

import { chunk, named } from '../../support/amazon.ts'
import { anthropicPairs } from './pairs-anthropic.ts'
import type { Pair } from './pairs.ts'

const HOST = 'https://bedrock-runtime.us-east-1.amazonaws.com'
const CLAUDE = 'us.anthropic.claude-sonnet-4-5-20250929-v1%3A0'

const none = {
  cacheRead: null,
  cacheWrite: null,
  cacheWrite1h: null,
  reasoning: null,
}
const counted = { source: 'provider', final: true, input: 26, output: 7, total: 33, ...none }
const metrics = {
  inputTokenCount: 26,
  outputTokenCount: 7,
  invocationLatency: 551,
  firstByteLatency: 271,
}
const measured = { 'amazon-bedrock-invocationMetrics': metrics }

const block = (contentBlockIndex: number, delta: object) => ({
  contentBlockDelta: { contentBlockIndex, delta },
})
const stop = (contentBlockIndex: number) => ({ contentBlockStop: { contentBlockIndex } })

function converse(rest: Omit<Pair, 'url' | 'streamUrl' | 'amazon' | 'request' | 'done'>): Pair {
  return {
    url: `${HOST}/model/${CLAUDE}/converse`,
    streamUrl: `${HOST}/model/${CLAUDE}/converse-stream`,
    amazon: named,
    request: {
      messages: [{ role: 'user', content: [{ text: 'Hi' }] }],
      inferenceConfig: { maxTokens: 99 },
    },
    done: '',
    ...rest,
  }
}

function invoke(
  model: string,
  rest: Omit<Pair, 'url' | 'streamUrl' | 'amazon' | 'done'> & { name: string },
): Pair {
  return {
    ...rest,
    url: `${HOST}/model/${model}/invoke`,
    streamUrl: `${HOST}/model/${model}/invoke-with-response-stream`,
    amazon: chunk,
    done: '',
  }
}

const SEARCH = { toolUseId: 's1', name: 'nova_grounding', type: 'server_tool_use' }

const [claude] = anthropicPairs
if (!claude) throw new Error('There is no pair of Anthropic to send through Bedrock.')

export const bedrockPairs: readonly Pair[] = [
  converse({
    name: 'bedrock converse, reasoning, text and tools, one without input',
    whole: {
      output: {
        message: {
          role: 'assistant',
          content: [
            { reasoningContent: { reasoningText: { text: 'Let me see.', signature: 'c2ln' } } },
            { text: 'I look 🔎' },
            { toolUse: { toolUseId: 't1', name: 'search', input: { q: 'ä', limit: 3 } } },
            { toolUse: { toolUseId: 't2', name: 'now', input: {} } },
          ],
        },
      },
      stopReason: 'tool_use',
      usage: {
        inputTokens: 10,
        outputTokens: 30,
        totalTokens: 1_240,
        cacheReadInputTokens: 1_000,
        cacheWriteInputTokens: 200,
        cacheDetails: [
          { ttl: '5m', inputTokens: 150 },
          { ttl: '1h', inputTokens: 50 },
        ],
      },
      metrics: { latencyMs: 312 },
    },
    events: [
      { messageStart: { role: 'assistant' } },
      block(0, { reasoningContent: { text: 'Let me ' } }),
      block(0, { reasoningContent: { text: 'see.' } }),
      block(0, { reasoningContent: { signature: 'c2ln' } }),
      stop(0),
      block(1, { text: 'I look ' }),
      block(1, { text: '🔎' }),
      stop(1),
      {
        contentBlockStart: {
          contentBlockIndex: 2,
          start: { toolUse: { toolUseId: 't1', name: 'search' } },
        },
      },
      block(2, { toolUse: { input: '{"q":"ä",' } }),
      block(2, { toolUse: { input: '"limit":3}' } }),
      stop(2),
      {
        contentBlockStart: {
          contentBlockIndex: 3,
          start: { toolUse: { toolUseId: 't2', name: 'now' } },
        },
      },
      block(3, { toolUse: { input: '' } }),
      stop(3),
      { messageStop: { stopReason: 'tool_use' } },
      {
        metadata: {
          usage: {
            inputTokens: 10,
            outputTokens: 30,
            totalTokens: 1_240,
            cacheReadInputTokens: 1_000,
            cacheWriteInputTokens: 200,
            cacheDetails: [{ ttl: '1h', inputTokens: 50 }],
          },
          metrics: { latencyMs: 312 },
        },
      },
    ],
    output: {
      role: 'assistant',
      content: 'I look 🔎',
      reasoning: 'Let me see.',
      tool_calls: [
        {
          id: 't1',
          type: 'function',
          function: { name: 'search', arguments: '{"q":"ä","limit":3}' },
        },
        { id: 't2', type: 'function', function: { name: 'now', arguments: '{}' } },
      ],
    },
    usage: {
      source: 'provider',
      final: true,
      input: 1_210,
      output: 30,
      total: 1_240,
      cacheRead: 1_000,
      cacheWrite: 200,
      cacheWrite1h: 50,
      reasoning: null,
    },
    finish: ['tool_call'],
  }),
  converse({
    name: 'bedrock converse, a tool that Amazon runs',
    whole: {
      output: {
        message: {
          role: 'assistant',
          content: [{ toolUse: { ...SEARCH, input: { query: 'ä' } } }, { text: 'Found.' }],
        },
      },
      stopReason: 'end_turn',
      usage: { inputTokens: 26, outputTokens: 7, totalTokens: 33 },
    },
    events: [
      { messageStart: { role: 'assistant' } },
      { contentBlockStart: { contentBlockIndex: 0, start: { toolUse: SEARCH } } },
      block(0, { toolUse: { input: '{"query"' } }),
      block(0, { toolUse: { input: ':"ä"}' } }),
      stop(0),
      block(1, { text: 'Found.' }),
      stop(1),
      { messageStop: { stopReason: 'end_turn' } },
      { metadata: { usage: { inputTokens: 26, outputTokens: 7, totalTokens: 33 } } },
    ],
    ending: 2,
    output: {
      role: 'assistant',
      content: 'Found.',
      blocks: [{ ...SEARCH, input: { query: 'ä' } }],
    },
    usage: counted,
    finish: ['stop'],
  }),
  converse({
    name: 'bedrock converse, stopped by a guardrail, with citations, ciphertext and a picture',
    whole: {
      output: {
        message: {
          role: 'assistant',
          content: [
            { reasoningContent: { redactedContent: 'A'.repeat(64) } },
            {
              citationsContent: {
                content: [{ text: 'Sorry, ' }, { text: 'no.' }],
                citations: [{ title: 'Rules', location: { web: { url: 'https://x.test' } } }],
              },
            },
            { image: { format: 'png', source: { bytes: `iVBORw${'A'.repeat(394)}` } } },
          ],
        },
      },
      stopReason: 'guardrail_intervened',
      usage: { inputTokens: 26, outputTokens: 7, totalTokens: 33 },
      trace: { guardrail: { inputAssessment: {} } },
    },
    events: [
      { messageStart: { role: 'assistant' } },
      block(0, { reasoningContent: { redactedContent: 'A'.repeat(64) } }),
      stop(0),
      block(1, { text: 'Sorry, ' }),
      block(1, { text: 'no.' }),
      block(1, { citation: { title: 'Rules' } }),
      stop(1),
      { contentBlockStart: { contentBlockIndex: 2, start: { image: { format: 'png' } } } },
      block(2, { image: { source: { bytes: `iVBORw${'A'.repeat(194)}` } } }),
      block(2, { image: { source: { bytes: 'A'.repeat(200) } } }),
      stop(2),
      { messageStop: { stopReason: 'guardrail_intervened' } },
      { metadata: { usage: { inputTokens: 26, outputTokens: 7, totalTokens: 33 } } },
    ],
    output: {
      role: 'assistant',
      content: 'Sorry, no.',
      blocks: ['redacted_thinking', { type: 'image', format: 'image/png', bytes: 300 }],
    },
    usage: counted,
    finish: ['content_filter'],
  }),
  invoke(CLAUDE, {
    ...claude,
    name: 'bedrock invoke, claude',
    request: {
      anthropic_version: 'bedrock-2023-05-31',
      max_tokens: 100,
      messages: [{ role: 'user', content: 'Hi' }],
    },
    events: claude.events.map((said) =>
      'type' in said && said.type === 'message_stop' ? { ...said, ...measured } : said,
    ),
  }),
  invoke('us.amazon.nova-pro-v1:0', {
    name: 'bedrock invoke, nova, whose stream ends with its counts and Bedrock’s',
    request: {
      messages: [{ role: 'user', content: [{ text: 'Hi' }] }],
      inferenceConfig: { max_new_tokens: 9 },
    },
    whole: {
      output: { message: { content: [{ text: 'Moin moin' }], role: 'assistant' } },
      stopReason: 'end_turn',
      usage: {
        inputTokens: 6,
        outputTokens: 7,
        totalTokens: 33,
        cacheReadInputTokenCount: 15,
        cacheWriteInputTokenCount: 5,
      },
    },
    events: [
      { messageStart: { role: 'assistant' } },
      block(0, { text: 'Moin' }),
      block(0, { text: ' moin' }),
      stop(0),
      { messageStop: { stopReason: 'end_turn' } },
      {
        metadata: {
          usage: {
            inputTokens: 6,
            outputTokens: 7,
            cacheReadInputTokenCount: 15,
            cacheWriteInputTokenCount: 5,
          },
          metrics: {},
        },
        ...measured,
      },
    ],
    ending: 2,
    output: { role: 'assistant', content: 'Moin moin' },
    usage: { ...counted, cacheRead: 15, cacheWrite: 5 },
    finish: ['stop'],
  }),
  invoke('meta.llama3-3-70b-instruct-v1:0', {
    name: 'bedrock invoke, llama',
    request: { prompt: 'Hi', max_gen_len: 9 },
    whole: {
      generation: 'Grüße dich',
      prompt_token_count: 26,
      generation_token_count: 7,
      stop_reason: 'length',
    },
    events: [
      {
        generation: 'Grüße',
        prompt_token_count: 26,
        generation_token_count: 1,
        stop_reason: null,
      },
      {
        generation: ' dich',
        prompt_token_count: null,
        generation_token_count: 6,
        stop_reason: null,
      },
      {
        generation: '',
        prompt_token_count: null,
        generation_token_count: 7,
        stop_reason: 'length',
        ...measured,
      },
    ],
    ending: 1,
    output: { role: 'assistant', content: 'Grüße dich' },
    usage: counted,
    finish: ['length'],
  }),
  invoke('amazon.titan-text-express-v1', {
    name: 'bedrock invoke, titan',
    request: { inputText: 'Hi', textGenerationConfig: { maxTokenCount: 9 } },
    whole: {
      inputTextTokenCount: 26,
      results: [{ tokenCount: 7, outputText: 'Hello there', completionReason: 'FINISH' }],
    },
    events: [
      {
        outputText: 'Hello',
        index: 0,
        totalOutputTextTokenCount: null,
        completionReason: null,
        inputTextTokenCount: 26,
      },
      {
        outputText: ' there',
        index: 0,
        totalOutputTextTokenCount: 7,
        completionReason: 'FINISH',
        inputTextTokenCount: null,
        ...measured,
      },
    ],
    ending: 1,
    output: { role: 'assistant', content: 'Hello there' },
    usage: counted,
    finish: ['stop'],
  }),
  invoke('cohere.command-r-plus-v1:0', {
    name: 'bedrock invoke, cohere, counted by Bedrock alone',
    request: { message: 'Hi', prompt: 'Hi' },
    whole: {
      text: 'Hello there',
      generation_id: 'g1',
      finish_reason: 'MAX_TOKENS',
      'amazon-bedrock-invocationMetrics': metrics,
    },
    events: [
      { event_type: 'stream-start', is_finished: false, generation_id: 'g1' },
      { event_type: 'text-generation', is_finished: false, text: 'Hello' },
      { event_type: 'text-generation', is_finished: false, text: ' there' },
      {
        event_type: 'stream-end',
        is_finished: true,
        finish_reason: 'MAX_TOKENS',
        response: { text: 'Hello there' },
        ...measured,
      },
    ],
    ending: 1,
    output: { role: 'assistant', content: 'Hello there' },
    usage: counted,
    finish: ['length'],
  }),
  invoke('mistral.mistral-7b-instruct-v0:2', {
    name: 'bedrock invoke, mistral of old',
    request: { prompt: 'Hi', max_tokens: 9 },
    whole: { outputs: [{ text: 'Salut', stop_reason: 'stop' }], ...measured },
    events: [
      { outputs: [{ text: 'Sal', stop_reason: null }] },
      { outputs: [{ text: 'ut', stop_reason: 'stop' }], ...measured },
    ],
    ending: 1,
    output: { role: 'assistant', content: 'Salut' },
    usage: counted,
    finish: ['stop'],
  }),
  invoke('mistral.pixtral-large-2502-v1:0', {
    name: 'bedrock invoke, OpenAI’s form, counted by Bedrock alone in a stream',
    request: { messages: [{ role: 'user', content: 'Hi' }], max_tokens: 9 },
    whole: {
      id: 'c1',
      model: 'pixtral',
      choices: [
        { index: 0, message: { role: 'assistant', content: 'Salut' }, finish_reason: 'stop' },
      ],
      usage: { prompt_tokens: 26, completion_tokens: 7, total_tokens: 33 },
    },
    events: [
      { id: 'c1', model: 'pixtral', choices: [{ index: 0, delta: { content: 'Sal' } }] },
      {
        id: 'c1',
        model: 'pixtral',
        choices: [{ index: 0, delta: { content: 'ut' }, finish_reason: 'stop' }],
        ...measured,
      },
    ],
    ending: 1,
    output: { role: 'assistant', content: 'Salut' },
    usage: counted,
    finish: ['stop'],
  }),
]
