/**
 * `doctor()` finds of each runtime what it has: whether context follows, and when records leave. Of its
 * clock not: that of a workerd of one's own moves, that of Cloudflare's does not.
 *
 * @module
 */

import { doctor } from 'carrot-trace'
import type { Check, Place } from '../check.ts'

const LEAVES: Record<Place['kind'], string> = {
  process: 'What is left is sent when the process ends.',
  worker: 'What is left is sent with each invocation (waitUntil of cloudflare:workers).',
  page: 'What is left is sent when the page is hidden.',
}

export const diagnosis: Check = {
  name: 'doctor says what there is',
  async run(_place, recording) {
    recording.init()
    const { findings } = await doctor()
    const of = (subject: string) => findings.find(({ about }) => about === subject)
    return {
      context: of('context')?.ok,
      lifetime: of('lifetime')?.text,
      delivery: of('delivery')?.ok,
    }
  },
  seen: ({ kind, ambient }) => ({
    context: ambient,
    lifetime: LEAVES[kind],
    delivery: true,
  }),
  delivered: () => ['doctor'],
  counted: 0, // it goes past the queue
}
