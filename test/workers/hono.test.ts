import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { RUNTIMES, startApplication, type Application } from './harness.ts'
import { carrotOf } from './tree.ts'

describe.each(RUNTIMES)('tracing, in workerd of $date with flags $flags', (runtime) => {
  let application: Application

  beforeAll(async () => {
    application = await startApplication('hono', runtime)
  })

  afterAll(() => application.close())

  const get = (path: string) => fetch(new URL(path, application.url))

  it.each(['/answers/refunds', '/answers/refunds?stream'])(
    'makes a request a trace, sent in one request: %s',
    async (path) => {
      expect((await (await get(path)).text()).length).toBeGreaterThan(0)
      const { paths, requests } = await application.recorded('GET /answers/:topic')
      expect(paths).toEqual([
        'GET /answers/:topic > chat gpt-4o: success',
        'GET /answers/:topic: success',
      ])
      expect(requests).toBe(1)
    },
  )

  it('records what a handler throws, of which onError makes a reply', async () => {
    expect(await (await get('/throws/words')).text()).toBe('words')
    const { records } = await application.recorded('GET /throws/:what')
    expect(carrotOf(records[0] ?? {})).toMatchObject({ error: { message: 'words' } })
  })
})
