import { describe, expect, it } from 'vitest'
import { thisMachine } from '../../worker/auth/local.ts'
import { site } from '../../worker/dashboard/site.tsx'
import { change, traceId } from '../store/changes.ts'
import { newDirectory, open, store } from './support/subject.ts'

const HOST = { host: 'localhost:8787' }

async function local() {
  const project = `test-${crypto.randomUUID()}`
  await store.write(project, [change(1, { traceId: traceId(1), name: 'kept' })])
  const { app } = await open({
    pages: site,
    people: thisMachine(project),
    directory: newDirectory(),
  })
  const post = (headers: HeadersInit) =>
    app.request(`/traces/${traceId(1)}/delete`, {
      method: 'POST',
      headers: { ...HOST, ...headers },
    })
  return { app, post, left: async () => (await store.trace(project, traceId(1))).length }
}

describe('deleting a trace from its page', () => {
  it.each([
    ['a page of another site', { origin: 'https://evil.example' }],
    [
      'a page of another site, by what its browser says',
      { 'sec-fetch-site': 'cross-site', origin: 'http://localhost:8787' },
    ],
    ['nobody who says where from', {}],
  ])('is not done for %s', async (_, headers) => {
    const { post, left } = await local()
    expect((await post(headers)).status).toBe(403)
    expect(await left()).toBe(1)
  })

  it('is done for our own page', async () => {
    const { post, left } = await local()
    const { status, headers } = await post({ 'sec-fetch-site': 'same-origin' })
    expect([status, headers.get('location')]).toEqual([303, '/traces'])
    expect(await left()).toBe(0)
  })
})

describe('the overview and exports of pages', () => {
  it.each(['/overview', '/traces.csv'])('%s is of the project of who is in', async (path) => {
    const { app } = await local()
    const mine = await (await app.request(path, { headers: HOST })).text()
    expect(mine).toMatch(
      path === '/overview' ? /1 trace, 0 model calls|Nothing in this time/ : /kept/,
    )
    const away = await app.request(path, { headers: { host: 'evil.example' } })
    expect(away.status).toBe(403)
  })
})
