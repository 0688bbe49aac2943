/**
 * Answers from articles, with Hono: a request is a trace, with the search and both calls in it.
 *
 * `npm run example hono-rag` asks one question. Served, it is what `app.fetch` is given to.
 */

import * as carrot from 'carrot-trace'
import { tracing, type TracingVariables } from 'carrot-trace/hono'
import { Hono } from 'hono'
import OpenAI from 'openai'

const ARTICLES = [
  'Resetting your password: Settings > Security > Reset Password.',
  'Refunds take three to five working days.',
  'Two-factor login protects your account.',
]

const openai = carrot.wrap(new OpenAI())

const embed = async (input: string[]) => {
  const { data } = await openai.embeddings.create({ model: 'text-embedding-3-small', input })
  return data.map(({ embedding }) => embedding)
}

const search = carrot.trace({ kind: 'retriever' }, async function search(question: string) {
  const [asked = [], ...known] = await embed([question, ...ARTICLES])
  const likeness = known.map((vector) =>
    vector.reduce((sum, value, at) => sum + value * (asked[at] ?? 0), 0),
  )
  return ARTICLES[likeness.indexOf(Math.max(...likeness))]
})

const app = new Hono<{ Variables: TracingVariables }>()
app.use(tracing({ service: 'hono-rag', tags: ['example'] }))

app.post('/answers', async (c) => {
  const question = await c.req.text()
  const reply = await openai.chat.completions.create({
    model: 'gpt-4o',
    messages: [
      { role: 'system', content: `Context: ${await search(question)}` },
      { role: 'user', content: question },
    ],
  })
  return c.text(reply.choices[0]?.message.content ?? '')
})

const reply = await app.request('/answers', {
  method: 'POST',
  body: 'How long does a refund take?',
})
console.log(await reply.text())
