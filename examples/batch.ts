/**
 * A batch on Node: tickets are sorted a few at a time, one fails, and all of them are one trace.
 *
 * `npm run example batch`
 */

import * as carrot from 'carrot-trace'
import OpenAI from 'openai'

carrot.init({ service: 'batch', tags: ['example'] })

const AT_ONCE = 3
const TICKETS = [
  'How do I reset my password?',
  'When do I get my refund?',
  'My refund is late.',
  'The password mail never came.',
  'Nothing works.',
]

const openai = carrot.wrap(new OpenAI({ maxRetries: 0 }))

const classify = carrot.trace(async function classify(ticket: string) {
  const reply = await openai.chat.completions.create({
    model: ticket === 'Nothing works.' ? 'no-such-model' : 'gpt-4o-mini',
    messages: [
      { role: 'system', content: 'Say in a sentence what is wanted.' },
      { role: 'user', content: ticket },
    ],
  })
  return reply.choices[0]?.message.content ?? ''
})

const results = await carrot.span('sort tickets', { input: TICKETS }, async (s) => {
  const left = [...TICKETS]
  const done: PromiseSettledResult<string>[] = []
  const work = async () => {
    for (let ticket = left.shift(); ticket !== undefined; ticket = left.shift()) {
      done.push(...(await Promise.allSettled([classify(ticket)])))
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work))
  s.set({ metadata: { failed: done.filter(({ status }) => status === 'rejected').length } })
  return done
})

const failed = results.filter(({ status }) => status === 'rejected').length
console.log(`${results.length - failed} of ${results.length} tickets were sorted.`)
const { accepted, dropped } = await carrot.flush()
console.log(`${accepted} steps were accepted, ${dropped} dropped.`)
