import { describe, expect, it } from 'vitest'
import { collectorStub } from '../support/collector-stub.ts'
import { run, RUNTIMES } from './run.ts'

const program = 'program.mjs'

describe.concurrent.each(RUNTIMES)('a program on %s that ends without flush', (_name, command) => {
  it('loses nothing', async () => {
    const collector = await collectorStub()
    const ended = await run(command, [program], { CARROT_BASE_URL: collector.url })
    const names = new Set(
      collector.requests.flat().flatMap(({ name, status }) => (status === 'success' ? [name] : [])),
    )
    await collector.close()
    expect({ ...ended, names: names.size }).toEqual({ printed: '', by: 0, names: 70 })
  })

  it('ends all the same when nobody is there, and says what is lost', async () => {
    const { printed, by } = await run(command, [program], { CARROT_BASE_URL: 'http://127.0.0.1:1' })
    expect(printed).toMatch(/^(export_failed: \d+ records are lost.*\n)+$/)
    expect(by).toBe(0)
  })

  it('is not kept by a request that nobody answers, once it has waited for it', async () => {
    const collector = await collectorStub({ hangs: true })
    const env = { CARROT_BASE_URL: collector.url, STEPS: '1', FLUSH_TIMEOUT: '300' }
    const { printed, by } = await run(command, [program], env)
    await collector.close()
    expect({ printed, by }).toEqual({
      printed: 'export_failed: 1 records are lost: the process ended before they were sent.\n',
      by: 0,
    })
  }, 8_000) // a request by itself would be waited for longer
})
