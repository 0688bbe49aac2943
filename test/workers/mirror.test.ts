import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fields, parse, string } from '../../src/lib/json.ts'
import { startApplication, type Application } from './harness.ts'

const CONFIG = {
  workflows: [{ binding: 'SHORT', name: 'short', class_name: 'Short' }],
  streaming_tail_consumers: [{ service: 'tail' }],
}

describe('instrument with mirror', () => {
  let application: Application

  beforeAll(async () => {
    const runtime = { date: '2026-10-01', flags: [] }
    application = await startApplication('mirrored', runtime, CONFIG, ['tail'])
  })

  afterAll(() => application.close())

  /** What the runtime has opened, each with what it was opened in. */
  function opened(): string[] {
    const spans = application.harness.getLogs().map(({ message }) => fields(parse(message)))
    const names = new Map(spans.map(({ id, name }) => [id, string(name)]))
    return spans.flatMap(({ name, parent }) =>
      name ? [parent ? `${names.get(parent)} > ${string(name)}` : (string(name) ?? '')] : [],
    )
  }

  it('opens spans of the runtime, with its own inside', async () => {
    await (await fetch(new URL('/', application.url))).text()
    await application.recorded('GET /')
    await expect
      .poll(opened, { timeout: 20_000 })
      .toEqual(['GET /', 'GET / > step', 'GET / > chat gpt-4o', 'GET / > fetch', 'fetch']) // which sends
    application.harness.clearLogs()
  })

  it('does so for the steps of workflows', async () => {
    await (await fetch(new URL('/workflow', application.url))).text()
    await application.recorded('ShortWorkflow')
    await expect
      .poll(opened, { timeout: 20_000 })
      .toEqual(
        expect.arrayContaining([
          expect.stringContaining('ShortWorkflow'),
          'ask > chat gpt-4o',
          'ask > fetch',
        ]),
      )
  })
})
