import { describe, expect, it } from 'vitest'
import { collectorStub } from '../support/collector-stub.ts'
import { run, RUNTIMES, type RuntimeName } from './run.ts'

const program = 'ending.mjs'
const ALL = ['step success', 'open running']

/** A handler of the application's own exits with the number of listeners that it finds. */
const WAYS: [way: string, traits: string[], by: number | string, lostOn?: RuntimeName][] = [
  ['exit', [], 3],
  ['throw', [], 1],
  ['reject', [], 1],
  ['SIGTERM', [], 'SIGTERM', 'deno'],
  ['SIGINT', [], 'SIGINT', 'deno'],
  ['SIGTERM', ['handled'], 1],
  ['SIGINT', ['handled'], 1],
]

describe.concurrent.each(RUNTIMES)('a program on %s that is ended', (name, command) => {
  it.each(WAYS)('by %s %j ends as it would, and loses nothing', async (way, traits, by, lostOn) => {
    const collector = await collectorStub()
    const ended = await run(command, [program, way, ...traits], { CARROT_BASE_URL: collector.url })
    const records = collector.requests.flat()
    await collector.close()
    expect(ended.by).toBe(by)
    expect(ended.printed).not.toContain('lost')
    expect(records.map((record) => `${record.name} ${record.status}`)).toEqual(
      lostOn === name ? [] : ALL,
    )
  })

  it.each(['exit', 'throw'])('by %s says what is lost when nobody is there', async (way) => {
    const { printed } = await run(command, [program, way], {
      CARROT_BASE_URL: 'http://127.0.0.1:1',
    })
    expect(printed).toContain(
      'export_failed: 2 records are lost: the process ended before they were sent.',
    )
  })

  it('does not wait for a collector that hangs, and says so', async () => {
    const collector = await collectorStub({ hangs: true })
    const { printed, by } = await run(command, [program, 'exit'], {
      CARROT_BASE_URL: collector.url,
    })
    await collector.close()
    expect(by).toBe(3)
    expect(printed).toContain('2 records are lost')
  })
})

describe.each(RUNTIMES.filter(([name]) => name !== 'deno'))('a program on %s', (_name, command) => {
  it('ends at once by the second signal, whatever the first has begun', async () => {
    const collector = await collectorStub({ hangs: true })
    const env = { CARROT_BASE_URL: collector.url }
    const { by } = await run(command, [program, 'SIGINT'], env, (child) => {
      void collector.until((requests) => requests.length > 0).then(() => child.kill('SIGINT'))
    })
    await collector.close()
    expect(by).toBe('SIGINT')
  })
})

describe('a program that is traced from outside', () => {
  it('sends the rest by a thread that loads nothing of it', async () => {
    const collector = await collectorStub()
    const env = {
      CARROT_BASE_URL: collector.url,
      NODE_OPTIONS: '--import carrot-trace/auto',
    }
    const { by, printed } = await run(
      ['node', '--import', 'carrot-trace/auto'],
      [program, 'exit'],
      env,
    )
    const records = collector.requests.flat()
    await collector.close()
    expect({ by, printed, records: records.length }).toEqual({ by: 3, printed: '', records: 2 })
  })
})
