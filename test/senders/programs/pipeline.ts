/**
 * What every program does: ask a model, call the tool that it asks for, ask again with the result,
 * streamed, call the tool for what it does not have, and ask a model that does not exist.
 *
 * @module
 */

import type OpenAI from 'openai'

export const QUESTION = 'How is the weather in Paris?'
export const MODEL = 'gpt-4o'
export const MISSING = 'gpt-none'

type Message = OpenAI.Chat.ChatCompletionMessageParam

export const TOOLS: OpenAI.Chat.ChatCompletionFunctionTool[] = [
  {
    type: 'function',
    function: {
      name: 'weather',
      description: 'The weather of a city.',
      parameters: { type: 'object', properties: { city: { type: 'string' } } },
    },
  },
]

export const asked: Message[] = [
  { role: 'system', content: 'Be brief.' },
  { role: 'user', content: QUESTION },
]

/** @param weather The tool, traced by whoever traces. */
export async function pipeline(
  client: Pick<OpenAI, 'chat'>,
  weather: (city: string) => Promise<string>,
): Promise<string> {
  const first = await client.chat.completions.create({
    model: MODEL,
    messages: asked,
    tools: TOOLS,
    temperature: 0.5,
    max_tokens: 100,
  })
  const message = first.choices[0]?.message
  const call = message?.tool_calls?.[0]
  if (!message || call?.type !== 'function') throw new Error('The model called no tool.')
  const { city }: { city: string } = JSON.parse(call.function.arguments)
  const stream = await client.chat.completions.create({
    model: MODEL,
    messages: [
      ...asked,
      { role: 'assistant', content: null, tool_calls: message.tool_calls ?? [] },
      { role: 'tool', tool_call_id: call.id, content: await weather(city) },
    ],
    tools: TOOLS,
    stream: true,
    stream_options: { include_usage: true },
  })
  let answer = ''
  for await (const chunk of stream) answer += chunk.choices[0]?.delta.content ?? ''
  await failing(weather('Atlantis'), 'No such city')
  await failing(client.chat.completions.create({ model: MISSING, messages: asked }), '404')
  return answer
}

async function failing(work: PromiseLike<unknown>, reason: string): Promise<void> {
  const error: unknown = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  if (!String(error).includes(reason))
    throw new Error(`It was to fail: ${reason}.`, { cause: error })
}

export function forecast(city: string): string {
  if (city === 'Atlantis') throw new Error('No such city.')
  return `Sunny in ${city}.`
}
