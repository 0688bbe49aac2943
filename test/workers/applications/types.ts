/**
 * What the compiler knows of instrumented Workers; that it compiles is the test.
 *
 * @module
 */

import { instrument, wrapBinding } from 'carrot-trace/workers'
import { DurableObject, WorkflowEntrypoint } from 'cloudflare:workers'

interface Env {
  STAGE: string
  AI: Ai
  SERVICE: Fetcher
}

const handler: ExportedHandler<Env> = {
  async fetch(_request, { AI, SERVICE }) {
    const ai: Ai = wrapBinding(AI)
    await ai.run('@cf/meta/llama-3.1-8b-instruct', { prompt: 'Hi' })
    const service: Fetcher = wrapBinding(SERVICE)
    return service.fetch('https://service')
  },
}
const consumer = { async queue(_batch: MessageBatch<string>, _env: Env) {} }
class Room extends DurableObject<Env> {
  async say(word: string) {
    return word.length
  }
}
class Review extends WorkflowEntrypoint<Env, { url: string }> {}

const ofStage = ({ STAGE }: Env) => ({ environment: STAGE })

export const handlers: ExportedHandler<Env> = instrument(handler, ({ STAGE }) => ({
  environment: STAGE,
}))
export const consumers: typeof consumer = instrument(consumer, ({ STAGE }) => ({ service: STAGE }))
export const room: typeof Room = instrument(Room, ({ STAGE }) => ({ service: STAGE }))
export const review: typeof Review = instrument(Review, ofStage)
export const rooms = (namespace: DurableObjectNamespace<InstanceType<typeof room>>) =>
  namespace.getByName('one').say('Hi') satisfies Promise<number>

// @ts-expect-error -- env has no such member
instrument(handler, ({ MISSING }) => ({ service: MISSING }))
// @ts-expect-error -- there is no such option
instrument(handler, { servce: 'desk' })
