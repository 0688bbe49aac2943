/**
 * OpenAI Completions, whole and streamed.
 *
 * @module
 */

import type { Pair } from './pairs.ts'

const head = {
  id: 'cmpl-uqkvlQyYK7bGYrRHQ0eXlWi7',
  object: 'text_completion',
  created: 1_589_478_378,
  model: 'gpt-3.5-turbo-instruct:20230824-v2',
  system_fingerprint: 'fp_44709d6fcb',
}
const choice = (text: string, index = 0, finish_reason: string | null = null) => ({
  text,
  index,
  logprobs: null,
  finish_reason,
})
const usage = { prompt_tokens: 5, completion_tokens: 7, total_tokens: 12 }

export const completionPairs: readonly Pair[] = [
  {
    name: 'openai completions, two prompts at once',
    url: 'https://api.openai.com/v1/completions',
    request: { model: 'gpt-3.5-turbo-instruct', prompt: ['Say', 'Once'], max_tokens: 7 },
    whole: {
      ...head,
      choices: [choice('\n\nThis is.', 0, 'length'), choice(' upon', 1, 'stop')],
      usage,
    },
    events: [
      { ...head, choices: [choice('\n\nTh')], usage: null },
      { ...head, choices: [choice(' up', 1)], usage: null },
      { ...head, choices: [choice('is is.')], usage: null },
      { ...head, choices: [choice('on', 1, 'stop')], usage: null },
      { ...head, choices: [choice('', 0, 'length')], usage: null },
      { ...head, choices: [], usage },
    ],
    done: 'data: [DONE]\n\n',
    output: {
      choices: [
        { role: 'assistant', content: '\n\nThis is.' },
        { role: 'assistant', content: ' upon' },
      ],
    },
    usage: { source: 'provider', final: true, input: 5, output: 7, total: 12, cacheRead: null },
    finish: ['length', 'stop'],
  },
]
