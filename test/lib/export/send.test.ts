import { describe, expect, it } from 'vitest'
import { createSender } from '../../../src/lib/export/send.ts'
import type { SpanRecord } from '../../../src/lib/record.ts'

const RUNNING: SpanRecord = {
  v: 1,
  id: 'one',
  trace: { traceId: 't', spanId: 's', sampled: true },
  name: 'one',
  kind: 'generation',
  status: 'running',
  seq: 0,
  startUnixMs: 0,
  tags: [],
  metadata: {},
}

describe('createSender', () => {
  it('counts a record once that had not ended when it was sent, and was dropped when it had', async () => {
    const exporter = { endedOnly: true, export: async () => ({ accepted: [], rejected: [] }) }
    const sender = createSender([exporter], 0, () => {})
    await sender.send([RUNNING])
    expect(sender.unfinished()).toBe(1)
    sender.dropped({ ...RUNNING, status: 'success', seq: 1 })
    expect(sender.unfinished()).toBe(0)
    expect(sender.settle()).toEqual({ accepted: 0, rejected: 0, dropped: 1 })
  })
})
