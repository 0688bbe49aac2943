import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parse } from '../../src/lib/json.ts'
import { readConversation, readTools } from '../../worker/dashboard/chat/read.ts'

const text = (text: string) => ({ type: 'text', text })

describe('readConversation', () => {
  it('knows the size of what was recorded by reference', () => {
    const url = 'data:image/png;base64,[16384 bytes, 7d1c03e8]'
    const messages = [{ role: 'user', content: [{ type: 'image_url', image_url: { url } }] }]
    expect(readConversation({ model: 'gpt-4o', messages })).toEqual([
      {
        role: 'user',
        blocks: [{ type: 'media', what: 'image', format: 'image/png', bytes: 16_384 }],
      },
    ])
  })

  it('reads OpenAI chat: texts, parts, tool calls and their results', () => {
    const image = { type: 'image_url', image_url: { url: 'data:image/png;base64,AAAAAAAA' } }
    const asks = { id: 'c1', type: 'function', function: { name: 'find', arguments: '{"q":"x"}' } }
    const messages = [
      { role: 'system', content: 'Be brief.' },
      { role: 'user', content: [{ type: 'text', text: 'What?' }, image] },
      { role: 'assistant', content: null, tool_calls: [asks] },
      { role: 'tool', tool_call_id: 'c1', content: 'found' },
    ]
    expect(readConversation({ model: 'gpt-4o', messages })).toEqual([
      { role: 'system', blocks: [text('Be brief.')] },
      {
        role: 'user',
        blocks: [text('What?'), { type: 'media', what: 'image', format: 'image/png', bytes: 6 }],
      },
      {
        role: 'assistant',
        blocks: [{ type: 'call', id: 'c1', name: 'find', arguments: { q: 'x' } }],
      },
      {
        role: 'tool',
        blocks: [{ type: 'result', of: 'c1', failed: false, blocks: [text('found')] }],
      },
    ])
  })

  it('reads Anthropic messages: system, thinking, tool use, tool results, images', () => {
    const source = { type: 'base64', media_type: 'image/webp', data: 'AAAA' }
    const result = { type: 'tool_result', tool_use_id: 't1', is_error: true, content: 'no' }
    const body = {
      system: [{ type: 'text', text: 'You plan.' }],
      messages: [
        { role: 'user', content: [{ type: 'image', source }] },
        {
          role: 'assistant',
          content: [
            { type: 'thinking', thinking: 'Hm.' },
            { type: 'tool_use', id: 't1', name: 'go', input: { to: 'Bergen' } },
          ],
        },
        { role: 'user', content: [result] },
      ],
    }
    expect(readConversation(body)).toEqual([
      { role: 'system', blocks: [text('You plan.')] },
      { role: 'user', blocks: [{ type: 'media', what: 'image', format: 'image/webp', bytes: 3 }] },
      {
        role: 'assistant',
        blocks: [
          { type: 'reasoning', text: 'Hm.' },
          { type: 'call', id: 't1', name: 'go', arguments: { to: 'Bergen' } },
        ],
      },
      { role: 'user', blocks: [{ type: 'result', of: 't1', failed: true, blocks: [text('no')] }] },
    ])
  })

  it('reads Google contents: instruction, thoughts, calls and their results, files', () => {
    const called = { id: 'c1', name: 'weather', args: { city: 'Zürich' } }
    const code = { executableCode: { language: 'PYTHON', code: 'print(6 * 7)' } }
    const body = {
      systemInstruction: { parts: [{ text: 'Be kind.' }] },
      contents: [
        {
          role: 'user',
          parts: [
            { text: 'Hi' },
            { inlineData: { mimeType: 'image/png', data: 'AAAAAAAA' } },
            { fileData: { mimeType: 'application/pdf', fileUri: 'gs://bucket/a.pdf' } },
          ],
        },
        {
          role: 'model',
          parts: [
            { text: 'Hm.', thought: true, thoughtSignature: 'c2ln' },
            { functionCall: called },
            { functionCall: { name: 'now' } },
            { ...code, thoughtSignature: 'c2ln' },
          ],
        },
        {
          role: 'function',
          parts: [
            { functionResponse: { id: 'c1', name: 'weather', response: { sun: true } } },
            { functionResponse: { name: 'now', response: { hour: 7 } } },
          ],
        },
      ],
    }
    const result = (of: string, name: string, content: object) => ({
      type: 'result',
      of,
      name,
      failed: false,
      blocks: [{ type: 'other', name: 'result', content }],
    })
    expect(readConversation(body)).toEqual([
      { role: 'system', blocks: [text('Be kind.')] },
      {
        role: 'user',
        blocks: [
          text('Hi'),
          { type: 'media', what: 'media', format: 'image/png', bytes: 6 },
          { type: 'media', what: 'file', format: 'application/pdf', address: 'gs://bucket/a.pdf' },
        ],
      },
      {
        role: 'model',
        blocks: [
          { type: 'reasoning', text: 'Hm.' },
          { type: 'call', id: 'c1', name: 'weather', arguments: { city: 'Zürich' } },
          { type: 'call', name: 'now', arguments: {} },
          { type: 'other', name: 'executableCode', content: { ...code, thoughtSignature: 'c2ln' } },
        ],
      },
      {
        role: 'function',
        blocks: [result('c1', 'weather', { sun: true }), result('now', 'now', { hour: 7 })],
      },
    ])
  })

  it('reads Google contents that are one object, in snake case, or counted only', () => {
    const contents = { role: 'user', parts: { text: 'Hi' } }
    const turns = [
      { role: 'system', blocks: [text('Be kind.')] },
      { role: 'user', blocks: [text('Hi')] },
    ]
    const body = { contents, system_instruction: { parts: { text: 'Be kind.' } } }
    expect(readConversation(body)).toEqual(turns)
    expect(readConversation({ generateContentRequest: body })).toEqual(turns)
  })

  it('reads Google interactions: one text, parts, or steps with calls and their results', () => {
    const model = 'gemini-3-flash'
    const system_instruction = 'Be kind.'
    const instructed = { role: 'system', blocks: [text('Be kind.')] }
    const picture = { type: 'image', mime_type: 'image/png', data: 'AAAAAAAA' }
    const shown = { type: 'media', what: 'image', format: 'image/png', bytes: 6 }
    expect(readConversation({ agent: 'deep', input: 'Hi', system_instruction })).toEqual([
      instructed,
      { role: 'user', blocks: [text('Hi')] },
    ])
    expect(readConversation({ model, input: [{ type: 'text', text: 'Hi' }, picture] })).toEqual([
      { role: 'user', blocks: [text('Hi'), shown] },
    ])
    const steps = [
      { type: 'user_input', content: [{ type: 'text', text: 'Hi' }] },
      { type: 'thought', signature: 'c2ln', summary: [{ type: 'text', text: 'Hm.' }] },
      { type: 'function_call', id: 'f1', name: 'weather', arguments: { city: 'Zürich' } },
      { type: 'function_result', call_id: 'f1', name: 'weather', result: 'sun', is_error: true },
      { type: 'model_output', content: [{ type: 'text', text: 'Sunny.' }] },
    ]
    expect(readConversation({ model, input: steps })).toEqual([
      { role: 'user', blocks: [text('Hi')] },
      { role: 'assistant', blocks: [{ type: 'reasoning', text: 'Hm.' }] },
      {
        role: 'assistant',
        blocks: [{ type: 'call', id: 'f1', name: 'weather', arguments: { city: 'Zürich' } }],
      },
      {
        role: 'tool',
        blocks: [
          { type: 'result', of: 'f1', name: 'weather', failed: true, blocks: [text('sun')] },
        ],
      },
      { role: 'assistant', blocks: [text('Sunny.')] },
    ])
  })

  it('reads the responses API', () => {
    const input = [
      { role: 'user', content: [{ type: 'input_text', text: 'Hi' }] },
      { type: 'function_call', call_id: 'c', name: 'f', arguments: '{' },
      { type: 'function_call_output', call_id: 'c', output: 'ok' },
      { type: 'custom_tool_call', call_id: 'd', name: 'shell', input: 'ls' },
      { type: 'custom_tool_call_output', call_id: 'd', output: 'a.txt' },
    ]
    expect(readConversation({ model: 'gpt-5', instructions: 'Be brief.', input })).toEqual([
      { role: 'system', blocks: [text('Be brief.')] },
      { role: 'user', blocks: [text('Hi')] },
      { role: 'assistant', blocks: [{ type: 'call', id: 'c', name: 'f', arguments: '{' }] },
      { role: 'tool', blocks: [{ type: 'result', of: 'c', failed: false, blocks: [text('ok')] }] },
      { role: 'assistant', blocks: [{ type: 'call', id: 'd', name: 'shell', arguments: 'ls' }] },
      {
        role: 'tool',
        blocks: [{ type: 'result', of: 'd', failed: false, blocks: [text('a.txt')] }],
      },
    ])
  })

  it('reads Ollama: thinking, pictures, arguments that are no text, results by name', () => {
    const messages = [
      { role: 'user', content: 'What is it?', images: ['iVBORw0K'] },
      {
        role: 'assistant',
        content: '',
        thinking: 'A bird.',
        tool_calls: [{ function: { name: 'look', arguments: { at: 'bird' } } }],
      },
      { role: 'tool', tool_name: 'look', content: 'A heron' },
    ]
    expect(readConversation({ model: 'qwen3', messages })).toEqual([
      {
        role: 'user',
        blocks: [text('What is it?'), { type: 'media', what: 'image', bytes: 6 }],
      },
      {
        role: 'assistant',
        blocks: [
          { type: 'reasoning', text: 'A bird.' },
          { type: 'call', name: 'look', arguments: { at: 'bird' } },
        ],
      },
      {
        role: 'tool',
        blocks: [{ type: 'result', of: 'look', failed: false, blocks: [text('A heron')] }],
      },
    ])
  })

  it('reads a prompt with its instruction, its pictures and what is to follow', () => {
    const body = { model: 'qwen3', prompt: 'def f(', system: 'Be brief.', suffix: 'return a' }
    expect(readConversation({ ...body, images: ['AAAA', 7] })).toEqual([
      { role: 'system', blocks: [text('Be brief.')] },
      {
        role: 'user',
        blocks: [
          text('def f('),
          { type: 'media', what: 'image', bytes: 3 },
          { type: 'other', name: 'suffix', content: 'return a' },
        ],
      },
    ])
  })

  it('reads Cohere: the plan, the calls and their results', () => {
    const call = { id: 'c1', type: 'function', function: { name: 'find', arguments: '{"q":"x"}' } }
    const document = { type: 'document', document: { data: 'found' } }
    const messages = [
      { role: 'user', content: [{ type: 'text', text: 'What?' }] },
      { role: 'assistant', tool_plan: 'I will look.', tool_calls: [call] },
      { role: 'tool', tool_call_id: 'c1', content: [document] },
    ]
    expect(readConversation({ model: 'command-a', messages })).toEqual([
      { role: 'user', blocks: [text('What?')] },
      {
        role: 'assistant',
        blocks: [
          { type: 'reasoning', text: 'I will look.' },
          { type: 'call', id: 'c1', name: 'find', arguments: { q: 'x' } },
        ],
      },
      {
        role: 'tool',
        blocks: [
          {
            type: 'result',
            of: 'c1',
            failed: false,
            blocks: [{ type: 'other', name: 'document', content: document }],
          },
        ],
      },
    ])
  })

  it('reads Mistral’s conversations, begun with a model or an agent, and gone on with', () => {
    const hi = { role: 'user', blocks: [text('Hi')] }
    const told = { role: 'system', blocks: [text('Be brief.')] }
    const begun = { inputs: 'Hi', instructions: 'Be brief.' }
    expect(readConversation({ ...begun, model: 'm' })).toEqual([told, hi])
    expect(readConversation({ ...begun, agent_id: 'ag_1' })).toEqual([told, hi])
    const inputs = [
      { object: 'entry', type: 'message.input', role: 'user', content: 'Hi' },
      { type: 'function.call', tool_call_id: 'c1', name: 'go', arguments: '{"to":"B"}' },
      { type: 'function.result', tool_call_id: 'c1', result: 'gone' },
    ]
    expect(readConversation({ inputs })).toEqual([
      hi,
      {
        role: 'assistant',
        blocks: [{ type: 'call', id: 'c1', name: 'go', arguments: { to: 'B' } }],
      },
      {
        role: 'tool',
        blocks: [{ type: 'result', of: 'c1', failed: false, blocks: [text('gone')] }],
      },
    ])
  })

  it('reads Bedrock’s Converse: reasoning, tools and their results, pictures, documents', () => {
    const body = {
      system: [{ text: 'Be brief.' }],
      messages: [
        {
          role: 'user',
          content: [
            { text: 'Hi' },
            { image: { format: 'png', source: { bytes: 'AAAAAAAA' } } },
            { document: { format: 'pdf', name: 'a', source: { s3Location: { uri: 's3://b/a' } } } },
          ],
        },
        {
          role: 'assistant',
          content: [
            { reasoningContent: { reasoningText: { text: 'Hm.', signature: 'c2ln' } } },
            { citationsContent: { content: [{ text: 'As ' }, { text: 'said.' }], citations: [] } },
            { toolUse: { toolUseId: 't1', name: 'go', input: { to: 'Bergen' } } },
          ],
        },
        {
          role: 'user',
          content: [
            { toolResult: { toolUseId: 't1', content: [{ text: 'no' }], status: 'error' } },
          ],
        },
        { role: 'user', content: [{ cachePoint: { type: 'default' } }] },
      ],
    }
    const turns = [
      { role: 'system', blocks: [text('Be brief.')] },
      {
        role: 'user',
        blocks: [
          text('Hi'),
          { type: 'media', what: 'image', format: 'png', bytes: 6 },
          { type: 'media', what: 'file', format: 'pdf', address: 's3://b/a' },
        ],
      },
      {
        role: 'assistant',
        blocks: [
          { type: 'reasoning', text: 'Hm.' },
          text('As said.'),
          { type: 'call', id: 't1', name: 'go', arguments: { to: 'Bergen' } },
        ],
      },
      { role: 'user', blocks: [{ type: 'result', of: 't1', failed: true, blocks: [text('no')] }] },
      {
        role: 'user',
        blocks: [
          { type: 'other', name: 'cachePoint', content: { cachePoint: { type: 'default' } } },
        ],
      },
    ]
    expect(readConversation(body)).toEqual(turns)
    expect(readConversation({ input: { converse: body } })).toEqual(turns)
  })

  it('reads the AI SDK’s prompts: parts, files, tools and their results', () => {
    const prompt = [
      { role: 'system', content: 'Be brief.' },
      {
        role: 'user',
        content: [
          { type: 'text', text: 'Hi' },
          { type: 'file', mediaType: 'image/png', data: 'AAAAAAAA' },
          { type: 'file', mediaType: 'image/png', data: { type: 'data', data: 'AAAA' } },
          {
            type: 'file',
            mediaType: 'application/pdf',
            data: { type: 'url', url: 'https://x.test/a.pdf' },
          },
        ],
      },
      {
        role: 'assistant',
        content: [
          { type: 'reasoning', text: 'Hm.' },
          { type: 'tool-call', toolCallId: 't1', toolName: 'go', input: { to: 'Bergen' } },
        ],
      },
      {
        role: 'tool',
        content: [
          {
            type: 'tool-result',
            toolCallId: 't1',
            toolName: 'go',
            output: { type: 'error-text', value: 'no' },
          },
        ],
      },
    ]
    const result = { type: 'result', of: 't1', name: 'go', failed: true, blocks: [text('no')] }
    expect(readConversation({ prompt, temperature: 0 })).toEqual([
      { role: 'system', blocks: [text('Be brief.')] },
      {
        role: 'user',
        blocks: [
          text('Hi'),
          { type: 'media', what: 'image', format: 'image/png', bytes: 6 },
          { type: 'media', what: 'image', format: 'image/png', bytes: 3 },
          { type: 'media', what: 'file', address: 'https://x.test/a.pdf' },
        ],
      },
      {
        role: 'assistant',
        blocks: [
          { type: 'reasoning', text: 'Hm.' },
          { type: 'call', id: 't1', name: 'go', arguments: { to: 'Bergen' } },
        ],
      },
      { role: 'tool', blocks: [result] },
    ])
  })

  it.for([
    { prompt: 'Hi', system_prompt: 'Be brief.', max_gen_len: 9 },
    { version: 'v', input: { prompt: 'Hi', system_prompt: 'Be brief.' } },
    {
      model: '@cf/meta/llama',
      input: {
        messages: [
          { role: 'system', content: 'Be brief.' },
          { role: 'user', content: 'Hi' },
        ],
      },
    },
    [
      {
        provider: 'openai',
        endpoint: 'chat/completions',
        query: {
          messages: [
            { role: 'system', content: 'Be brief.' },
            { role: 'user', content: 'Hi' },
          ],
        },
      },
      { provider: 'anthropic', endpoint: 'v1/messages', query: { messages: [] } },
    ],
    {
      provider: 'anthropic',
      query: { system: 'Be brief.', messages: [{ role: 'user', content: 'Hi' }] },
    },
  ])('reads a request that names its model elsewhere, or is within another: %j', (body) => {
    expect(readConversation(body)).toEqual([
      { role: 'system', blocks: [text('Be brief.')] },
      { role: 'user', blocks: [text('Hi')] },
    ])
  })

  it('reads Titan’s text', () => {
    expect(readConversation({ inputText: 'Hi', textGenerationConfig: {} })).toEqual([
      { role: 'user', blocks: [text('Hi')] },
    ])
  })

  it('reads the assistant’s message as records carry it, one or several', () => {
    const one = { role: 'assistant', content: 'Yes.', reasoning: 'Sure?', refusal: 'No.' }
    const turn = {
      role: 'assistant',
      blocks: [
        { type: 'reasoning', text: 'Sure?' },
        text('Yes.'),
        { type: 'refusal', text: 'No.' },
      ],
    }
    expect(readConversation(one)).toEqual([turn])
    expect(readConversation({ choices: [one, one] })).toEqual([turn, turn])
    expect(readConversation({ choices: [{ index: 0, message: one }] })).toEqual([turn])
  })

  it('reads what a model made that is no text, and what its provider did', () => {
    const search = { type: 'web_search_call', id: 'ws_1', action: { query: 'x' } }
    const image = { type: 'image', format: 'png', size: '1024x1024', bytes: 9 }
    const video = { type: 'video', format: 'video/mp4', url: 'https://x.test/a.mp4' }
    const file = { type: 'file', format: 'application/pdf', bytes: 7 }
    const code = { executableCode: { language: 'PYTHON', code: '1' } }
    const blocks = [search, image, video, file, code]
    const message = { role: 'assistant', content: 'Done.', blocks }
    expect(readConversation(message)).toEqual([
      {
        role: 'assistant',
        blocks: [
          text('Done.'),
          { type: 'other', name: 'web_search_call', content: search },
          { type: 'media', what: 'image', format: 'png, 1024x1024', bytes: 9 },
          { type: 'media', what: 'video', format: 'video/mp4', address: 'https://x.test/a.mp4' },
          { type: 'media', what: 'file', format: 'application/pdf', bytes: 7 },
          { type: 'other', name: 'executableCode', content: code },
        ],
      },
    ])
  })

  it('keeps a block that it does not know', () => {
    const strange = { type: 'hologram', rays: 7 }
    const document = { type: 'document', document: { data: 'What was found.' } }
    const content = [strange, document, 7]
    expect(readConversation({ messages: [{ role: 'user', content }] })).toEqual([
      {
        role: 'user',
        blocks: [
          { type: 'other', name: 'hologram', content: strange },
          { type: 'other', name: 'document', content: document },
          { type: 'other', name: 'part', content: 7 },
        ],
      },
    ])
  })

  it.for([
    'How do I reset my password?',
    { question: 'How?' },
    { input: 'plain' },
    { input: { prompt: 7 } },
    { prompt: 'plain' },
    { prompt: ['plain'] },
    { provider: 'plain' },
    [{ query: 'plain' }],
    { inputs: 'plain' },
    { inputs: ['a', { b: 1 }] },
    { query: 'Which?', documents: ['a'] },
    { messages: [] },
    { messages: ['a'] },
    { contents: [] },
    { contents: ['a'] },
    { contents: { html: '<p>' } },
    { choices: [] },
    [],
    [1, 2],
    null,
    7,
  ])('sees no conversation in %j', (body) => {
    expect(readConversation(body)).toBeUndefined()
  })

  it('never fails, whatever the body', () => {
    const part = fc.jsonValue()
    const body = fc.oneof(
      fc.jsonValue(),
      fc.record({ messages: fc.array(fc.record({ role: part, content: part, tool_calls: part })) }),
      fc.array(fc.record({ query: part })),
      fc.record({
        model: fc.string(),
        query: part,
        provider: part,
        inputText: part,
        max_tokens: part,
        toolConfig: part,
        input: part,
        inputs: part,
        prompt: fc.string(),
        images: part,
        suffix: part,
        contents: part,
        candidates: part,
        choices: part,
      }),
    )
    fc.assert(
      fc.property(body, (body) => {
        const read = parse(JSON.stringify(body)) ?? null
        readConversation(read)
        readTools(read)
      }),
    )
  })
})

describe('readTools', () => {
  it('names the tools that a request offers', () => {
    const tools = [
      { name: 'a' },
      { type: 'function', function: { name: 'b' } },
      { type: 'web_search' },
      { functionDeclarations: [{ name: 'c' }, { name: 'd' }] },
      { googleSearch: {} },
      { toolSpec: { name: 'e', inputSchema: {} } },
    ]
    const names = ['a', 'b', 'web_search', 'c', 'd', 'googleSearch', 'e']
    for (const body of [{ tools }, { toolConfig: { tools } }, [{ query: { tools } }]]) {
      expect(readTools(body).map(([name]) => name)).toEqual(names)
    }
  })
})
