/**
 * Google's generateContent, whole and in both of its framings: as events and as one array.
 *
 * @module
 */

import type { Pair } from './pairs.ts'

type Answer = Omit<Pair, 'url' | 'streamUrl' | 'isArray' | 'done'>

const gemini = 'https://generativelanguage.googleapis.com/v1beta/models/gemini-3-flash'
const vertex =
  'https://us-central1-aiplatform.googleapis.com/v1/projects/p/locations/us-central1/publishers/google/models/gemini-3-pro'
const head = { modelVersion: 'gemini-3-flash-001', responseId: 'Wk7pZ9yUHqCxvdIP' }
const request = {
  contents: [{ role: 'user', parts: [{ text: 'How do I reset my password?' }] }],
  generationConfig: { temperature: 0.2, maxOutputTokens: 800 },
}
const ratings = [{ category: 'HARM_CATEGORY_HARASSMENT', probability: 'NEGLIGIBLE' }]
const candidate = (parts: object[], finishReason?: string, index = 0) => ({
  content: { parts, role: 'model' },
  ...(finishReason && { finishReason, safetyRatings: ratings }),
  index,
})
const text = (text: string) => ({ text })
const thought = (text: string) => ({ text, thought: true })
const said = 'Go to Settings > Security. Grüße 👋 {"a": [1]}'
const pieces = said.match(/.{1,7}/gu) ?? []
const signature = 'c2lnbmF0dXJl'.repeat(40)

const usage = {
  promptTokenCount: 1200,
  cachedContentTokenCount: 1024,
  candidatesTokenCount: 12,
  thoughtsTokenCount: 30,
  toolUsePromptTokenCount: 58,
  totalTokenCount: 1300,
  promptTokensDetails: [
    { modality: 'TEXT', tokenCount: 900 },
    { modality: 'IMAGE', tokenCount: 258 },
    { modality: 'VIDEO', tokenCount: 42 },
  ],
  toolUsePromptTokensDetails: [{ modality: 'TEXT', tokenCount: 58 }],
  candidatesTokensDetails: [{ modality: 'TEXT', tokenCount: 12 }],
}
const counts = {
  source: 'provider',
  final: true,
  input: 1258,
  output: 42,
  total: 1300,
  cacheRead: 1024,
  cacheWrite: null,
  reasoning: 30,
  textInput: 958,
  imageInput: 258,
  textOutput: 12,
}
const early = { promptTokenCount: 1200, totalTokenCount: 1200 }
const small = { promptTokenCount: 9, candidatesTokenCount: 6, totalTokenCount: 15 }

const picture = 'iVBORw0KGgo'.repeat(200)
const image = {
  inlineData: { mimeType: 'image/png', data: `${picture}==` },
  thoughtSignature: signature,
}
const sound = (bytes: number) => ({
  inlineData: { mimeType: 'audio/L16;rate=24000', data: Buffer.alloc(bytes, 7).toString('base64') },
})
const code = { executableCode: { language: 'PYTHON', code: 'print(6 * 7)' } }
const ran = { codeExecutionResult: { outcome: 'OUTCOME_OK', output: '42\n' } }

const answers: readonly Answer[] = [
  {
    name: 'thoughts, then text, with every count',
    request,
    whole: {
      candidates: [
        candidate(
          [thought('Where is it? In Settings.'), { text: said, thoughtSignature: signature }],
          'STOP',
        ),
      ],
      usageMetadata: usage,
      ...head,
    },
    events: [
      { candidates: [candidate([thought('Where is it? ')])], usageMetadata: early, ...head },
      { candidates: [candidate([thought('In Settings.')])], usageMetadata: early, ...head },
      ...pieces.map((piece) => ({
        candidates: [candidate([text(piece)])],
        usageMetadata: { ...usage, candidatesTokenCount: 1 },
        ...head,
      })),
      {
        candidates: [candidate([{ text: '', thoughtSignature: signature }], 'STOP')],
        usageMetadata: usage,
        ...head,
      },
    ],
    ending: 1,
    output: { role: 'assistant', content: said, reasoning: 'Where is it? In Settings.' },
    usage: counts,
    finish: ['stop'],
  },
  {
    name: 'two function calls, one without an id',
    request: { ...request, tools: [{ functionDeclarations: [{ name: 'weather' }] }] },
    whole: {
      candidates: [
        candidate(
          [
            text('Let me look.'),
            {
              functionCall: { id: 'call-1', name: 'weather', args: { city: 'Zürich' } },
              thoughtSignature: signature,
            },
            { functionCall: { name: 'now' } },
          ],
          'STOP',
        ),
      ],
      usageMetadata: small,
      ...head,
    },
    events: [
      { candidates: [candidate([text('Let me ')])], ...head },
      {
        candidates: [
          candidate([
            text('look.'),
            {
              functionCall: { id: 'call-1', name: 'weather', args: { city: 'Zürich' } },
              thoughtSignature: signature,
            },
          ]),
        ],
        ...head,
      },
      { candidates: [candidate([{ functionCall: { name: 'now', args: {} } }])], ...head },
      { candidates: [{ finishReason: 'STOP', index: 0 }], usageMetadata: small, ...head },
    ],
    ending: 1,
    output: {
      role: 'assistant',
      content: 'Let me look.',
      tool_calls: [
        {
          id: 'call-1',
          type: 'function',
          function: { name: 'weather', arguments: '{"city":"Zürich"}' },
        },
        { id: null, type: 'function', function: { name: 'now', arguments: '{}' } },
      ],
    },
    usage: { source: 'provider', final: true, input: 9, output: 6, total: 15, reasoning: null },
    finish: ['tool_call'],
  },
  {
    name: 'a function call whose arguments are streamed',
    request,
    whole: {
      candidates: [
        candidate(
          [
            {
              functionCall: {
                id: 'c',
                name: 'trip',
                args: { to: 'Bergen', stops: [{ days: 2 }, { days: null }], slow: true },
              },
            },
          ],
          'STOP',
        ),
      ],
      usageMetadata: small,
      ...head,
    },
    events: [
      { functionCall: { id: 'c', name: 'trip', willContinue: true } },
      {
        functionCall: {
          partialArgs: [{ jsonPath: '$.to', stringValue: 'Ber', willContinue: true }],
          willContinue: true,
        },
      },
      {
        functionCall: {
          partialArgs: [
            { jsonPath: '$.to', stringValue: 'gen' },
            { jsonPath: '$.stops[0].days', numberValue: 2 },
            { jsonPath: '$.stops[1].days', nullValue: 'NULL_VALUE' },
          ],
          willContinue: true,
        },
      },
      { functionCall: { partialArgs: [{ jsonPath: "$['slow']", boolValue: true }] } },
    ]
      .map((part): object => ({ candidates: [candidate([part])], ...head }))
      .concat([
        { candidates: [candidate([{ functionCall: {} }], 'STOP')], usageMetadata: small, ...head },
      ]),
    ending: 1,
    output: {
      tool_calls: [
        {
          id: 'c',
          type: 'function',
          function: {
            name: 'trip',
            arguments: '{"to":"Bergen","stops":[{"days":2},{"days":null}],"slow":true}',
          },
        },
      ],
    },
    usage: { input: 9, output: 6, final: true },
    finish: ['tool_call'],
  },
  {
    name: 'code that the provider runs, a picture, and sound in pieces',
    request: { ...request, generationConfig: { responseModalities: ['TEXT', 'IMAGE', 'AUDIO'] } },
    whole: {
      candidates: [
        candidate([code, { ...ran, thoughtSignature: signature }, image, sound(9000)], 'STOP'),
      ],
      usageMetadata: small,
      ...head,
    },
    events: [
      { candidates: [candidate([code])], ...head },
      { candidates: [candidate([ran, image])], ...head },
      { candidates: [candidate([sound(6000)])], ...head },
      { candidates: [candidate([sound(3000)])], ...head },
      { candidates: [{ finishReason: 'STOP' }], usageMetadata: small, ...head },
    ],
    ending: 1,
    output: {
      role: 'assistant',
      content: null,
      blocks: [
        code,
        ran,
        { type: 'image', format: 'image/png', bytes: 1650 },
        { type: 'audio', format: 'audio/L16;rate=24000', bytes: 9000 },
      ],
    },
    usage: { input: 9, output: 6, final: true },
    finish: ['stop'],
  },
  {
    name: 'two candidates, one of them filtered',
    request: { ...request, generationConfig: { candidateCount: 2 } },
    whole: {
      candidates: [candidate([text('Yes.')], 'STOP'), candidate([text('N')], 'SAFETY', 1)],
      usageMetadata: small,
      ...head,
    },
    events: [
      { candidates: [candidate([text('Ye')]), candidate([text('N')], undefined, 1)], ...head },
      { candidates: [candidate([], 'SAFETY', 1)], usageMetadata: { promptTokenCount: 9 }, ...head },
      { candidates: [candidate([text('s.')], 'STOP')], usageMetadata: small, ...head },
    ],
    ending: 1,
    output: {
      choices: [
        { role: 'assistant', content: 'Yes.' },
        { role: 'assistant', content: 'N' },
      ],
    },
    usage: { input: 9, output: 6, final: true },
    finish: ['stop', 'content_filter'],
  },
  {
    name: 'nothing but thoughts before the limit, whose zero of text is left out',
    request,
    whole: {
      candidates: [candidate([thought('Hm.')], 'MAX_TOKENS')],
      usageMetadata: { promptTokenCount: 8, thoughtsTokenCount: 799, totalTokenCount: 807 },
      ...head,
    },
    events: [
      { candidates: [candidate([thought('H')])], usageMetadata: { promptTokenCount: 8 }, ...head },
      {
        candidates: [candidate([thought('m.')], 'MAX_TOKENS')],
        usageMetadata: { promptTokenCount: 8, thoughtsTokenCount: 799, totalTokenCount: 807 },
        ...head,
      },
    ],
    ending: 1,
    output: { role: 'assistant', content: null, reasoning: 'Hm.' },
    usage: { input: 8, output: 799, total: 807, reasoning: 799, final: true },
    finish: ['length'],
  },
  {
    name: 'thoughts that are told inside of the output',
    request,
    whole: {
      candidates: [candidate([text('Yes.')], 'STOP')],
      usageMetadata: {
        promptTokenCount: 8,
        candidatesTokenCount: 20,
        thoughtsTokenCount: 15,
        totalTokenCount: 28,
      },
      ...head,
    },
    events: [
      { candidates: [candidate([text('Yes')])], ...head },
      {
        candidates: [candidate([text('.')], 'STOP')],
        usageMetadata: {
          promptTokenCount: 8,
          candidatesTokenCount: 20,
          thoughtsTokenCount: 15,
          totalTokenCount: 28,
        },
        ...head,
      },
    ],
    ending: 1,
    output: { content: 'Yes.' },
    usage: { input: 8, output: 20, total: 28, reasoning: 15, final: true },
    finish: ['stop'],
  },
]

export const googlePairs: readonly Pair[] = answers.flatMap((answer): Pair[] => [
  {
    ...answer,
    name: `gemini as events: ${answer.name}`,
    url: `${gemini}:generateContent`,
    streamUrl: `${gemini}:streamGenerateContent?alt=sse`,
    done: '',
  },
  {
    ...answer,
    name: `gemini as an array: ${answer.name}`,
    url: `${vertex}:generateContent`,
    streamUrl: `${vertex}:streamGenerateContent`,
    isArray: true,
    done: ']',
  },
])
