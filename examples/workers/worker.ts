/**
 * A help desk on Workers: one question goes through a Worker, a Durable Object, a Queue and a Workflow, and
 * is one trace across all of them.
 *
 * @module
 */

import { DurableObject, env, WorkflowEntrypoint } from 'cloudflare:workers'
import type { WorkflowEvent, WorkflowStep } from 'cloudflare:workers'
import * as carrot from 'carrot-trace'
import type { SpanCarrier } from 'carrot-trace'
import { instrument, spanOf } from 'carrot-trace/workers'
import OpenAI from 'openai'

interface Env {
  OPENAI_API_KEY: string
  OPENAI_BASE_URL: string
  CONVERSATIONS: DurableObjectNamespace<ConversationObject>
  REVIEWS: Queue<Review>
  REVIEW: Workflow<Review>
}

interface Review {
  question: string
  answer: string
  /** Names the span that it comes from. */
  trace: SpanCarrier
}

const { OPENAI_API_KEY: apiKey, OPENAI_BASE_URL: baseURL } = env as Env
const openai = carrot.wrap(new OpenAI({ apiKey, baseURL }))

async function ask(question: string): Promise<string> {
  const reply = await openai.chat.completions.create({
    model: 'gpt-4o',
    messages: [{ role: 'user', content: question }],
  })
  return reply.choices[0]?.message.content ?? ''
}

/** Keeps what was said in one conversation. */
class ConversationObject extends DurableObject<Env> {
  async answer(question: string, _trace: SpanCarrier): Promise<string> {
    const answer = await ask(question)
    await this.ctx.storage.put(question, answer)
    return answer
  }
}

/** Looks at an answer again, a while after it was given. */
class ReviewWorkflow extends WorkflowEntrypoint<Env, Review> {
  override async run({ payload }: WorkflowEvent<Review>, step: WorkflowStep) {
    const grade = await step.do('grade', () => ask(`Is this right? ${payload.answer}`))
    await step.sleep('let it rest', '1 second')
    return step.do('improve', () => ask(`${payload.question} An earlier answer was: ${grade}`))
  }
}

export const Conversation = instrument(ConversationObject)
export const ReviewAnswer = instrument(ReviewWorkflow, { name: 'review' })

const handler = {
  async fetch(request, env) {
    if (request.method !== 'POST') return new Response('POST a question.\n')
    const question = await request.text()
    const trace = spanOf(request).export()
    const answer = await env.CONVERSATIONS.getByName('somebody').answer(question, trace)
    await env.REVIEWS.send({ question, answer, trace })
    return new Response(`${answer}\n`)
  },

  async queue(batch, env) {
    for (const { body } of batch.messages) {
      await carrot.span('start review', { parent: body.trace }, (s) =>
        env.REVIEW.create({ params: { ...body, trace: s.export() } }),
      )
    }
  },
} satisfies ExportedHandler<Env, Review>

export default instrument(handler, { service: 'help-desk' })
