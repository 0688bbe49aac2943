import { describe, expect, it } from 'vitest'
import { configuredPeople, type PeopleVariables } from '../../worker/auth/configured.ts'
import { site } from '../../worker/dashboard/site.tsx'
import { readLimits } from '../../worker/limits.ts'
import { person } from './support/person.ts'
import { newDirectory, open } from './support/subject.ts'

const PASSWORD = 'correct horse battery'

describe('configuredPeople', () => {
  const team = { CARROT_ACCESS_TEAM: 'team.cloudflareaccess.com' }
  const audience = { CARROT_ACCESS_AUDIENCE: 'a1b2' }
  const password = { CARROT_PASSWORD: PASSWORD }

  it.each<[string, PeopleVariables, number, string]>([
    ['nothing', {}, 503, 'It has no password yet'],
    ['empty settings', { CARROT_PASSWORD: '', CARROT_ACCESS_TEAM: '' }, 503, 'no password yet'],
    ['a password', password, 401, 'Log in'],
    ['Access', { ...team, ...audience }, 401, 'Come in through Cloudflare Access'],
    ['Access and a password', { ...team, ...audience, ...password }, 401, 'Come in through'],
    ['half of Access and a password', { ...team, ...password }, 503, 'Cloudflare Access needs'],
    ['the other half', { ...audience, ...password }, 503, 'Cloudflare Access needs'],
  ])('with %s lets nobody in unasked', async (_, variables, status, words) => {
    const directory = newDirectory()
    const people = configuredPeople(variables, { directory, addressOf: () => undefined })
    const { app } = await open({ pages: site, people, directory })
    const page = await person(app).get('/traces')
    expect([page.status, page.html.includes(words)]).toEqual([status, true])
    const entered = await person(app).post('/login', { password: PASSWORD })
    expect(entered.status).toBe(words === 'Log in' ? 303 : status)
  })
})

describe('readLimits', () => {
  it('takes what is set', () => {
    expect(readLimits({})).toEqual({})
    expect(readLimits({ CARROT_BODY_SECONDS: '' })).toEqual({})
    expect(readLimits({ CARROT_INGEST_PER_MINUTE: '600', CARROT_BODY_SECONDS: '2.5' })).toEqual({
      ingestPerMinute: 600,
      bodySeconds: 2.5,
    })
  })

  it.each(['0', '-1', 'many', '1e999', 'NaN', '10s'])('throws for %j', (text) => {
    expect(() => readLimits({ CARROT_BODY_SECONDS: text })).toThrow(
      `CARROT_BODY_SECONDS has to be a number above 0; found "${text}"`,
    )
  })
})
