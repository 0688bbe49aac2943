/**
 * Two hundred pipelines at once, of three levels, that call models: streamed, whole, of Anthropic, and
 * one that does not exist. All share the clients of the module.
 *
 * @module
 */

import type { Span, Tracer } from 'carrot-trace'
import type { Check, Place } from '../check.ts'
import {
  answerTo,
  byAnthropic,
  CHAT,
  clients,
  failing,
  streamed,
  whole,
  type Clients,
} from '../clients.ts'

const PIPELINES = 200
const indexes = Array.from({ length: PIPELINES }, (_, index) => index)

interface Seen {
  /** Pipelines that got another answer than theirs, or found themselves in another span. */
  wrong: string[]
  /** Whether streams were under way at the same time. */
  interleaved: boolean
}

const SEEN: Seen = { wrong: [], interleaved: true }

/** What pipelines ask for, by turns: every other one a stream. */
const CALLS = [
  { ask: streamed, name: CHAT, answer: answerTo },
  { ask: whole, name: CHAT, answer: answerTo },
  { ask: streamed, name: CHAT, answer: answerTo },
  { ask: byAnthropic, name: 'chat claude-sonnet-4-6', answer: answerTo },
  { ask: streamed, name: CHAT, answer: answerTo },
  { ask: failing, name: 'chat gpt-0', answer: () => 'not found' },
] as const

function questionOf(index: number): string {
  return `What of ${index}?`
}

/** What happens in a step of a pipeline. */
function calls() {
  const seen: Seen = { wrong: [], interleaved: false }
  let open = 0
  return {
    seen,
    async make(given: Clients, index: number): Promise<void> {
      const { ask, answer } = nth(CALLS, index)
      const question = questionOf(index)
      let began = 0
      const text = await ask(given, question, () => {
        began = 1
        open += 1
        seen.interleaved ||= open > 1
      })
      open -= began
      if (text !== answer(question)) seen.wrong.push(`${index}: ${text}`)
    },
  }
}

function delivered(): string[] {
  return indexes
    .flatMap((index) => {
      const step = `pipeline ${index} > step ${index}`
      const call = `${nth(CALLS, index).name} “${questionOf(index)}”`
      return [`pipeline ${index}`, step, `${step} > ${call}`]
    })
    .toSorted()
}

export const ambientPipelines: Check = {
  name: '200 pipelines at once, by the ambient context',
  applies: ({ ambient }) => ambient,
  async run({ url }, recording) {
    const tracer = recording.tracer()
    const shared = clients(tracer.fetch, url)
    const { seen, make } = calls()
    const pipeline = (index: number) =>
      tracer.trace(`pipeline ${index}`, async () => {
        await tracer.span(`step ${index}`, async (step) => {
          await make(shared, index)
          if (tracer.currentSpan() !== step) seen.wrong.push(`${index} is in another span`)
        })
      })
    await Promise.all(indexes.map((index) => pipeline(index)()))
    return seen
  },
  seen: () => SEEN,
  delivered,
}

/** How a call is told its parent. */
type Way = (step: Span, shared: Clients, place: Place) => Clients

const WAYS: readonly Way[] = [
  (step, _shared, { url }) => clients(step.fetch, url),
  (step, { openai, anthropic }) => ({
    openai: step.wrap(openai),
    anthropic: step.wrap(anthropic),
  }),
  (step, shared) => ({ ...shared, headers: step.headers() }),
]

/** How a step is told its pipeline. */
type Naming = (
  name: string,
  pipeline: Span,
  tracer: Tracer,
  block: (step: Span) => Promise<void>,
) => Promise<void>

const NAMINGS: readonly Naming[] = [
  (name, pipeline, _tracer, block) => pipeline.span(name, block),
  (name, parent, tracer, block) => tracer.span(name, { parent }, block),
  (name, pipeline, tracer, block) => tracer.span(name, { parent: pipeline.export() }, block),
]

function nth<Item>(items: readonly Item[], index: number): Item {
  const item = items[index % items.length]
  if (item === undefined) throw new Error('There are none.')
  return item
}

export const explicitPipelines: Check = {
  name: '200 pipelines at once, by naming the parent',
  async run(place, recording) {
    const tracer = recording.tracer({ context: 'off' })
    const shared = clients(tracer.fetch, place.url)
    const { seen, make } = calls()
    const pipeline = (index: number) =>
      tracer.span(`pipeline ${index}`, (root) => {
        const stepIn = nth(NAMINGS, Math.floor(index / WAYS.length))
        return stepIn(`step ${index}`, root, tracer, (step) =>
          make(nth(WAYS, index)(step, shared, place), index),
        )
      })
    await Promise.all(indexes.map(pipeline))
    return seen
  },
  seen: () => SEEN,
  delivered,
}
