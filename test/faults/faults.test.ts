import { beforeAll, describe, expect, inject, it } from 'vitest'
import { answerTo } from '../runtime/clients.ts'
import { KEY, QUESTION, RECORDS } from './fault.ts'
import { FAULTS } from './faults.ts'
import { page } from './page.ts'
import { onProcesses, onWorkers, RUNTIMES, type Report } from './reports.ts'

let reports: Record<string, Report> = {}

beforeAll(async () => {
  const { folder } = inject('installed')
  const [processes, workers] = await Promise.all([onProcesses(folder), onWorkers(folder)])
  reports = { ...processes, ...workers }
})

const NOTHING = { accepted: 0, rejected: 0, dropped: 0, pending: 0 }
const LOST_AT_THE_END = `${RECORDS} records are lost: the process ended before they were sent.`

describe.each(RUNTIMES)('on $name, where the collector', ({ name, tellsOfTheEnd }) => {
  it.each(FAULTS)('$name', (fault) => {
    const { outcomes, kept } = reports[name] ?? {}
    const { untraced, traced, told, receipt, early } = outcomes?.[fault.name] ?? {}
    const { requests = [], stored = [], acknowledged = [] } = kept?.[fault.name] ?? {}
    const { accepted = 0 } = fault.receipt

    expect(traced).toEqual(untraced)
    expect(receipt).toEqual({ ...NOTHING, ...fault.receipt })
    expect(early).toEqual(fault.silent && { ...NOTHING, pending: RECORDS })
    expect(told).toEqual(
      (fault.told ?? []).map(([code, message]) => ({
        code,
        message: expect.stringContaining(message),
      })),
    )
    if (fault.requests) expect(requests).toEqual(fault.requests)
    // What is accepted has been stored, and its receipt was got once.
    expect([acknowledged.length, new Set(acknowledged).size]).toEqual([accepted, accepted])
    expect(new Set(stored)).toEqual(new Set(acknowledged))
  })

  it('shows the application what its models say', () => {
    const { outcomes } = reports[name] ?? {}
    expect(outcomes?.['is well']?.traced).toEqual([
      ...Array(3).fill(answerTo(QUESTION)),
      'not found',
    ])
  })

  it('hears at the end of the process of what was pending still', () => {
    const silent = FAULTS.filter((fault) => fault.silent === 'for ever')
    expect(reports[name]?.late).toEqual(
      tellsOfTheEnd
        ? silent.map((fault) => ({
            code: 'export_failed',
            message: LOST_AT_THE_END,
            name: fault.name,
          }))
        : [],
    )
  })

  it('leaves nothing unhandled, and writes nothing', () => {
    expect(reports[name]?.wrote).toEqual([])
  })

  it('says nothing to other origins, and the key in no message', () => {
    const { outcomes = {}, leaked } = reports[name] ?? {}
    expect(JSON.stringify(outcomes)).not.toContain(KEY)
    expect(leaked).toEqual([])
  })
})

describe('docs/faults.md', () => {
  it('says what came out of this run', async () => {
    await expect(page(reports)).toMatchFileSnapshot('../../docs/faults.md')
  })
})
