/**
 * Traces as applications leave them, one for each thing the dashboard has to show.
 *
 * @module
 */

import type { SpanDetail } from '../../../worker/store/store.ts'
import { call, sketch, type SpanSketch } from './spans.ts'

const MINUTE = 60_000
const DOCS =
  'Resetting a password\n\n1. Open Settings > Security.\n2. Choose "Reset password".\n3. Follow the link in the mail, within an hour.'

/** The seed's own example. */
export function answerQuestion(agoMs = 3 * MINUTE): SpanDetail[] {
  return sketch('answerQuestion', agoMs, [
    {
      name: 'answerQuestion',
      kind: 'workflow',
      took: 1200,
      tags: ['production', 'support'],
      metadata: { version: '2', tenant: 'acme', experiment: { arm: 'b', weight: 0.5 } },
      userId: 'u_1042',
      sessionId: 's_77f1',
      environment: 'production',
      resource: { service: 'support', release: '2.4.1', sdk: 'carrot-trace/0.1.0' },
      input: { question: 'How do I reset my password?' },
      output:
        'Go to Settings > Security and choose “Reset password”. The link in the mail is valid for one hour.',
    },
    {
      name: 'search',
      kind: 'retriever',
      in: 'answerQuestion',
      at: 4,
      took: 214,
      input: { query: 'How do I reset my password?', limit: 3 },
      output: [
        { title: 'Resetting a password', score: 0.913, text: DOCS },
        { title: 'Two-factor authentication', score: 0.641, text: 'Use an authenticator app.' },
      ],
    },
    {
      name: 'chat.completions.create',
      kind: 'generation',
      in: 'answerQuestion',
      at: 221,
      took: 964,
      model: 'gpt-4o',
      provider: 'openai',
      inputTokens: 150,
      outputTokens: 42,
      metadata: {
        model: 'gpt-4o',
        input_tokens: 150,
        output_tokens: 42,
        latency_ms: 964,
        carrot: { v: 1 },
      },
      call: call({ answered: 'gpt-4o-2024-08-06', headersMs: 301, cacheRead: 0, reasoning: 0 }),
      input: {
        model: 'gpt-4o',
        temperature: 0.2,
        max_tokens: 512,
        messages: [
          { role: 'system', content: `Context:\n${DOCS}` },
          { role: 'user', content: 'How do I reset my password?' },
        ],
      },
      output: {
        role: 'assistant',
        content:
          'Go to Settings > Security and choose “Reset password”. The link in the mail is valid for one hour.',
      },
    },
  ])
}

export function streamedCall(agoMs = 9 * MINUTE): SpanDetail[] {
  return sketch('streamed', agoMs, [
    {
      name: 'chat.completions.create',
      kind: 'generation',
      took: 4120,
      model: 'o4-mini',
      provider: 'openai',
      inputTokens: 2341,
      outputTokens: 1402,
      tags: ['production'],
      call: call({
        asked: 'o4-mini',
        stream: true,
        headersMs: 240,
        firstTextMs: 1310,
        cacheRead: 2048,
        reasoning: 896,
      }),
      input: {
        model: 'o4-mini',
        stream: true,
        messages: [
          { role: 'developer', content: 'Answer in one paragraph.' },
          {
            role: 'user',
            content: [
              { type: 'text', text: 'What is in this picture?' },
              {
                type: 'image_url',
                image_url: { url: `data:image/png;base64,${'iVBORw0K'.repeat(4000)}` },
              },
            ],
          },
        ],
      },
      output: {
        role: 'assistant',
        reasoning: 'The user wants to know what the picture shows. There is a red boat on a lake.',
        content: 'A small red boat on a calm lake, at dusk, with mountains behind it.',
      },
    },
  ])
}

/** An agent that calls a tool, in Anthropic's words. */
export function agentWithTool(agoMs = 26 * MINUTE): SpanDetail[] {
  const request: SpanSketch = {
    name: 'messages.create',
    kind: 'generation',
    in: 'planTrip',
    model: 'claude-sonnet-4-5',
    provider: 'anthropic',
  }
  const question = { role: 'user', content: 'Will I need a coat in Bergen on Friday?' }
  const asks = {
    role: 'assistant',
    content: [
      { type: 'thinking', thinking: 'I should look up the forecast first.', signature: 'EqQB' },
      { type: 'text', text: 'Let me look at the forecast.' },
      {
        type: 'tool_use',
        id: 'toolu_01A',
        name: 'get_forecast',
        input: { city: 'Bergen', day: 'Friday' },
      },
    ],
  }
  return sketch('agent', agoMs, [
    {
      name: 'planTrip',
      kind: 'agent',
      took: 6480,
      tags: ['staging'],
      environment: 'staging',
      input: { request: 'Will I need a coat in Bergen on Friday?' },
      output: 'Yes: 9 °C and rain.',
    },
    {
      ...request,
      as: 'first',
      at: 6,
      took: 2310,
      inputTokens: 512,
      outputTokens: 88,
      call: call({
        provider: 'anthropic',
        asked: 'claude-sonnet-4-5',
        stream: true,
        firstTextMs: 640,
        finish: 'tool_call',
      }),
      input: {
        model: 'claude-sonnet-4-5',
        max_tokens: 1024,
        system: 'You plan trips.',
        messages: [question],
        tools: [
          { name: 'get_forecast', description: 'The weather', input_schema: { type: 'object' } },
        ],
      },
      output: {
        role: 'assistant',
        content: 'Let me look at the forecast.',
        reasoning: 'I should look up the forecast first.',
        tool_calls: [
          {
            id: 'toolu_01A',
            type: 'function',
            function: { name: 'get_forecast', arguments: '{"city":"Bergen","day":"Friday"}' },
          },
        ],
      },
    },
    {
      name: 'get_forecast',
      kind: 'tool',
      in: 'planTrip',
      at: 2330,
      took: 674,
      input: { city: 'Bergen', day: 'Friday' },
      output: { temperature: 9, unit: 'celsius', rain: true },
    },
    {
      ...request,
      as: 'second',
      at: 3020,
      took: 3440,
      inputTokens: 688,
      outputTokens: 31,
      call: call({
        provider: 'anthropic',
        asked: 'claude-sonnet-4-5',
        stream: true,
        firstTextMs: 910,
      }),
      input: {
        model: 'claude-sonnet-4-5',
        max_tokens: 1024,
        system: 'You plan trips.',
        messages: [
          question,
          asks,
          {
            role: 'user',
            content: [
              {
                type: 'tool_result',
                tool_use_id: 'toolu_01A',
                content: '{"temperature":9,"unit":"celsius","rain":true}',
              },
            ],
          },
        ],
      },
      output: { role: 'assistant', content: 'Yes: 9 °C and rain.' },
    },
  ])
}

/** A call that was let in at the third attempt, and then stalled. */
export function retriedCall(agoMs = 70 * MINUTE): SpanDetail[] {
  const limited = { message: 'Rate limit reached for requests', type: 'requests' }
  return sketch('retried', agoMs, [
    { name: 'classify', kind: 'workflow', took: 6900, tags: ['batch'] },
    {
      name: 'chat gpt-4o-mini',
      kind: 'generation',
      in: 'classify',
      at: 10,
      took: 6880,
      model: 'gpt-4o-mini',
      provider: 'openai',
      inputTokens: 96,
      outputTokens: 12,
      call: call({
        asked: 'gpt-4o-mini',
        stream: true,
        injected: true,
        attempt: 2,
        startMs: 4260,
        headersMs: 4500,
        firstTextMs: 4720,
        longestStallMs: 1340,
        endMs: 6880,
        attempts: [
          {
            startMs: 0,
            headersMs: 118,
            endMs: 121,
            ended: 'error',
            status: 429,
            requestId: 'req_0c11d2e4a9b7',
            retryAfterMs: 1500,
            error: { ...limited, status: 429, phase: 'http' },
          },
          { startMs: 1640, endMs: 3240, ended: 'cancelled' },
        ],
      }),
      input: {
        model: 'gpt-4o-mini',
        stream: true,
        messages: [{ role: 'user', content: 'Is this mail a complaint?' }],
      },
      output: { role: 'assistant', content: 'Yes: the delivery is late.' },
    },
  ])
}

export function failedCall(agoMs = 47 * MINUTE): SpanDetail[] {
  const stack = `RateLimitError: 429 You exceeded your current quota
    at APIError.generate (file:///app/node_modules/openai/core/error.mjs:63:20)
    at OpenAI.makeStatusError (file:///app/node_modules/openai/client.mjs:158:32)
    at OpenAI.makeRequest (file:///app/node_modules/openai/client.mjs:301:30)
    at async summarise (file:///app/src/summarise.ts:18:17)`
  return sketch('failed', agoMs, [
    {
      name: 'summariseInbox',
      kind: 'workflow',
      status: 'error',
      took: 2410,
      tags: ['production', 'nightly'],
      input: { mailbox: 'support@example.com', limit: 50 },
      error: {
        type: 'RateLimitError',
        message: '429 You exceeded your current quota',
        stack,
        cause: {
          type: 'insufficient_quota',
          message: 'Please check your plan and billing details.',
          status: 429,
        },
      },
    },
    {
      name: 'loadMails',
      kind: 'tool',
      in: 'summariseInbox',
      at: 2,
      took: 388,
      output: { count: 50 },
    },
    {
      name: 'chat.completions.create',
      kind: 'generation',
      status: 'error',
      in: 'summariseInbox',
      at: 396,
      took: 2004,
      model: 'gpt-4o-mini',
      provider: 'openai',
      call: call({
        asked: 'gpt-4o-mini',
        status: 429,
        ended: 'error',
        attempt: 2,
        headersMs: 1990,
      }),
      input: {
        model: 'gpt-4o-mini',
        messages: [{ role: 'user', content: 'Summarise these mails.' }],
      },
      error: {
        type: 'insufficient_quota',
        message: 'You exceeded your current quota, please check your plan and billing details.',
        status: 429,
        phase: 'http',
      },
    },
  ])
}

export function runningTrace(agoMs = 9000): SpanDetail[] {
  return sketch('running', agoMs, [
    {
      name: 'writeReport',
      kind: 'agent',
      took: null,
      tags: ['staging'],
      input: { topic: 'Tides' },
    },
    {
      name: 'outline',
      kind: 'task',
      in: 'writeReport',
      at: 10,
      took: 3100,
      output: ['Moon', 'Sun', 'Shore'],
    },
    {
      name: 'chat.completions.create',
      kind: 'generation',
      in: 'writeReport',
      at: 3200,
      took: null,
      model: 'gpt-4o',
      provider: 'openai',
      call: call({ stream: true, ended: 'open', firstTextMs: 900 }),
      input: {
        model: 'gpt-4o',
        stream: true,
        messages: [{ role: 'user', content: 'Write about tides.' }],
      },
    },
  ])
}

/** Steps whose parent never arrived, and two that name each other. */
export function brokenTrace(agoMs = 3 * 60 * MINUTE): SpanDetail[] {
  return sketch('broken', agoMs, [
    { name: 'ingestDocuments', kind: 'workflow', took: 900 },
    { name: 'chunk', in: 'ingestDocuments', at: 5, took: 120 },
    {
      name: 'embed',
      kind: 'embedding',
      in: 'lost',
      at: 140,
      took: 300,
      model: 'text-embedding-3-small',
      inputTokens: 8000,
    },
    { name: 'normalise', in: 'embed', at: 150, took: 20 },
    { name: 'chicken', in: 'egg', at: 500, took: 50 },
    { name: 'egg', in: 'chicken', at: 510, took: 40 },
    { name: 'ouroboros', in: 'ouroboros', at: 700, took: 10 },
  ])
}

/** @param count Steps in all. */
export function longTrace(count = 500, agoMs = 26 * 60 * MINUTE): SpanDetail[] {
  const each = 1700
  const steps: SpanSketch[] = [
    {
      name: 'researchPipeline',
      kind: 'workflow',
      took: count * each * 0.5,
      tags: ['batch'],
      input: 'Research',
    },
  ]
  for (let index = 1; index < count; index++) {
    const phase = Math.floor((index - 1) / 20)
    const at = index * each * 0.5
    if (index % 20 === 1) {
      steps.push({
        name: `phase ${phase}`,
        kind: 'agent',
        in: 'researchPipeline',
        at,
        took: each * 10,
      })
    } else if (index % 3 === 0) {
      steps.push({
        name: 'web_search',
        as: `${index}`,
        kind: 'tool',
        in: `phase ${phase}`,
        at,
        took: 674,
      })
    } else {
      const failed = index % 97 === 0
      steps.push({
        name: 'chat.completions.create',
        as: `${index}`,
        kind: 'generation',
        in: `phase ${phase}`,
        at,
        took: 500 + ((index * 137) % 1200),
        status: failed ? 'error' : 'success',
        model: 'gpt-5-mini',
        provider: 'openai',
        inputTokens: 900 + index * 7,
        outputTokens: 40 + ((index * 31) % 400),
        call: call({ asked: 'gpt-5-mini', stream: true, firstTextMs: 210 }),
      })
    }
  }
  return sketch('long', agoMs, steps)
}

/** Names longer than any column, and a tree deeper than any screen. */
export function longNames(agoMs = 5 * 60 * MINUTE): SpanDetail[] {
  const name = 'aVeryLongFunctionNameThatSomebodyGenerated'.repeat(5)
  const steps: SpanSketch[] = [
    {
      name,
      kind: 'workflow',
      took: 90_500,
      tags: ['x'.repeat(90), 'eu-west-1', 'canary', 'checkout'],
      input: 'y'.repeat(9000),
    },
  ]
  for (let depth = 1; depth < 30; depth++) {
    const parent = depth === 1 ? name : `level ${depth - 1} ${'deep '.repeat(10)}`
    steps.push({
      name: `level ${depth} ${'deep '.repeat(10)}`,
      in: parent,
      at: depth * 100,
      took: 90_000 - depth * 1000,
    })
  }
  return sketch('long names', agoMs, steps)
}

export function manyTraces(count: number): SpanDetail[] {
  const questions = [
    'How do I export my data?',
    'Where is my invoice?',
    'Can I change my plan?',
    'Is there an API?',
  ]
  return Array.from({ length: count }, (_, index) =>
    sketch(`many ${index}`, (60 + index * 7) * MINUTE, [
      {
        name: 'answerQuestion',
        kind: 'workflow',
        took: 800 + ((index * 311) % 4000),
        tags: index % 4 === 0 ? ['production', 'support'] : ['production'],
        input: { question: questions[index % questions.length] ?? '' },
        output: `Answer ${index}: you will find it under Settings, in the section that you are looking for.`,
      },
      {
        name: 'chat.completions.create',
        kind: 'generation',
        in: 'answerQuestion',
        at: 30,
        took: 700,
        model: index % 3 === 0 ? 'gpt-4o' : 'gpt-4o-mini',
        provider: 'openai',
        inputTokens: 100 + index * 13,
        outputTokens: 20 + index,
        call: call({}),
      },
    ]),
  ).flat()
}

/** All of the above, as one project has them. */
export function samples(): SpanDetail[] {
  return [
    ...runningTrace(),
    ...answerQuestion(),
    ...streamedCall(),
    ...agentWithTool(),
    ...retriedCall(),
    ...failedCall(),
    ...brokenTrace(),
    ...longNames(),
    ...longTrace(),
    ...manyTraces(60),
  ]
}
