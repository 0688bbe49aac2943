/**
 * What the collector shows of each sender's pipeline. Where a sender does not tell something, it is
 * unknown here too.
 *
 * @module
 */

export interface Sender {
  program: string
  variant?: string
  /** `parent > step (kind)`, with `!` for a failed one, in alphabetical order. */
  tree: string[]
  /** Of the root. */
  about: { user: string | null; session: string | null; environment: string; tags: string[] }
  /** The call that asked for the tool, which is whole, and the one after it, which is a stream. */
  calls: { first: Call; second: Call }
  /** What is said of each failure, in alphabetical order. */
  failures: string[]
}

export interface Call {
  provider: string | null
  model: string | null
  stream: boolean
  params: object
  finish: (string | null)[]
  /** In, out, read from a cache, reasoning. */
  tokens: (number | null)[]
}

const ROOT = 'answer question'
const MODEL = 'gpt-4o-2024-11-20'
const PARAMS = { maxTokens: 100, temperature: 0.5 }
const TOKENS = [150, 42, 100, 7]
const UNKNOWN = [null, null, null, null]
const ABOUT = { user: 'u_1', session: 's_1', environment: 'production', tags: [] }

const FIRST: Call = {
  provider: 'openai',
  model: MODEL,
  stream: false,
  params: PARAMS,
  finish: ['tool_call'],
  tokens: TOKENS,
}
const SECOND: Call = { ...FIRST, stream: true, params: {}, finish: ['stop'] }

/** The steps of the pipeline, with a call named so. */
const tree = (...calls: string[]) =>
  [
    ` > ${ROOT} (workflow)`,
    `${ROOT} > weather (tool)`,
    `${ROOT} > weather (tool) !`,
    ...calls.map((call) => `${ROOT} > ${call}`),
  ].toSorted()

const openTelemetry: Sender = {
  program: 'open-telemetry',
  tree: tree(
    'chat gpt-4o (generation)',
    'chat gpt-4o (generation)',
    'chat gpt-none (generation) !',
  ),
  about: ABOUT,
  calls: { first: FIRST, second: SECOND },
  failures: ['404 The model gpt-none does not exist.', 'No such city.'],
}

export const SENDERS: Sender[] = [
  { ...openTelemetry, variant: 'json' },
  { ...openTelemetry, variant: 'protobuf' },
  {
    program: 'openinference', // tells of no call that throws, and no tokens of a stream
    tree: tree('OpenAI Chat Completions (generation)', 'OpenAI Chat Completions (generation)'),
    about: { ...ABOUT, tags: ['production'] },
    calls: { first: FIRST, second: { ...SECOND, model: 'gpt-4o', tokens: UNKNOWN } },
    failures: ['No such city.'],
  },
  {
    program: 'traceloop', // likewise, nor that it is a stream; and leaves out what was read from a cache
    tree: tree('chat gpt-4o (generation)', 'chat gpt-4o (generation)'),
    about: ABOUT,
    calls: {
      first: { ...FIRST, tokens: [150, 42, null, null] },
      second: { ...SECOND, stream: false, tokens: UNKNOWN },
    },
    failures: ['No such city.'],
  },
  {
    program: 'langfuse', // tells no provider and no reason
    tree: tree(
      'OpenAI.chat (generation)',
      'OpenAI.chat (generation)',
      'OpenAI.chat (generation) !',
    ),
    about: { ...ABOUT, tags: ['production'] },
    calls: {
      first: { ...FIRST, provider: null, finish: [] },
      second: { ...SECOND, provider: null, finish: [], model: 'gpt-4o' },
    },
    failures: ['Error: 404 The model gpt-none does not exist.', 'No such city.'],
  },
  {
    program: 'ai-sdk',
    variant: 'legacy',
    tree: [
      ` > ${ROOT} (workflow)`,
      `${ROOT} > weather-desk (agent)`,
      `${ROOT} > weather-desk (agent)`,
      `${ROOT} > weather-desk (agent) !`,
      'chat gpt-4o > weather (tool)',
      'weather-desk > chat gpt-4o (generation)',
      'weather-desk > chat gpt-4o (generation)',
      'weather-desk > chat gpt-4o (generation)',
      'weather-desk > chat gpt-none (generation) !',
    ],
    about: ABOUT,
    calls: { first: FIRST, second: { ...SECOND, stream: false, params: PARAMS } },
    failures: ['The model gpt-none does not exist.', 'The model gpt-none does not exist.'],
  },
  {
    program: 'ai-sdk', // tells no reasoning
    tree: [
      ` > ${ROOT} (workflow)`,
      `${ROOT} > weather-desk (agent)`,
      `${ROOT} > weather-desk (agent)`,
      `${ROOT} > weather-desk (agent) !`,
      'step 1 > chat gpt-4o (generation)',
      'step 1 > chat gpt-4o (generation)',
      'step 1 > chat gpt-none (generation) !',
      'step 1 > weather (tool)',
      'step 2 > chat gpt-4o (generation)',
      'weather-desk > step 1 (task)',
      'weather-desk > step 1 (task)',
      'weather-desk > step 1 (task) !',
      'weather-desk > step 2 (task)',
    ],
    about: ABOUT,
    calls: {
      first: { ...FIRST, tokens: [150, 42, 100, null] },
      second: { ...SECOND, stream: false, params: PARAMS, tokens: [150, 42, 100, null] },
    },
    failures: Array.from({ length: 3 }, () => 'The model gpt-none does not exist.'),
  },
]
