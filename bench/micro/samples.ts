/**
 * A call and its record, as an application's are.
 *
 * @module
 */

import { absentUsage } from '../../dist/lib/formats/usage.js'
import { openaiChat } from '../../dist/lib/formats/openai-chat.js'
import { assistantMessage } from '../../dist/lib/formats/message.js'
import type { Json } from '../../dist/lib/json.js'
import type { ModelCall, SpanRecord } from '../../dist/lib/record.js'
import { messages, MODEL } from '../scenarios/calls.ts'

export function emptyCall(): ModelCall {
  return {
    operation: 'chat',
    provider: 'openai',
    format: 'openai.chat',
    server: { address: 'api.openai.com' },
    time: {},
    http: { method: 'POST', url: 'https://api.openai.com/v1/chat/completions', status: 200 },
    request: { stream: false, params: {} },
    response: { choices: [] },
    usage: absentUsage(),
    ended: 'complete',
    capture: { truncated: false },
  }
}

export function recordOf(reply: Json): SpanRecord {
  const call = emptyCall()
  const input = { model: MODEL, messages: messages('What does the third paragraph say?') }
  openaiChat.request(call, input, () => undefined)
  openaiChat.reply(call, reply)
  const output = assistantMessage(call.response.choices)
  return {
    v: 1,
    id: '01930000-0000-7000-8000-000000000001',
    trace: { traceId: '0'.repeat(32), spanId: '0'.repeat(16), sampled: true },
    name: 'chat gpt-4o',
    kind: 'generation',
    status: 'success',
    seq: 1,
    startUnixMs: 1_764_000_000_000,
    endUnixMs: 1_764_000_000_310,
    input,
    ...(output !== undefined && { output }),
    tags: [],
    metadata: {},
    resource: { sdk: 'carrot-trace/0.1.0' },
    call,
  }
}
