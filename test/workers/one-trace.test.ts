import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { startHelpDesk, type HelpDesk } from '../../examples/workers/help-desk.ts'
import { collectorStub, type CollectorStub } from '../support/collector-stub.ts'
import { newest, paths, traceIdsOf } from './tree.ts'

let collector: CollectorStub
let helpDesk: HelpDesk

beforeAll(async () => {
  collector = await collectorStub()
  helpDesk = await startHelpDesk({
    CARROT_BASE_URL: collector.url,
    CARROT_API_KEY: 'sk-test',
    OPENAI_API_KEY: 'sk-stand-in',
    OPENAI_BASE_URL: `${inject('baseUrl')}/v1`,
  })
})

afterAll(async () => {
  await helpDesk.stop()
  await collector.close()
})

describe('a Worker, a Durable Object, a Queue and a Workflow', () => {
  it('are one trace, each of them where it was called from', async () => {
    expect(await helpDesk.ask('How do I reset my password?')).toContain('Reset Password')
    await collector.until((requests) =>
      newest(requests).some(({ name, status }) => name === 'review' && status === 'success'),
    )
    const records = newest(collector.requests)
    expect(traceIdsOf(records)).toHaveLength(1)
    const review = 'POST / > start review > review'
    expect(paths(records)).toEqual(
      [
        'POST / > ConversationObject.answer > chat gpt-4o: success',
        'POST / > ConversationObject.answer: success',
        `${review} > grade > chat gpt-4o: success`,
        `${review} > grade: success`,
        `${review} > improve > chat gpt-4o: success`,
        `${review} > improve: success`,
        `${review}: success`,
        'POST / > start review: success',
        'POST /: success',
      ].toSorted(),
    )
  })
})
