/**
 * What a client gave to the application, in the same words for all of them.
 *
 * @module
 */

import { fields, items, string, type Json } from '../../../src/lib/json.ts'

export interface Given {
  text: string
  tools: { name: string; arguments: Json }[]
  /** The provider's word for why it stopped. */
  finish: string | undefined
  /** The provider's counts. */
  usage: Json | undefined
}

/** What clients give is of classes of their own: as JSON it can be read like anything from outside. */
export function plain(value: unknown): Json {
  return JSON.parse(JSON.stringify(value ?? null))
}

export function tool(name: Json | undefined, given: Json | undefined): Given['tools'][number] {
  return { name: string(name) ?? '', arguments: valueOf(given) }
}

/** Of arguments their value; broken ones are a text. */
export function valueOf(given: Json | undefined): Json {
  if (typeof given !== 'string') return given ?? {}
  try {
    return JSON.parse(given || '{}')
  } catch {
    return given
  }
}

export function textsIn(parts: Json | undefined, type: string): string {
  const texts = items(parts)
    .map(fields)
    .filter((part) => part.type === type)
  return texts.map(({ text }) => string(text) ?? '').join('')
}

/** OpenAI's message, and those who took it over. */
export function fromChat(choice: Json | undefined, usage: Json | undefined): Given {
  const { message, finish_reason } = fields(choice)
  const { content, audio, tool_calls } = fields(message)
  return {
    text: string(content) ?? string(fields(audio).transcript) ?? '',
    tools: items(tool_calls).map((call) => {
      const { function: called, custom } = fields(call)
      const { name, arguments: given, input } = fields(called ?? custom)
      return tool(name, given ?? input)
    }),
    finish: string(finish_reason),
    usage,
  }
}

/** The choice that its events add up to, as the application adds them up. */
export async function addedUp(stream: AsyncIterable<unknown>): Promise<Given> {
  let content = ''
  let finish_reason: Json | undefined
  let usage: Json | undefined
  const calls: Record<string, Json>[] = []
  for await (const chunk of stream) {
    const { choices, x_groq, usage: counted = fields(x_groq).usage } = fields(plain(chunk))
    const choice = items(choices)
      .map(fields)
      .find(({ index = 0 }) => index === 0)
    const { content: piece, audio, tool_calls } = fields(choice?.delta)
    usage = counted ?? usage
    finish_reason = choice?.finish_reason ?? finish_reason
    content += string(piece) ?? string(fields(audio).transcript) ?? ''
    for (const each of items(tool_calls)) {
      const { index, function: called, custom } = fields(each)
      const { name, arguments: given, input } = fields(called ?? custom)
      const call = (calls[Number(index)] ??= { name: '', arguments: '' })
      call.name = name ?? call.name ?? ''
      call.arguments = `${String(call.arguments)}${string(given ?? input) ?? ''}`
    }
  }
  const tool_calls = calls.map((called) => ({ function: called }))
  return fromChat({ message: { content, tool_calls }, finish_reason: finish_reason ?? null }, usage)
}
