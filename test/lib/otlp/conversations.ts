/**
 * Requests of each API, and the messages that OpenTelemetry has for them.
 *
 * @module
 */

export interface Case {
  name: string
  body: object
  /** Of the call that it is, beside being a chat. */
  call?: object
  system?: object[]
  messages: object[]
  tools?: object[]
}

const text = (content: string) => ({ type: 'text', content })
const user = (content: string) => ({ role: 'user', parts: [text(content)] })
const call = (id: string | null, args: unknown = { q: 1 }) => ({
  type: 'tool_call',
  ...(id && { id }),
  name: 'look',
  arguments: args,
})
const result = (id: string | null, response: unknown) => ({
  type: 'tool_call_response',
  ...(id && { id }),
  response,
})
const image = { type: 'blob', modality: 'image', mime_type: 'image/png', content: 'AAAA' }
const address = { type: 'uri', modality: 'image', uri: 'https://example.com/cat.png' }
const schema = { type: 'object', properties: {} }
const tool = { type: 'function', name: 'look', description: 'Looks.', parameters: schema }

const LEFT = '[16384 bytes, 7d1c03e8]'

export const cases: readonly Case[] = [
  {
    name: 'files of which the record has references, or nothing',
    body: {
      messages: [
        {
          role: 'user',
          content: [
            { type: 'image_url', image_url: { url: `data:image/png;base64,${LEFT}` } },
            { type: 'input_audio', input_audio: { data: '[left out]', format: 'wav' } },
          ],
        },
      ],
    },
    messages: [
      {
        role: 'user',
        parts: [
          { type: 'blob', modality: 'image', mime_type: 'image/png', content: '', bytes: 16_384 },
          { type: 'blob', modality: 'audio', content: '' },
        ],
      },
    ],
  },
  {
    name: 'OpenAI, Chat Completions',
    body: {
      messages: [
        { role: 'developer', content: 'Be brief.' },
        { role: 'user', name: 'ada', content: 'Hi' },
        {
          role: 'user',
          content: [
            { type: 'text', text: 'What is it?' },
            { type: 'image_url', image_url: { url: 'data:image/png;base64,AAAA' } },
            { type: 'image_url', image_url: { url: 'https://example.com/cat.png' } },
            { type: 'input_audio', input_audio: { data: 'BBBB', format: 'wav' } },
            { type: 'file', file: { file_id: 'file_1' } },
          ],
        },
        {
          role: 'assistant',
          content: null,
          tool_calls: [
            { id: 'c1', type: 'function', function: { name: 'look', arguments: '{"q":1}' } },
          ],
        },
        { role: 'tool', tool_call_id: 'c1', content: 'a cat' },
        { role: 'assistant', content: [{ type: 'refusal', refusal: 'No.' }] },
      ],
      tools: [
        { type: 'function', function: { name: 'look', description: 'Looks.', parameters: schema } },
      ],
    },
    messages: [
      { role: 'developer', parts: [text('Be brief.')] },
      { role: 'user', name: 'ada', parts: [text('Hi')] },
      {
        role: 'user',
        parts: [
          text('What is it?'),
          image,
          address,
          { type: 'blob', modality: 'audio', content: 'BBBB' },
          { type: 'file', modality: 'document', file_id: 'file_1' },
        ],
      },
      { role: 'assistant', parts: [call('c1')] },
      { role: 'tool', parts: [result('c1', 'a cat')] },
      { role: 'assistant', parts: [{ type: 'refusal', content: 'No.' }] },
    ],
    tools: [tool],
  },
  {
    name: 'OpenAI’s functions of old, and arguments that are no JSON',
    body: {
      messages: [
        { role: 'assistant', content: null, function_call: { name: 'look', arguments: '{"q":1}' } },
        {
          role: 'assistant',
          tool_calls: [{ id: 'c1', function: { name: 'look', arguments: '{"q' } }],
        },
      ],
    },
    messages: [
      { role: 'assistant', parts: [call(null)] },
      { role: 'assistant', parts: [call('c1', '{"q')] },
    ],
  },
  {
    name: 'OpenAI, Responses, a text',
    body: { instructions: 'Be brief.', input: 'Hi' },
    system: [text('Be brief.')],
    messages: [user('Hi')],
  },
  {
    name: 'OpenAI, Responses, items',
    body: {
      input: [
        {
          role: 'user',
          content: [
            { type: 'input_text', text: 'Hi' },
            { type: 'input_image', image_url: 'https://example.com/cat.png' },
          ],
        },
        { type: 'reasoning', id: 'rs_1', summary: [{ type: 'summary_text', text: 'Hm.' }] },
        { type: 'function_call', call_id: 'c1', name: 'look', arguments: '{"q":1}' },
        { type: 'function_call_output', call_id: 'c1', output: 'a cat' },
        { type: 'message', role: 'assistant', content: [{ type: 'output_text', text: 'A cat.' }] },
      ],
      tools: [
        { type: 'function', name: 'look', description: 'Looks.', parameters: schema },
        { type: 'web_search' },
      ],
    },
    messages: [
      { role: 'user', parts: [text('Hi'), address] },
      { role: 'assistant', parts: [{ type: 'reasoning', content: 'Hm.' }] },
      { role: 'assistant', parts: [call('c1')] },
      { role: 'tool', parts: [result('c1', 'a cat')] },
      { role: 'assistant', parts: [text('A cat.')] },
    ],
    tools: [tool, { type: 'web_search' }],
  },
  {
    name: 'Anthropic',
    body: {
      system: [{ type: 'text', text: 'Be brief.', cache_control: { type: 'ephemeral' } }],
      messages: [
        {
          role: 'user',
          content: [
            { type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'AAAA' } },
            { type: 'image', source: { type: 'url', url: 'https://example.com/cat.png' } },
            { type: 'document', source: { type: 'file', file_id: 'file_1' } },
            { type: 'document', source: { type: 'text', media_type: 'text/plain', data: 'Cats.' } },
          ],
        },
        {
          role: 'assistant',
          content: [
            { type: 'thinking', thinking: 'Hm.', signature: 'x' },
            { type: 'tool_use', id: 'c1', name: 'look', input: { q: 1 } },
          ],
        },
        { role: 'user', content: [{ type: 'tool_result', tool_use_id: 'c1', content: 'a cat' }] },
      ],
      tools: [{ name: 'look', description: 'Looks.', input_schema: schema }],
    },
    system: [text('Be brief.')],
    messages: [
      {
        role: 'user',
        parts: [
          image,
          address,
          { type: 'file', modality: 'document', file_id: 'file_1' },
          text('Cats.'),
        ],
      },
      { role: 'assistant', parts: [{ type: 'reasoning', content: 'Hm.' }, call('c1')] },
      { role: 'user', parts: [result('c1', 'a cat')] },
    ],
    tools: [tool],
  },
  {
    name: 'Google, generateContent',
    body: {
      systemInstruction: { parts: [{ text: 'Be brief.' }] },
      contents: [
        {
          role: 'user',
          parts: [
            { text: 'Hi' },
            { inlineData: { mimeType: 'image/png', data: 'AAAA' } },
            { fileData: { mimeType: 'video/mp4', fileUri: 'gs://b/v.mp4' } },
          ],
        },
        {
          role: 'model',
          parts: [
            { text: 'Hm.', thought: true },
            { functionCall: { name: 'look', args: { q: 1 } } },
          ],
        },
        {
          role: 'user',
          parts: [{ functionResponse: { name: 'look', response: { is: 'a cat' } } }],
        },
      ],
      tools: [
        { functionDeclarations: [{ name: 'look', description: 'Looks.', parameters: schema }] },
      ],
    },
    system: [text('Be brief.')],
    messages: [
      {
        role: 'user',
        parts: [
          text('Hi'),
          image,
          { type: 'uri', modality: 'video', mime_type: 'video/mp4', uri: 'gs://b/v.mp4' },
        ],
      },
      { role: 'assistant', parts: [{ type: 'reasoning', content: 'Hm.' }, call(null)] },
      { role: 'user', parts: [result(null, { is: 'a cat' })] },
    ],
    tools: [tool],
  },
  {
    name: 'Google, interactions',
    body: { system_instruction: 'Be brief.', input: [{ type: 'text', text: 'Hi' }] },
    system: [text('Be brief.')],
    messages: [user('Hi')],
  },
  {
    name: 'Bedrock, Converse',
    body: {
      system: [{ text: 'Be brief.' }],
      messages: [
        {
          role: 'user',
          content: [
            { text: 'Hi' },
            { image: { format: 'png', source: { bytes: 'AAAA' } } },
            { video: { format: 'mp4', source: { s3Location: { uri: 's3://b/v.mp4' } } } },
          ],
        },
        {
          role: 'assistant',
          content: [
            { reasoningContent: { reasoningText: { text: 'Hm.' } } },
            { toolUse: { toolUseId: 'c1', name: 'look', input: { q: 1 } } },
          ],
        },
        {
          role: 'user',
          content: [{ toolResult: { toolUseId: 'c1', content: [{ text: 'a cat' }] } }],
        },
      ],
      toolConfig: {
        tools: [
          { toolSpec: { name: 'look', description: 'Looks.', inputSchema: { json: schema } } },
        ],
      },
    },
    system: [text('Be brief.')],
    messages: [
      {
        role: 'user',
        parts: [
          text('Hi'),
          { type: 'blob', modality: 'image', content: 'AAAA' },
          { type: 'uri', modality: 'video', uri: 's3://b/v.mp4' },
        ],
      },
      { role: 'assistant', parts: [{ type: 'reasoning', content: 'Hm.' }, call('c1')] },
      { role: 'user', parts: [result('c1', [{ text: 'a cat' }])] },
    ],
    tools: [tool],
  },
  {
    name: 'Ollama, chat',
    body: {
      messages: [
        { role: 'user', content: 'Hi', images: ['AAAA'] },
        {
          role: 'assistant',
          content: '',
          thinking: 'Hm.',
          tool_calls: [{ function: { name: 'look', arguments: { q: 1 } } }],
        },
        { role: 'tool', tool_name: 'look', content: 'a cat' },
      ],
    },
    messages: [
      { role: 'user', parts: [text('Hi'), { type: 'blob', modality: 'image', content: 'AAAA' }] },
      { role: 'assistant', parts: [{ type: 'reasoning', content: 'Hm.' }, call(null)] },
      { role: 'tool', parts: [result(null, 'a cat')] },
    ],
  },
  {
    name: 'Ollama, generate',
    body: { system: 'Be brief.', prompt: 'Hi' },
    system: [text('Be brief.')],
    messages: [user('Hi')],
  },
  {
    name: 'Cohere, chat, of both versions',
    body: {
      preamble: 'Be brief.',
      chat_history: [{ role: 'CHATBOT', message: 'Hello' }],
      message: 'Hi',
    },
    system: [text('Be brief.')],
    messages: [{ role: 'assistant', parts: [text('Hello')] }, user('Hi')],
  },
  {
    name: 'Mistral, conversations',
    body: {
      instructions: 'Be brief.',
      inputs: [{ type: 'message.input', role: 'user', content: 'Hi' }],
    },
    system: [text('Be brief.')],
    messages: [user('Hi')],
  },
  {
    name: 'Vercel’s gateway',
    body: {
      prompt: [
        { role: 'system', content: 'Be brief.' },
        {
          role: 'user',
          content: [
            { type: 'text', text: 'Hi' },
            { type: 'file', mediaType: 'image/png', data: 'AAAA' },
          ],
        },
        {
          role: 'assistant',
          content: [
            { type: 'reasoning', text: 'Hm.' },
            { type: 'tool-call', toolCallId: 'c1', toolName: 'look', input: { q: 1 } },
          ],
        },
        {
          role: 'tool',
          content: [
            {
              type: 'tool-result',
              toolCallId: 'c1',
              toolName: 'look',
              output: { type: 'text', value: 'a cat' },
            },
          ],
        },
      ],
      tools: [{ type: 'function', name: 'look', description: 'Looks.', inputSchema: schema }],
    },
    messages: [
      { role: 'system', parts: [text('Be brief.')] },
      { role: 'user', parts: [text('Hi'), image] },
      { role: 'assistant', parts: [{ type: 'reasoning', content: 'Hm.' }, call('c1')] },
      { role: 'tool', parts: [result('c1', { type: 'text', value: 'a cat' })] },
    ],
    tools: [tool],
  },
  {
    name: 'Cloudflare’s universal endpoint, as the step that was answered',
    body: [
      {
        provider: 'openai',
        endpoint: 'chat/completions',
        query: { messages: [{ role: 'user', content: 'No' }] },
      },
      {
        provider: 'openai',
        endpoint: 'chat/completions',
        query: { messages: [{ role: 'user', content: 'Hi' }] },
      },
    ],
    call: { via: { gateway: 'cloudflare', step: 1 } },
    messages: [user('Hi')],
  },
  {
    name: 'Replicate, a prompt inside the input',
    body: { version: 'v1', input: { system_prompt: 'Be brief.', prompt: 'Hi' } },
    system: [text('Be brief.')],
    messages: [user('Hi')],
  },
  {
    name: 'completions of old, several prompts at once',
    body: { prompt: ['Hi', 'Ho'] },
    messages: [user('Hi'), user('Ho')],
  },
  {
    name: 'a picture that is asked for',
    body: { prompt: 'A cat' },
    call: { operation: 'image_generation' },
    messages: [user('A cat')],
  },
]
