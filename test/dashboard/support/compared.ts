/**
 * Two runs of the same work that went differently, and a conversation whose prompts share what came before.
 *
 * @module
 */

import type { SentCall } from '../../../src/lib/ingest.ts'
import type { SpanDetail } from '../../../worker/store/store.ts'
import { call, sketch } from './spans.ts'

const MINUTE = 60_000
const RULES =
  'You answer questions about invoices. Quote the paragraph that you rely on, and never guess an amount. ' +
  'If the customer is angry, offer a call. '
const LONG = RULES.repeat(12)

/** With counts that can be priced. */
function used(made: SentCall, input: number, output: number): SentCall {
  return { ...made, usage: { ...made.usage, input, output } }
}

/** `monday` and, better, `tuesday`. */
export function pair(): SpanDetail[] {
  const question = { role: 'user', content: 'Why was I billed twice in October?' }
  return [
    ...sketch('monday', 26 * 60 * MINUTE, [
      { name: 'answerBilling', kind: 'workflow', took: 8900, tags: ['production'] },
      {
        name: 'plan',
        in: 'answerBilling',
        at: 5,
        took: 1200,
        output: { steps: ['search', 'answer'] },
      },
      {
        name: 'chat gpt-5-mini',
        as: 'answer',
        kind: 'generation',
        in: 'answerBilling',
        at: 1300,
        took: 2040,
        model: 'gpt-5-mini',
        provider: 'openai',
        inputTokens: 812,
        outputTokens: 96,
        call: used(
          call({ asked: 'gpt-5-mini', params: { temperature: 0.2, maxTokens: 512 } }),
          812,
          96,
        ),
        input: {
          model: 'gpt-5-mini',
          temperature: 0.2,
          messages: [{ role: 'system', content: LONG }, question],
          tools: [
            { type: 'function', function: { name: 'search', parameters: { type: 'object' } } },
          ],
        },
        output: {
          role: 'assistant',
          content: 'There are two invoices for October: the plan, and the seats added on the 14th.',
        },
      },
      { name: 'web_search', kind: 'tool', in: 'answerBilling', at: 3400, took: 910 },
      { name: 'save', in: 'answerBilling', at: 4400, took: 60 },
    ]),
    ...sketch('tuesday', 2 * 60 * MINUTE, [
      { name: 'answerBilling', kind: 'workflow', took: 6100, tags: ['production'] },
      { name: 'plan', in: 'answerBilling', at: 4, took: 1100, output: { steps: ['answer'] } },
      {
        name: 'chat claude-sonnet-4-5',
        as: 'answer',
        kind: 'generation',
        in: 'answerBilling',
        at: 1200,
        took: 1430,
        model: 'claude-sonnet-4-5',
        provider: 'anthropic',
        inputTokens: 790,
        outputTokens: 71,
        call: used(
          call({
            provider: 'anthropic',
            asked: 'claude-sonnet-4-5',
            params: { temperature: 0.7, maxTokens: 512 },
          }),
          790,
          71,
        ),
        input: {
          model: 'claude-sonnet-4-5',
          temperature: 0.7,
          system: LONG.replace('offer a call', 'offer a call at once'),
          messages: [question],
          tools: [{ name: 'search', input_schema: { type: 'object' } }],
        },
        output: {
          role: 'assistant',
          content: 'October has two invoices: the plan itself, and the seats added on the 14th.',
        },
      },
      { name: 'save', in: 'answerBilling', at: 2700, took: 55 },
      { name: 'notify', kind: 'tool', in: 'answerBilling', at: 2800, took: 140, status: 'error' },
    ]),
  ]
}

/** Three calls of a conversation; in the third its system prompt has another date. */
export function cached(): SpanDetail[] {
  const tools = [
    { name: 'get_invoice', description: 'One invoice', input_schema: { type: 'object' } },
  ]
  const turns = [
    { role: 'user', content: 'Why was I billed twice in October?' },
    { role: 'assistant', content: 'There are two invoices: one for the plan, one for seats.' },
    { role: 'user', content: 'Which seats?' },
    { role: 'assistant', content: 'Three, added on the 14th of October.' },
    { role: 'user', content: 'Please remove them.' },
  ]
  const request = (system: string, count: number) => ({
    model: 'claude-sonnet-4-5',
    max_tokens: 512,
    tools,
    system,
    messages: turns.slice(0, count),
  })
  const step = (as: string, at: number, tokens: number, cacheRead: number, cacheWrite: number) => {
    const made = call({ provider: 'anthropic', asked: 'claude-sonnet-4-5', cacheRead })
    return {
      name: 'chat claude-sonnet-4-5',
      as,
      kind: 'generation' as const,
      in: 'support',
      at,
      took: 900,
      model: 'claude-sonnet-4-5',
      provider: 'anthropic',
      inputTokens: tokens,
      outputTokens: 30,
      call: { ...made, usage: { ...made.usage, cacheWrite } },
    }
  }
  const system = (day: number) => `${LONG}Today is the ${day}th of October. ${LONG}`
  return sketch('cached', 40 * MINUTE, [
    { name: 'support', kind: 'agent', took: 20_000 },
    { ...step('first', 10, 1460, 0, 1400), input: request(system(15), 1) },
    { ...step('second', 4000, 1500, 1400, 90), input: request(system(15), 3) },
    { ...step('third', 18_000, 1544, 0, 1530), input: request(system(16), 5) },
  ])
}
