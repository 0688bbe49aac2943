/**
 * A response of OpenAI's Responses API as the events of its stream, in the order of the API.
 *
 * @see https://platform.openai.com/docs/api-reference/responses-streaming
 * @module
 */

export interface Reply {
  status: string
  output: readonly Item[]
  usage?: object | null
  error?: object | null
  incomplete_details?: object | null
}

export interface Item {
  type: string
  id: string
  [field: string]: unknown
}

interface Text {
  type: string
  text?: string
  refusal?: string
}

export function whole(reply: Reply): object {
  return {
    id: 'resp_67ccd2bed1ec8190',
    object: 'response',
    created_at: 1_741_476_542,
    error: null,
    incomplete_details: null,
    instructions: null,
    metadata: {},
    model: 'gpt-5.4-2026-03-05',
    parallel_tool_calls: true,
    previous_response_id: null,
    service_tier: 'default',
    temperature: 1,
    tool_choice: 'auto',
    tools: [],
    usage: null,
    ...reply,
  }
}

/** Every event, with its number. */
export function events(reply: Reply): object[] {
  const begun = whole({ status: 'in_progress', output: [] })
  return [
    { type: 'response.created', response: { ...begun, service_tier: 'auto' } },
    { type: 'response.in_progress', response: { ...begun, service_tier: 'auto' } },
    ...reply.output.flatMap(itemEvents),
    { type: `response.${reply.status}`, response: whole(reply) },
  ].map((event, sequence_number) => ({ ...event, sequence_number }))
}

export function itemEvents(item: Item, output_index: number): object[] {
  const at = { item_id: item.id, output_index }
  const texts = (name: string) => (Array.isArray(item[name]) ? (item[name] as Text[]) : [])
  return [
    { type: 'response.output_item.added', output_index, item: begun(item) },
    ...texts('summary').flatMap(({ text = '' }, summary_index) => {
      const part = { ...at, summary_index }
      return [
        { type: 'response.reasoning_summary_part.added', ...part, part: { type: 'summary_text' } },
        ...pieces('response.reasoning_summary_text', part, 'text', text),
        { type: 'response.reasoning_summary_part.done', ...part, part: { text } },
      ]
    }),
    ...texts('content').flatMap(({ type, text, refusal }, content_index) => {
      const part = { ...at, content_index }
      const said = text ?? refusal ?? ''
      return [
        { type: 'response.content_part.added', ...part, part: { type, text: '' } },
        ...pieces(`response.${type}`, part, refusal === undefined ? 'text' : 'refusal', said),
        { type: 'response.content_part.done', ...part, part: { type, text: said } },
      ]
    }),
    ...(item.type === 'function_call'
      ? pieces('response.function_call_arguments', at, 'arguments', String(item.arguments))
      : []),
    ...(item.type === 'custom_tool_call'
      ? pieces('response.custom_tool_call_input', at, 'input', String(item.input))
      : []),
    ...(item.type === 'web_search_call'
      ? [
          { type: 'response.web_search_call.searching', ...at },
          { type: 'response.web_search_call.completed', ...at },
        ]
      : []),
    ...(item.type === 'image_generation_call'
      ? [
          {
            type: 'response.image_generation_call.partial_image',
            ...at,
            partial_image_index: 0,
            partial_image_b64: 'B'.repeat(3_000),
          },
          { type: 'response.image_generation_call.completed', ...at },
        ]
      : []),
    { type: 'response.output_item.done', output_index, item },
  ]
}

/** An item as its first event has it. */
function begun(item: Item): Item {
  const empty = { summary: [], content: [], arguments: '', input: '', result: null, action: null }
  const known = Object.entries(empty).filter(([field]) => field in item)
  return { ...item, ...Object.fromEntries(known), status: 'in_progress' }
}

function pieces(type: string, at: object, field: string, text: string): object[] {
  const deltas = text.match(/[\s\S]{1,5}/gu) ?? []
  return [
    ...deltas.map((delta) => ({ type: `${type}.delta`, ...at, delta, obfuscation: 'x7Kq' })),
    { type: `${type}.done`, ...at, [field]: text },
  ]
}

/** Events as they are sent. */
export function streamOf(events: readonly object[]): Uint8Array<ArrayBuffer> {
  const text = events.map((event) => `data: ${JSON.stringify(event)}\n\n`).join('')
  return new TextEncoder().encode(text)
}
