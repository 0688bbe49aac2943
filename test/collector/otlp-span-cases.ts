/** Spans of each convention, as its senders write them, and what is kept of them. */

import type { JsonObject } from '../../src/lib/json.ts'
import { PARENT, type Sketch } from './support/otlp.ts'

export interface SpanCase {
  name: string
  span: Sketch
  /** Some of what is kept. */
  kept: object
}

const asked = [
  { role: 'system', content: 'Be brief.' },
  { role: 'user', content: 'Hi' },
]
const said = { role: 'assistant', content: 'Hello' }
const usage = { input: 150, output: 42, total: 192, cacheRead: 100, reasoning: 7 }
const counted = { input: 150, output: 42 }
const called = (name: string, given: string, id: string | null = 'c1') => ({
  id,
  type: 'function',
  function: { name, arguments: given },
})
const text = (content: string) => ({ type: 'text', content })

const GEN_AI: SpanCase[] = [
  {
    name: 'v0.1.0: messages as JSON, every count and parameter',
    span: {
      name: 'chat gpt-4o',
      kind: 3,
      attributes: {
        'gen_ai.operation.name': 'chat',
        'gen_ai.provider.name': 'openai',
        'gen_ai.request.model': 'gpt-4o',
        'gen_ai.response.model': 'gpt-4o-2024-11-20',
        'gen_ai.response.id': 'r1',
        'gen_ai.request.max_tokens': 100,
        'gen_ai.request.temperature': 0.5,
        'gen_ai.request.top_k': 40,
        'gen_ai.request.stop_sequences': ['END'],
        'gen_ai.request.stream': true,
        'gen_ai.response.time_to_first_chunk': 0.25,
        'gen_ai.response.finish_reasons': ['stop'],
        'gen_ai.usage.input_tokens': 150,
        'gen_ai.usage.output_tokens': 42,
        'gen_ai.usage.cache_read.input_tokens': 100,
        'gen_ai.usage.cache_write.input_tokens': 20,
        'gen_ai.usage.reasoning.output_tokens': 7,
        'gen_ai.conversation.id': 'conversation',
        'gen_ai.system_instructions': JSON.stringify([text('Be brief.')]),
        'gen_ai.input.messages': JSON.stringify([{ role: 'user', parts: [text('Hi')] }]),
        'gen_ai.output.messages': JSON.stringify([{ role: 'assistant', parts: [text('Hello')] }]),
        'gen_ai.tool.definitions': JSON.stringify([{ type: 'function', name: 'look' }]),
        'server.address': 'api.openai.com',
        team: 'support',
      },
    },
    kept: {
      kind: 'generation',
      name: 'chat gpt-4o',
      status: 'success',
      model: 'gpt-4o-2024-11-20',
      provider: 'openai',
      inputTokens: 150,
      outputTokens: 42,
      sessionId: 'conversation',
      metadata: { team: 'support' },
      input: {
        model: 'gpt-4o',
        messages: asked,
        tools: [{ type: 'function', function: { name: 'look' } }],
      },
      output: said,
      call: {
        format: 'otel.gen_ai',
        server: { address: 'api.openai.com' },
        http: { url: 'https://api.openai.com' },
        request: {
          model: 'gpt-4o',
          stream: true,
          params: { maxTokens: 100, temperature: 0.5, topK: 40, stop: ['END'] },
        },
        response: { id: 'r1', choices: [{ index: 0, finishReason: 'stop' }] },
        time: { firstChunkMs: 250, endMs: 1000 },
        usage: { source: 'provider', final: true, ...counted, cacheRead: 100, cacheWrite: 20 },
        ended: 'complete',
      },
    },
  },
  {
    name: 'v0.1.0: messages as values, with every kind of part',
    span: {
      attributes: {
        'gen_ai.operation.name': 'chat',
        'gen_ai.input.messages': [
          {
            role: 'user',
            parts: [
              text('Look'),
              { type: 'uri', modality: 'image', uri: 'https://example.com/cat.png' },
              { type: 'blob', modality: 'image', mime_type: 'image/png', content: 'AAAA' },
              { type: 'blob', modality: 'audio', mime_type: 'audio/wav', content: 'BBBB' },
              { type: 'file', modality: 'document', file_id: 'f1' },
              { type: 'compaction', content: 'short' },
            ],
          },
          {
            role: 'assistant',
            parts: [
              { type: 'reasoning', content: 'hm' },
              { type: 'tool_call', id: 'c1', name: 'look', arguments: { q: 1 } },
            ],
          },
          { role: 'tool', parts: [{ type: 'tool_call_response', id: 'c1', result: 'a cat' }] },
        ],
        'gen_ai.output.messages': [
          { role: 'assistant', parts: [text('A cat')], finish_reason: 'stop' },
          { role: 'assistant', parts: [text('A dog')], finish_reason: 'length' },
        ],
      },
    },
    kept: {
      input: {
        messages: [
          {
            role: 'user',
            content: [
              { type: 'text', text: 'Look' },
              { type: 'image_url', image_url: { url: 'https://example.com/cat.png' } },
              { type: 'image_url', image_url: { url: 'data:image/png;base64,AAAA' } },
              { type: 'input_audio', input_audio: { data: 'BBBB', format: 'wav' } },
              { type: 'file', file: { file_id: 'f1' } },
              { type: 'compaction', content: 'short' },
            ],
          },
          {
            role: 'assistant',
            content: null,
            reasoning: 'hm',
            tool_calls: [called('look', '{"q":1}')],
          },
          { role: 'tool', tool_call_id: 'c1', content: 'a cat' },
        ],
      },
      output: {
        choices: [
          { role: 'assistant', content: 'A cat' },
          { role: 'assistant', content: 'A dog' },
        ],
      },
      call: {
        response: {
          choices: [
            { index: 0, finishReason: 'stop' },
            { index: 1, finishReason: 'length' },
          ],
        },
      },
    },
  },
  {
    name: 'before v0.1.0: old names, and an event for each message',
    span: {
      name: 'chat gpt-4o',
      attributes: {
        'gen_ai.operation.name': 'chat',
        'gen_ai.system': 'az.ai.openai',
        'gen_ai.request.model': 'gpt-4o',
        'gen_ai.openai.request.seed': 7,
        'gen_ai.openai.request.response_format': 'json_schema',
        'gen_ai.usage.prompt_tokens': 150,
        'gen_ai.usage.completion_tokens': 42,
        'gen_ai.usage.cache_creation.input_tokens': 20,
      },
      events: [
        { name: 'gen_ai.system.message', attributes: { content: 'Be brief.' } },
        { name: 'gen_ai.user.message', attributes: { 'gen_ai.event.content': '{"content":"Hi"}' } },
        {
          name: 'gen_ai.assistant.message',
          attributes: { tool_calls: JSON.stringify([called('look', '{}')]) },
        },
        { name: 'gen_ai.tool.message', attributes: { id: 'c1', content: 'a cat' } },
        {
          name: 'gen_ai.choice',
          attributes: { index: 0, finish_reason: 'tool_calls', message: JSON.stringify(said) },
        },
      ],
    },
    kept: {
      provider: 'azure.ai.openai',
      inputTokens: 150,
      outputTokens: 42,
      metadata: {},
      input: {
        model: 'gpt-4o',
        messages: [
          ...asked,
          { role: 'assistant', content: null, tool_calls: [called('look', '{}')] },
          { role: 'tool', tool_call_id: 'c1', content: 'a cat' },
        ],
      },
      output: said,
      call: {
        request: { params: { seed: 7, outputType: 'json' } },
        response: { choices: [{ finishReason: 'tool_call', finishReasonRaw: 'tool_calls' }] },
        usage: { cacheWrite: 20 },
      },
    },
  },
  {
    name: 'before v0.1.0: one event for all that was asked, and one for the answer',
    span: {
      attributes: { 'gen_ai.system': 'anthropic', 'gen_ai.request.model': 'claude' },
      events: [
        { name: 'gen_ai.content.prompt', attributes: { 'gen_ai.prompt': JSON.stringify(asked) } },
        { name: 'gen_ai.content.completion', attributes: { 'gen_ai.completion': 'Hello' } },
      ],
    },
    kept: {
      kind: 'generation',
      provider: 'anthropic',
      metadata: {},
      input: { model: 'claude', messages: asked },
      output: said,
    },
  },
  {
    name: 'the event that says it all',
    span: {
      attributes: { 'gen_ai.operation.name': 'chat', 'gen_ai.request.model': 'm' },
      events: [
        {
          name: 'gen_ai.client.inference.operation.details',
          attributes: {
            'gen_ai.input.messages': [{ role: 'user', parts: [text('Hi')] }],
            'gen_ai.usage.input_tokens': 3,
          },
        },
      ],
    },
    kept: {
      inputTokens: 3,
      input: { model: 'm', messages: [{ role: 'user', content: 'Hi' }] },
      metadata: {},
    },
  },
  {
    name: 'events kept as one attribute, as Pydantic AI does',
    span: {
      attributes: {
        'gen_ai.operation.name': 'chat',
        'gen_ai.request.model': 'm',
        events: JSON.stringify([
          { 'event.name': 'gen_ai.user.message', role: 'user', content: 'Hi' },
          { 'event.name': 'gen_ai.choice', message: said },
        ]),
      },
    },
    kept: {
      input: { model: 'm', messages: [{ role: 'user', content: 'Hi' }] },
      output: said,
      metadata: {},
    },
  },
  {
    name: 'embeddings',
    span: {
      attributes: {
        'gen_ai.operation.name': 'embeddings',
        'gen_ai.provider.name': 'openai',
        'gen_ai.request.model': 'e',
        'gen_ai.usage.input_tokens': 5,
        'gen_ai.embeddings.dimension.count': 256,
      },
    },
    kept: {
      kind: 'embedding',
      model: 'e',
      inputTokens: 5,
      outputTokens: null,
      call: { operation: 'embeddings', response: { dimensions: 256, choices: [] } },
    },
  },
  {
    name: 'a tool',
    span: {
      name: 'execute_tool look',
      attributes: {
        'gen_ai.operation.name': 'execute_tool',
        'gen_ai.tool.name': 'look',
        'gen_ai.tool.call.id': 'c1',
        'gen_ai.tool.call.arguments': '{"q":1}',
        'gen_ai.tool.call.result': '"a cat"',
      },
    },
    kept: {
      kind: 'tool',
      name: 'look',
      input: { q: 1 },
      output: 'a cat',
      call: null,
      metadata: { 'gen_ai.tool.call.id': 'c1' },
    },
  },
  {
    name: 'an agent, whose tokens are those of the calls in it and count there',
    span: {
      name: 'invoke_agent desk',
      attributes: {
        'gen_ai.operation.name': 'invoke_agent',
        'gen_ai.agent.name': 'desk',
        'gen_ai.request.model': 'gpt-4o',
        'gen_ai.usage.input_tokens': 300,
        'gen_ai.input.messages': JSON.stringify([{ role: 'user', parts: [text('Hi')] }]),
      },
    },
    kept: {
      kind: 'agent',
      name: 'desk',
      model: null,
      inputTokens: null,
      call: null,
      input: { messages: [{ role: 'user', content: 'Hi' }] },
      metadata: { 'gen_ai.request.model': 'gpt-4o', 'gen_ai.usage.input_tokens': 300 },
    },
  },
  {
    name: 'a retriever',
    span: { attributes: { 'gen_ai.operation.name': 'retrieval' } },
    kept: { kind: 'retriever', call: null, metadata: {} },
  },
  {
    name: 'a failure: the provider’s code, the answer’s status, the exception',
    span: {
      status: { code: 2, message: 'It broke.' },
      attributes: {
        'gen_ai.operation.name': 'chat',
        'gen_ai.request.model': 'm',
        'error.type': 'rate_limit_exceeded',
        'http.response.status_code': 429,
      },
      events: [
        {
          name: 'exception',
          attributes: {
            'exception.type': 'APIError',
            'exception.message': 'Slow down.',
            'exception.stacktrace': 'APIError: Slow down.\n    at here',
          },
        },
      ],
    },
    kept: {
      status: 'error',
      error: {
        type: 'rate_limit_exceeded',
        message: 'Slow down.',
        status: 429,
        stack: 'APIError: Slow down.\n    at here',
      },
      call: { ended: 'error', http: { status: 429 }, usage: { final: false } },
      metadata: {},
    },
  },
  {
    name: 'more cached than there was input, of who tells the cached apart',
    span: {
      attributes: {
        'gen_ai.operation.name': 'chat',
        'gen_ai.usage.input_tokens': 10,
        'gen_ai.usage.output_tokens': 5,
        'gen_ai.usage.cache_read_input_tokens': 100,
      },
    },
    kept: { inputTokens: 110, call: { usage: { input: 110, total: 115, cacheRead: 100 } } },
  },
  {
    name: 'content that is no list of messages',
    span: {
      attributes: {
        'gen_ai.operation.name': 'chat',
        'gen_ai.input.messages': 'Hi',
        'gen_ai.output.messages': '{"text":"Hello"}',
      },
    },
    kept: { input: 'Hi', output: { text: 'Hello' }, metadata: {} },
  },
  {
    name: 'instructions and messages that are mere texts',
    span: {
      attributes: {
        'gen_ai.operation.name': 'chat',
        'gen_ai.system_instructions': 'Be brief.',
        'gen_ai.input.messages': ['Hi'],
      },
    },
    kept: { input: { messages: asked } },
  },
  {
    name: 'counts that are none',
    span: {
      attributes: {
        'gen_ai.operation.name': 'chat',
        'gen_ai.usage.input_tokens': -1,
        'gen_ai.usage.output_tokens': 1.5,
        'gen_ai.usage.cache_read.input_tokens': 'many',
        'gen_ai.usage.reasoning.output_tokens': 1e12,
      },
    },
    kept: {
      inputTokens: null,
      outputTokens: null,
      call: {
        usage: { source: 'absent', final: false, input: null, output: null, cacheRead: null },
      },
    },
  },
]

const OPENINFERENCE: SpanCase[] = [
  {
    name: 'a call, its messages numbered',
    span: {
      attributes: {
        'openinference.span.kind': 'LLM',
        'llm.provider': 'google',
        'llm.model_name': 'gemini-1',
        'llm.invocation_parameters': '{"model":"gemini","max_tokens":100,"tool_choice":"auto"}',
        'llm.input_messages.1.message.role': 'user',
        'llm.input_messages.1.message.contents.0.message_content.type': 'text',
        'llm.input_messages.1.message.contents.0.message_content.text': 'Hi',
        'llm.input_messages.1.message.contents.1.message_content.type': 'image',
        'llm.input_messages.1.message.contents.1.message_content.image.image.url':
          'https://e.com/i',
        'llm.input_messages.0.message.role': 'system',
        'llm.input_messages.0.message.content': 'Be brief.',
        'llm.input_messages.999999999.message.role': 'tool',
        'llm.input_messages.999999999.message.tool_call_id': 'c0',
        'llm.input_messages.999999999.message.content': 'a cat',
        'llm.output_messages.0.message.role': 'assistant',
        'llm.output_messages.0.message.tool_calls.0.tool_call.id': 'c1',
        'llm.output_messages.0.message.tool_calls.0.tool_call.function.name': 'look',
        'llm.output_messages.0.message.tool_calls.0.tool_call.function.arguments': '{"q":1}',
        'llm.tools.0.tool.json_schema': '{"type":"function","function":{"name":"look"}}',
        'llm.token_count.prompt': 150,
        'llm.token_count.completion': 42,
        'llm.token_count.total': 192,
        'llm.token_count.prompt_details.cache_read': 100,
        'llm.token_count.completion_details.reasoning': 7,
        'input.value': 'Hi',
        'output.value': '{"raw":"answer"}',
        'output.mime_type': 'application/json',
        'session.id': 's1',
        'user.id': 'u1',
        metadata: '{"team":"support"}',
        'tag.tags': ['a', 'b'],
      },
    },
    kept: {
      kind: 'generation',
      model: 'gemini-1',
      provider: 'gcp.gen_ai',
      inputTokens: 150,
      outputTokens: 42,
      userId: 'u1',
      sessionId: 's1',
      tags: ['a', 'b'],
      metadata: { team: 'support', 'llm.invocation_parameters.others': { tool_choice: 'auto' } },
      input: {
        model: 'gemini',
        messages: [
          { role: 'system', content: 'Be brief.' },
          {
            role: 'user',
            content: [
              { type: 'text', text: 'Hi' },
              { type: 'image_url', image_url: { url: 'https://e.com/i' } },
            ],
          },
          { role: 'tool', tool_call_id: 'c0', content: 'a cat' },
        ],
        tools: [{ type: 'function', function: { name: 'look' } }],
      },
      output: { role: 'assistant', content: null, tool_calls: [called('look', '{"q":1}')] },
      call: {
        format: 'openinference',
        request: { model: 'gemini', params: { maxTokens: 100 } },
        usage,
      },
    },
  },
  {
    name: 'a call with the request as it was sent',
    span: {
      attributes: {
        'openinference.span.kind': 'LLM',
        'llm.model_name': 'gpt-4o',
        'input.value': JSON.stringify({ model: 'gpt-4o', messages: asked, user: 'me' }),
        'input.mime_type': 'application/json',
        'llm.input_messages.0.message.role': 'system',
      },
    },
    kept: { input: { model: 'gpt-4o', messages: asked, user: 'me' }, metadata: {} },
  },
  {
    name: 'embeddings, without the vectors’ texts being lost',
    span: {
      attributes: {
        'openinference.span.kind': 'EMBEDDING',
        'embedding.model_name': 'e',
        'embedding.embeddings.0.embedding.text': 'one',
        'embedding.embeddings.1.embedding.text': 'two',
        'llm.token_count.prompt': 2,
      },
    },
    kept: { kind: 'embedding', model: 'e', inputTokens: 2, input: { input: ['one', 'two'] } },
  },
  {
    name: 'a retriever and what it found',
    span: {
      attributes: {
        'openinference.span.kind': 'RETRIEVER',
        'input.value': 'cats',
        'retrieval.documents.0.document.content': 'a cat',
        'retrieval.documents.0.document.score': 0.5,
        'retrieval.documents.0.document.metadata': '{"page":1}',
      },
    },
    kept: {
      kind: 'retriever',
      call: null,
      input: 'cats',
      output: [{ content: 'a cat', score: 0.5, metadata: { page: 1 } }],
    },
  },
  {
    name: 'a reranker',
    span: {
      attributes: {
        'openinference.span.kind': 'RERANKER',
        'reranker.model_name': 'r',
        'reranker.query': 'cats',
        'reranker.input_documents.0.document.content': 'a cat',
        'reranker.output_documents.0.document.content': 'a cat',
      },
    },
    kept: {
      kind: 'retriever',
      model: 'r',
      call: { operation: 'rerank' },
      input: { query: 'cats', documents: [{ content: 'a cat' }] },
      output: [{ content: 'a cat' }],
    },
  },
  ...(
    [
      ['TOOL', 'tool'],
      ['AGENT', 'agent'],
      ['CHAIN', 'workflow'],
      ['GUARDRAIL', 'guardrail'],
      ['EVALUATOR', 'evaluator'],
    ] as const
  ).map(([word, kind]) => ({
    name: `a step: ${word}`,
    span: {
      attributes: {
        'openinference.span.kind': word,
        'input.value': '{"a":1}',
        'input.mime_type': 'application/json',
        'output.value': '{"b":2}',
        'output.mime_type': 'text/plain',
      },
    },
    kept: { kind, input: { a: 1 }, output: '{"b":2}', metadata: {}, call: null },
  })),
]

const langfuse = (type: string, more: JsonObject) => ({
  attributes: { 'langfuse.observation.type': type, ...more },
})

const LANGFUSE: SpanCase[] = [
  {
    name: 'a generation, its counts apart from each other',
    span: langfuse('generation', {
      'langfuse.observation.model.name': 'gpt-4o',
      'langfuse.observation.model.parameters': '{"max_tokens":100,"temperature":0.5}',
      'langfuse.observation.input': JSON.stringify({ messages: asked }),
      'langfuse.observation.output': 'Hello',
      'langfuse.observation.usage_details': JSON.stringify({
        input: 50,
        output: 35,
        total: 192,
        input_cached_tokens: 100,
        output_reasoning_tokens: 7,
      }),
      'langfuse.observation.completion_start_time': '"2026-01-01T00:00:00.250Z"',
      'langfuse.observation.metadata.team': 'support',
      'langfuse.user.id': 'u1',
      'langfuse.session.id': 's1',
      'langfuse.trace.tags': ['a'],
      'langfuse.environment': 'staging',
      'langfuse.release': '2',
    }),
    kept: {
      kind: 'generation',
      model: 'gpt-4o',
      inputTokens: 150,
      outputTokens: 42,
      userId: 'u1',
      sessionId: 's1',
      environment: 'staging',
      resource: { environment: 'staging', release: '2', sdk: 'test' },
      tags: ['a'],
      metadata: { team: 'support' },
      input: { messages: asked },
      output: said,
      call: {
        format: 'langfuse',
        request: { stream: true, params: { maxTokens: 100, temperature: 0.5 } },
        time: { firstChunkMs: 250 },
        usage,
      },
    },
  },
  {
    name: 'a generation, its counts as totals',
    span: langfuse('generation', {
      'langfuse.observation.usage_details': JSON.stringify({
        input: 150,
        output: 42,
        total: 192,
        input_cached_tokens: 100,
      }),
    }),
    kept: { inputTokens: 150, outputTokens: 42, call: { usage: { ...counted, cacheRead: 100 } } },
  },
  {
    name: 'a generation, its counts in OpenAI’s words',
    span: langfuse('generation', {
      'langfuse.observation.usage_details': JSON.stringify({
        prompt_tokens: 150,
        completion_tokens: 42,
        total_tokens: 192,
        prompt_tokens_details: { cached_tokens: 100 },
        completion_tokens_details: { reasoning_tokens: 7 },
      }),
    }),
    kept: { inputTokens: 150, outputTokens: 42, call: { usage } },
  },
  {
    name: 'a failure by its level alone',
    span: langfuse('generation', {
      'langfuse.observation.level': 'ERROR',
      'langfuse.observation.status_message': 'no such model',
    }),
    kept: { status: 'error', error: { type: '_OTHER', message: 'no such model' } },
  },
  {
    name: 'a warning, which is none',
    span: langfuse('tool', { 'langfuse.observation.level': 'WARNING' }),
    kept: {
      kind: 'tool',
      status: 'success',
      error: null,
      metadata: { 'langfuse.observation.level': 'WARNING' },
    },
  },
  {
    name: 'a root of no type, with what the trace was given',
    span: langfuse('span', {
      'langfuse.trace.input': '{"question":"Hi"}',
      'langfuse.trace.output': 'Hello',
      'langfuse.trace.metadata': '{"team":"support"}',
    }),
    kept: {
      kind: 'workflow',
      input: { question: 'Hi' },
      output: 'Hello',
      metadata: { team: 'support' },
    },
  },
]

const AI_SDK: SpanCase[] = [
  {
    name: 'a call of the model',
    span: {
      name: 'ai.streamText.doStream',
      attributes: {
        'operation.name': 'ai.streamText.doStream desk',
        'ai.operationId': 'ai.streamText.doStream',
        'ai.model.provider': 'amazon-bedrock',
        'ai.model.id': 'claude',
        'ai.settings.maxOutputTokens': 100,
        'ai.prompt.messages': JSON.stringify(asked),
        'ai.prompt.tools': ['{"type":"function","name":"look"}'],
        'ai.response.text': '',
        'ai.response.reasoning': 'hm',
        'ai.response.toolCalls': '[{"toolCallId":"c1","toolName":"look","args":{"q":1}}]',
        'ai.response.finishReason': 'tool-calls',
        'ai.response.msToFirstChunk': 250.5,
        'ai.usage.promptTokens': 150,
        'ai.usage.completionTokens': 42,
        'ai.usage.cachedInputTokens': 100,
        'ai.usage.reasoningTokens': 7,
        'ai.telemetry.metadata.userId': 'u1',
        'ai.telemetry.metadata.sessionId': 's1',
        'ai.telemetry.metadata.tags': ['a'],
        'ai.telemetry.metadata.team': 'support',
      },
    },
    kept: {
      kind: 'generation',
      name: 'chat claude',
      model: 'claude',
      provider: 'aws.bedrock',
      inputTokens: 150,
      outputTokens: 42,
      userId: 'u1',
      sessionId: 's1',
      tags: ['a'],
      metadata: { team: 'support' },
      input: { messages: asked, tools: [{ type: 'function', name: 'look' }] },
      output: {
        role: 'assistant',
        content: null,
        reasoning: 'hm',
        tool_calls: [called('look', '{"q":1}')],
      },
      call: {
        format: 'ai-sdk',
        request: { stream: true, params: { maxTokens: 100 } },
        response: { choices: [{ finishReason: 'tool_call', finishReasonRaw: 'tool-calls' }] },
        time: { firstChunkMs: 250.5 },
        usage: { ...usage, total: 192 },
      },
    },
  },
  {
    name: 'the call of the user around it, whose tokens count there',
    span: {
      name: 'ai.generateText',
      attributes: {
        'ai.operationId': 'ai.generateText',
        'ai.telemetry.functionId': 'desk',
        'ai.model.id': 'gpt-4o',
        'ai.prompt': JSON.stringify({ prompt: 'Hi' }),
        'ai.response.text': 'Hello',
        'ai.usage.inputTokens': 300,
      },
    },
    kept: {
      kind: 'agent',
      name: 'desk',
      model: null,
      inputTokens: null,
      call: null,
      input: { prompt: 'Hi' },
      output: said,
      metadata: {
        'ai.telemetry.functionId': 'desk',
        'gen_ai.request.model': 'gpt-4o',
        'gen_ai.usage.input_tokens': 300,
      },
    },
  },
  {
    name: 'an object that was asked for',
    span: {
      attributes: {
        'ai.operationId': 'ai.generateObject.doGenerate',
        'ai.response.object': '{"a":1}',
      },
    },
    kept: { kind: 'generation', output: { role: 'assistant', content: '{"a":1}' } },
  },
  {
    name: 'embeddings, counted and not kept',
    span: {
      attributes: {
        'ai.operationId': 'ai.embedMany.doEmbed',
        'ai.model.id': 'e',
        'ai.values': ['"one"', '"two"'],
        'ai.embeddings': ['[1,2]', '[3,4]'],
        'ai.usage.tokens': 2,
      },
    },
    kept: {
      kind: 'embedding',
      inputTokens: 2,
      input: { input: ['one', 'two'] },
      output: null,
      metadata: {},
      call: { operation: 'embeddings', request: { inputCount: 2 }, response: { outputCount: 2 } },
    },
  },
  {
    name: 'a tool',
    span: {
      name: 'ai.toolCall',
      attributes: {
        'ai.operationId': 'ai.toolCall',
        'ai.toolCall.name': 'look',
        'ai.toolCall.args': '{"q":1}',
        'ai.toolCall.result': '"a cat"',
      },
    },
    kept: { kind: 'tool', name: 'look', input: { q: 1 }, output: 'a cat', call: null },
  },
]

const TRACELOOP: SpanCase[] = [
  {
    name: 'a call, its messages numbered',
    span: {
      name: 'openai.chat',
      attributes: {
        'llm.request.type': 'chat',
        'gen_ai.system': 'OpenAI',
        'gen_ai.request.model': 'gpt-4o',
        'gen_ai.prompt.0.role': 'system',
        'gen_ai.prompt.0.content': 'Be brief.',
        'gen_ai.prompt.1.role': 'user',
        'gen_ai.prompt.1.content': 'Hi',
        'gen_ai.completion.0.role': 'assistant',
        'gen_ai.completion.0.finish_reason': 'tool_calls',
        'gen_ai.completion.0.tool_calls.0.id': 'c1',
        'gen_ai.completion.0.tool_calls.0.name': 'look',
        'gen_ai.completion.0.tool_calls.0.arguments': '{"q":1}',
        'llm.request.functions.0.name': 'look',
        'llm.request.functions.0.parameters': '{"type":"object"}',
        'gen_ai.usage.prompt_tokens': 150,
        'gen_ai.usage.completion_tokens': 42,
        'llm.usage.total_tokens': 192,
        'traceloop.association.properties.user_id': 'u1',
        'traceloop.association.properties.team': 'support',
      },
    },
    kept: {
      kind: 'generation',
      provider: 'openai',
      inputTokens: 150,
      outputTokens: 42,
      userId: 'u1',
      metadata: { team: 'support' },
      input: {
        model: 'gpt-4o',
        messages: asked,
        tools: [{ type: 'function', function: { name: 'look', parameters: { type: 'object' } } }],
      },
      output: { role: 'assistant', content: null, tool_calls: [called('look', '{"q":1}')] },
      call: {
        format: 'traceloop',
        response: { choices: [{ finishReason: 'tool_call', finishReasonRaw: 'tool_calls' }] },
        usage: { ...counted, total: 192 },
      },
    },
  },
  ...(['workflow', 'task', 'agent', 'tool'] as const).map((kind) => ({
    name: `a step: ${kind}`,
    span: {
      name: `look.${kind}`,
      attributes: {
        'traceloop.span.kind': kind,
        'traceloop.entity.name': 'look',
        'traceloop.entity.input': '{"q":1}',
        'traceloop.entity.output': '"a cat"',
      },
    },
    kept: { kind, name: 'look', input: { q: 1 }, output: 'a cat', metadata: {} },
  })),
]

const ANY: SpanCase[] = [
  {
    name: 'a step, with all that it says as metadata',
    span: {
      name: 'GET /cats',
      kind: 2,
      parentSpanId: PARENT,
      attributes: { 'http.route': '/cats', nested: { a: [1, null] }, big: 0.5 },
      events: [{ name: 'cache miss', attributes: { key: 'cats' } }],
      links: [{ traceId: '1'.repeat(32), spanId: '2'.repeat(16) }],
      droppedAttributesCount: 3,
    },
    kept: {
      kind: 'task',
      name: 'GET /cats',
      status: 'success',
      parentId: PARENT,
      input: null,
      output: null,
      metadata: {
        'http.route': '/cats',
        nested: { a: [1, {}] },
        big: 0.5,
        otel: {
          kind: 'server',
          events: [{ name: 'cache miss', attributes: { key: 'cats' } }],
          links: [{ trace_id: '1'.repeat(32), span_id: '2'.repeat(16) }],
          dropped: { attributes: 3 },
        },
      },
    },
  },
  {
    name: 'a root, which is a workflow',
    span: { name: 'cats' },
    kept: { kind: 'workflow', metadata: {}, resource: { sdk: 'test' } },
  },
  {
    name: 'what has not ended',
    span: { endTimeUnixNano: '0' },
    kept: { status: 'running', endUs: null },
  },
  {
    name: 'a failure by its status',
    span: { status: { code: 2, message: 'no cats' } },
    kept: { status: 'error', error: { type: '_OTHER', message: 'no cats' } },
  },
  {
    name: 'an exception that was dealt with',
    span: { events: [{ name: 'exception', attributes: { 'exception.type': 'E' } }] },
    kept: {
      status: 'success',
      error: null,
      metadata: {
        otel: { events: [{ name: 'exception', attributes: { 'exception.type': 'E' } }] },
      },
    },
  },
]

export const SPANS: readonly (readonly [convention: string, cases: readonly SpanCase[]])[] = [
  ['OpenTelemetry GenAI', GEN_AI],
  ['OpenInference', OPENINFERENCE],
  ['Langfuse', LANGFUSE],
  ['AI SDK', AI_SDK],
  ['Traceloop', TRACELOOP],
  ['any other', ANY],
]
