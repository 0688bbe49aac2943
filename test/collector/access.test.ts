import { exportJWK, generateKeyPair, SignJWT, UnsecuredJWT } from 'jose'
import { beforeAll, describe, expect, it } from 'vitest'
import { byAccess } from '../../worker/auth/cloudflare-access.ts'
import { site } from '../../worker/dashboard/site.tsx'
import { ORIGIN, person } from './support/person.ts'
import { newDirectory, open } from './support/subject.ts'

const TEAM = 'team.cloudflareaccess.com'
const AUDIENCE = 'a1b2c3'
const CERTS = `https://${TEAM}/cdn-cgi/access/certs`

type Pair = Awaited<ReturnType<typeof generateKeyPair>>

let ours: Pair
let theirs: Pair

beforeAll(async () => {
  ours = await generateKeyPair('RS256', { extractable: true })
  theirs = await generateKeyPair('RS256', { extractable: true })
})

interface Claims {
  issuer?: string
  audience?: string | string[]
  from?: string
  until?: string | null
  signer?: Pair
  kid?: string
}

function token(claims: Claims = {}): Promise<string> {
  const { issuer = `https://${TEAM}`, audience = [AUDIENCE], signer = ours, kid = 'one' } = claims
  const { from = '-1 minute', until = '1 hour' } = claims
  const jwt = new SignJWT({ email: 'a@example.com' })
    .setProtectedHeader({ alg: 'RS256', kid })
    .setIssuer(issuer)
    .setAudience(audience)
    .setNotBefore(from)
  return (until === null ? jwt : jwt.setExpirationTime(until)).sign(signer.privateKey)
}

/** The keys of the team, as Cloudflare gives them. */
async function certs(): Promise<Response> {
  const key = await exportJWK(ours.publicKey)
  return Response.json({ keys: [{ ...key, kid: 'one', alg: 'RS256', use: 'sig' }] })
}

async function host(answer: () => Promise<Response> = certs) {
  const asked: string[] = []
  const people = byAccess({
    team: TEAM,
    audience: AUDIENCE,
    fetch: async (address) => {
      asked.push(String(address))
      return answer()
    },
  })
  const subject = await open({ pages: site, people, directory: newDirectory() })
  const visitor = person(subject.app)
  const statuses = async (headers: Record<string, string>) => [
    (await visitor.get('/traces', headers)).status,
    (await visitor.get('/v1/traces', headers)).status,
  ]
  return { ...subject, visitor, asked, statuses }
}

const assertion = (text: string) => ({ 'cf-access-jwt-assertion': text })

describe('byAccess', () => {
  it('lets in who has a token of the team for this application, by header or cookie', async () => {
    const { statuses, asked } = await host()
    expect(await statuses(assertion(await token()))).toEqual([200, 200])
    expect(await statuses(assertion(await token({ audience: AUDIENCE })))).toEqual([200, 200])
    expect(asked).toEqual([CERTS])
    const { visitor } = await host()
    visitor.cookies.set('CF_Authorization', await token())
    expect((await visitor.get('/settings')).status).toBe(200)
  })

  it('leads out by the page of Access', async () => {
    const { visitor } = await host()
    const { html } = await visitor.get('/traces', assertion(await token()))
    expect(html).toContain('href="/cdn-cgi/access/logout"')
  })

  it.each<[string, () => Promise<string> | string]>([
    ['of another application', () => token({ audience: 'other' })],
    ['of another team', () => token({ issuer: 'https://other.cloudflareaccess.com' })],
    ['that is over', () => token({ from: '-2 hours', until: '-1 hour' })],
    ['that is not yet', () => token({ from: '1 hour', until: '2 hours' })],
    ['without an end', () => token({ until: null })],
    ['signed by another key under our name', () => token({ signer: theirs })],
    ['of a key that is not known', () => token({ signer: theirs, kid: 'two' })],
    [
      'with alg none',
      () =>
        new UnsecuredJWT({})
          .setIssuer(`https://${TEAM}`)
          .setAudience(AUDIENCE)
          .setExpirationTime('1 hour')
          .encode(),
    ],
    [
      'signed with the public key as a secret',
      async () => {
        const secret = new TextEncoder().encode(JSON.stringify(await exportJWK(ours.publicKey)))
        return new SignJWT({})
          .setProtectedHeader({ alg: 'HS256', kid: 'one' })
          .setIssuer(`https://${TEAM}`)
          .setAudience(AUDIENCE)
          .setExpirationTime('1 hour')
          .sign(secret)
      },
    ],
    ['whose claims were changed', async () => changed(await token({ audience: 'other' }))],
    ['that is none', () => 'a.b.c'],
    ['that is empty', () => ''],
  ])('401: a token %s', async (_, make) => {
    const { statuses } = await host()
    expect(await statuses(assertion(await make()))).toEqual([401, 401])
  })

  it('401: nothing but the name of somebody', async () => {
    const { statuses } = await host()
    const headers = { 'cf-access-authenticated-user-email': 'a@example.com' }
    expect(await statuses(headers)).toEqual([401, 401])
  })

  it.each<[string, () => Promise<Response>]>([
    ['are not there', async () => new Response('no', { status: 500 })],
    ['cannot be reached', () => Promise.reject(new TypeError('no route'))],
  ])('lets nobody in while the keys of the team %s, and asks again later', async (_, answer) => {
    let isAway = true
    const { visitor } = await host(() => (isAway ? answer() : certs()))
    const headers = assertion(await token())
    const { status, html } = await visitor.get('/traces', headers)
    expect(status).toBe(503)
    expect(html).toContain('The keys of Cloudflare Access could not be read')
    isAway = false
    expect((await visitor.get('/traces', headers)).status).toBe(200)
  })

  it('403: a change that another site asks for', async () => {
    const { visitor } = await host()
    const headers = { ...assertion(await token()), origin: 'https://evil.example' }
    expect((await visitor.post('/settings/projects', { name: 'a' }, headers)).status).toBe(403)
    const own = { ...assertion(await token()), origin: ORIGIN }
    expect((await visitor.post('/settings/projects', { name: 'a' }, own)).status).toBe(303)
  })

  it.each([
    ['', AUDIENCE],
    [TEAM, ''],
    ['https://team.cloudflareaccess.com', AUDIENCE],
    ['team', AUDIENCE],
    ['evil.example/team.cloudflareaccess.com', AUDIENCE],
  ])('stays closed with the team %j and the audience %j', async (team, audience) => {
    const { app } = await open({ pages: site, people: byAccess({ team, audience }) })
    const { status, html } = await person(app).get('/traces', assertion(await token()))
    expect(status).toBe(503)
    expect(html).toContain('Cloudflare Access needs the domain of the team')
  })
})

function changed(text: string): string {
  const [head, , signature] = text.split('.')
  const claims = { iss: `https://${TEAM}`, aud: AUDIENCE, exp: 9_999_999_999 }
  const body = btoa(JSON.stringify(claims)).replaceAll('=', '')
  return [head, body, signature].join('.')
}
