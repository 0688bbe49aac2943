/**
 * Those who speak OpenAI's Chat Completions in their own way, whole and streamed: what each adds, where it
 * has its counts, and what stands in what.
 *
 * @module
 */

import type { Pair } from './pairs.ts'

const request = { model: 'm', messages: [{ role: 'user', content: 'Hi' }] }
const output = { role: 'assistant', content: 'Hello', reasoning: 'Hm.' }
const done = 'data: [DONE]\n\n'

interface Host {
  name: string
  url: string
  /** In a whole reply and in the last event. */
  usage: object
  counts: object
  /** How it names what the model thought. */
  thought?: 'reasoning' | 'reasoning_content'
  /** What each event has besides. */
  more?: object
  /** Before its own first event. */
  first?: readonly object[]
  /** Counts that earlier events have, if they have any. */
  earlier?: object
  raw?: string
  finish?: string
  output?: object
  done?: string
  /** Where the counts stand, if not under `usage`. */
  counted?: (usage: object) => object
}

function host({ name, url, usage, counts, thought = 'reasoning_content', ...own }: Host): Pair {
  const { more = {}, first = [], earlier, raw = 'stop', finish = 'stop' } = own
  const counted = own.counted ?? ((usage: object) => ({ usage }))
  const head = { id: 'c1', model: 'm-1', created: 1 }
  const event = (delta: object, last: object = {}, finish_reason: string | null = null) => ({
    ...head,
    ...more,
    choices: [{ index: 0, delta, finish_reason }],
    ...(earlier && { usage: earlier }),
    ...last,
  })
  return {
    name,
    url,
    request,
    whole: {
      object: 'chat.completion',
      ...head,
      ...more,
      choices: [
        {
          index: 0,
          message: { role: 'assistant', content: 'Hello', [thought]: 'Hm.' },
          finish_reason: raw,
        },
      ],
      usage,
    },
    events: [
      ...first,
      event({ role: 'assistant', content: '' }),
      event({ [thought]: 'Hm' }),
      event({ [thought]: '.' }),
      event({ content: 'Hel' }),
      event({ content: 'lo' }),
      event({ content: '' }, counted(usage), raw),
    ],
    ending: 1,
    done: own.done ?? done,
    output: own.output ?? output,
    usage: { source: 'provider', final: true, ...counts },
    finish: [finish],
  }
}

const plain = { prompt_tokens: 20, completion_tokens: 9, total_tokens: 29 }
const counts = { input: 20, output: 9, total: 29 }

export const hostPairs: readonly Pair[] = [
  host({
    name: 'azure, whose first event judges the prompt and names nothing',
    url: 'https://r.openai.azure.com/openai/deployments/d/chat/completions?api-version=2024-10-21',
    first: [
      {
        id: '',
        model: '',
        object: '',
        choices: [],
        prompt_filter_results: [{ prompt_index: 0, content_filter_results: {} }],
      },
      { id: 'c1', model: 'm-1', choices: [{ index: 0, content_filter_offsets: {} }] },
    ],
    usage: plain,
    counts,
  }),
  host({
    name: 'openrouter, with its price, comments, and thoughts told twice',
    url: 'https://openrouter.ai/api/v1/chat/completions',
    thought: 'reasoning',
    more: { provider: 'Anthropic', native_finish_reason: 'end_turn' },
    usage: {
      ...plain,
      cost: 0.00042,
      is_byok: false,
      prompt_tokens_details: { cached_tokens: 12, cache_write_tokens: 4 },
      completion_tokens_details: { reasoning_tokens: 3 },
    },
    counts: { ...counts, cacheRead: 12, cacheWrite: 4, reasoning: 3 },
  }),
  host({
    name: 'deepseek, its own names for what was cached',
    url: 'https://api.deepseek.com/chat/completions',
    usage: {
      ...plain,
      prompt_cache_hit_tokens: 12,
      prompt_cache_miss_tokens: 8,
      completion_tokens_details: { reasoning_tokens: 3 },
    },
    counts: { ...counts, cacheRead: 12, reasoning: 3 },
    raw: 'insufficient_system_resource',
    finish: 'error',
  }),
  host({
    name: 'groq, its counts under a name of its own',
    url: 'https://api.groq.com/openai/v1/chat/completions',
    thought: 'reasoning',
    usage: { ...plain, queue_time: 0.01, total_time: 0.2 },
    counted: (usage) => ({ x_groq: { id: 'req_1', usage } }),
    counts,
  }),
  host({
    name: 'xai, thoughts outside of the output',
    url: 'https://api.x.ai/v1/chat/completions',
    usage: {
      prompt_tokens: 20,
      completion_tokens: 9,
      total_tokens: 32,
      completion_tokens_details: { reasoning_tokens: 3 },
      cost_in_usd_ticks: 1_000,
    },
    counts: { input: 20, output: 12, total: 32, reasoning: 3 },
  }),
  host({
    name: 'xai, more cached than asked',
    url: 'https://us-east-1.api.x.ai/v1/chat/completions',
    usage: { ...plain, prompt_tokens_details: { cached_tokens: 100 } },
    counts: { input: 120, output: 9, cacheRead: 100 },
  }),
  host({
    name: 'perplexity, thoughts outside, counts in every event, no end',
    url: 'https://api.perplexity.ai/chat/completions',
    more: { citations: ['https://x.test'], search_results: [] },
    earlier: { prompt_tokens: 20, completion_tokens: 1, total_tokens: 21 },
    usage: {
      prompt_tokens: 20,
      completion_tokens: 9,
      total_tokens: 29,
      reasoning_tokens: 3,
      citation_tokens: 100,
      cost: { total_cost: 0.006 },
    },
    counts: { input: 20, output: 12, total: 29, reasoning: 3 },
    done: '',
  }),
  host({
    name: 'mistral, its own names for what was cached, and padding',
    url: 'https://api.mistral.ai/v1/chat/completions',
    more: { p: 'abcdefgh' },
    usage: { ...plain, num_cached_tokens: 12 },
    counts: { ...counts, cacheRead: 12 },
    raw: 'model_length',
    finish: 'length',
  }),
  host({
    name: 'mistral, another of its names for what was cached',
    url: 'https://api.mistral.ai/v1/chat/completions',
    usage: { ...plain, prompt_token_details: { cached_tokens: 12 } },
    counts: { ...counts, cacheRead: 12 },
  }),
  host({
    name: 'together, a word for the end and what was cached beside the rest',
    url: 'https://api.together.xyz/v1/chat/completions',
    more: { warnings: [] },
    usage: { ...plain, cached_tokens: 12 },
    counts: { ...counts, cacheRead: 12 },
    raw: 'eos',
  }),
  host({
    name: 'fireworks, counts in every event',
    url: 'https://api.fireworks.ai/inference/v1/chat/completions',
    earlier: { prompt_tokens: 20, completion_tokens: 1, total_tokens: 21 },
    usage: { ...plain, prompt_tokens_details: { cached_tokens: 12 } },
    counts: { ...counts, cacheRead: 12 },
  }),
  host({
    name: 'cerebras, thoughts and times',
    url: 'https://api.cerebras.ai/v1/chat/completions',
    thought: 'reasoning',
    more: { time_info: { total_time: 0.1 } },
    usage: plain,
    counts,
  }),
  host({
    name: 'gemini’s compatible address, thoughts outside of the output',
    url: 'https://generativelanguage.googleapis.com/v1beta/openai/chat/completions',
    usage: {
      prompt_tokens: 20,
      completion_tokens: 9,
      total_tokens: 32,
      completion_tokens_details: { reasoning_tokens: 3 },
    },
    counts: { input: 20, output: 12, total: 32, reasoning: 3 },
  }),
]
