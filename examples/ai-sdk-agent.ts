/**
 * An agent of the AI SDK: the model asks for a tool, the tool runs, the model answers.
 *
 * `npm run example ai-sdk-agent`
 */

import { createOpenAI } from '@ai-sdk/openai'
import { isStepCount, streamText, tool } from 'ai'
import * as carrot from 'carrot-trace'
import { z } from 'zod'

carrot.init({ service: 'ai-sdk-agent', tags: ['example'] })

const openai = carrot.wrap(createOpenAI())

const searchArticles = tool({
  description: 'Searches the help desk.',
  inputSchema: z.object({ query: z.string() }),
  execute: carrot.trace(
    { name: 'searchArticles', kind: 'tool', params: ['input'] },
    async ({ query }: { query: string }) => [`Settings > Security has all about your ${query}.`],
  ),
})

const answer = carrot.trace({ kind: 'agent' }, async function* answer(prompt: string) {
  const { textStream } = streamText({
    model: openai('gpt-4o'),
    tools: { searchArticles },
    stopWhen: isStepCount(5),
    prompt,
  })
  yield* textStream
})

for await (const text of answer('How do I reset my password?')) process.stdout.write(text)
console.log()
