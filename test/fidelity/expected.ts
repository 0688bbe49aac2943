/**
 * What the records of the scenarios have to say, the same on every runtime.
 *
 * @module
 */

const ANSWER =
  'Go to Settings > Security > Reset Password, enter your email address, and follow the link that we send you. The link is valid for one hour.'
const message = { role: 'assistant', content: ANSWER }
const complete = {
  name: 'chat gpt-4o',
  status: 'success',
  ended: 'complete',
  output: message,
  usage: ['provider', 17, 35],
  finish: ['stop'],
  error: undefined,
}
const untold = { ...complete, usage: ['absent', null, null] }
const failed = {
  status: 'error',
  ended: 'error',
  output: undefined,
  usage: untold.usage,
  finish: [],
}

export const EXPECTED: Record<string, object[]> = {
  'openai, a whole reply': [complete],
  'openai, a stream read to its end': [untold],
  'openai, a stream with usage': [complete],
  'openai, a stream whose usage is asked for unseen': [
    { ...complete, usage: ['injected', 17, 35] },
  ],
  'openai, a stream left early': [
    { ...untold, ended: 'cancelled', output: { ...message, content: 'Go to' }, finish: [null] },
  ],
  'openai, withResponse': [complete],
  'openai, the stream helper': [untold],
  'openai, a model that does not exist': [
    { ...failed, name: 'chat gpt-0', error: 'invalid_request_error' },
  ],
  'openai, a wrong key': [{ ...failed, name: 'chat gpt-4o', error: 'invalid_request_error' }],
  'openai, aborted before it is sent': [],
  'anthropic, a whole reply': [
    { ...complete, name: 'chat claude-sonnet-4-6', usage: ['provider', 1041, 42] },
  ],
  'anthropic, a stream of a tool call': [
    {
      ...complete,
      name: 'chat claude-sonnet-4-6',
      output: {
        role: 'assistant',
        content: 'Let me look that up.',
        tool_calls: [
          {
            id: 'toolu_0105vzl6lrpdmrs',
            type: 'function',
            function: { name: 'search', arguments: '{"query":"reset password","limit":3}' },
          },
        ],
      },
      usage: ['provider', 1041, 40],
      finish: ['tool_call'],
    },
  ],
  'fetch, the response itself': [complete],
  'fetch, the chunks of a stream': [untold],
  'fetch, a Request as input': [complete],
  'fetch, no model API at all': [],
  'fetch, nobody there': [{ ...failed, name: 'chat gpt-4o', error: 'network' }],
}
