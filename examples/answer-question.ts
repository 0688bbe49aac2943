/**
 * A help desk in four pipelines, each with something worth looking at in the dashboard: steps around
 * a call, a stream, an agent with a tool, and a call that fails.
 *
 * Runs against whatever the clients' environment names: `OPENAI_API_KEY` and `ANTHROPIC_API_KEY`, and
 * `OPENAI_BASE_URL` and `ANTHROPIC_BASE_URL` for a stand-in. `npm start` runs it.
 */

import Anthropic from '@anthropic-ai/sdk'
import * as carrot from 'carrot-trace'
import OpenAI from 'openai'

carrot.init({ service: 'help-desk', environment: 'example', tags: ['example'] })

const openai = carrot.wrap(new OpenAI())
const anthropic = carrot.wrap(new Anthropic())

const search = carrot.trace(
  { name: 'search', kind: 'retriever' },
  async function search(query: string) {
    const articles = [
      'Resetting your password: Settings > Security > Reset Password.',
      'Two-factor login.',
    ]
    return articles.filter((article) =>
      article.toLowerCase().includes(query.split(' ').at(-1)?.slice(0, 8) ?? ''),
    )
  },
)

/** Steps around a call: the pipeline of the README. */
const answerQuestion = carrot.trace(async function answerQuestion(question: string) {
  const docs = await search('reset my password')
  const reply = await openai.chat.completions.create({
    model: 'gpt-4o',
    messages: [
      { role: 'system', content: `Context:\n${docs.join('\n')}` },
      { role: 'user', content: question },
    ],
  })
  return reply.choices[0]?.message.content
})

/** A stream, passed on as it comes. */
const streamAnswer = carrot.trace(
  { tags: ['streamed'] },
  async function* streamAnswer(question: string) {
    const stream = await openai.chat.completions.create({
      model: 'gpt-4o-mini',
      messages: [{ role: 'user', content: question }],
      stream: true,
      stream_options: { include_usage: true },
    })
    for await (const chunk of stream) yield chunk.choices[0]?.delta.content ?? ''
  },
)

/** An agent: the model asks for a tool, the tool runs, the model answers. */
const reviewAnswer = carrot.trace(
  { kind: 'agent', metadata: { version: '2' }, userId: 'user-12', sessionId: 'session-9' },
  async function reviewAnswer(answer: string) {
    const request = {
      model: 'claude-sonnet-4-6',
      max_tokens: 300,
      system: 'Check answers of the help desk against its articles.',
      tools: [
        {
          name: 'search_articles',
          description: 'Searches the help desk.',
          input_schema: { type: 'object' as const, properties: { query: { type: 'string' } } },
        },
      ],
    }
    const messages: Anthropic.MessageParam[] = [
      { role: 'user', content: `Review this answer: ${answer}` },
    ]
    const first = await anthropic.messages.create({ ...request, messages })
    messages.push({ role: 'assistant', content: first.content })
    for (const block of first.content) {
      if (block.type !== 'tool_use') continue
      const found = await carrot.span('search_articles', { kind: 'tool', input: block.input }, () =>
        search('password'),
      )
      messages.push({
        role: 'user',
        content: [{ type: 'tool_result', tool_use_id: block.id, content: found.join('\n') }],
      })
    }
    const final = await anthropic.messages.stream({ ...request, messages }).finalMessage()
    return final.content.flatMap((block) => (block.type === 'text' ? [block.text] : [])).join('')
  },
)

/** A call that fails: no such model. */
const translate = carrot.trace(async function translate(text: string) {
  const reply = await openai.chat.completions.create({
    model: 'gpt-4o-translate',
    messages: [{ role: 'user', content: `Translate to French: ${text}` }],
  })
  return reply.choices[0]?.message.content
})

const question = 'How do I reset my password?'
const answer = (await answerQuestion(question)) ?? ''
console.log(`\n${question}\n${answer}\n`)

for await (const text of streamAnswer('When do I get my refund?')) process.stdout.write(text)
console.log('\n')

console.log(await reviewAnswer(answer), '\n')
await translate(answer).catch((error: Error) =>
  console.log(`As it should, this fails: ${error.message}\n`),
)

const { accepted, rejected, dropped, pending } = await carrot.flush()
console.log(
  `Traced: ${accepted} steps accepted, ${rejected} rejected, ${dropped} dropped, ${pending} pending.`,
)
if (rejected + dropped + pending > 0) process.exitCode = 1
