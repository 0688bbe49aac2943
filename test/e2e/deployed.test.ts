import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { unstable_startWorker } from 'wrangler'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const PASSWORD = 'correct horse battery'
const HOST = '127.0.0.1'
const root = fileURLToPath(new URL('../..', import.meta.url))

let folder: string
let worker: Awaited<ReturnType<typeof unstable_startWorker>>
let url: string
let cookie: string
let key: string

/** The Worker as it is deployed, but for the address: no login is spared by it. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'carrot-trace-'))
  process.env.CLOUDFLARE_CF_FETCH_ENABLED ??= 'false'
  process.env.WRANGLER_LOG = 'none' // a line that is cut is what happens here
  worker = await unstable_startWorker({
    config: join(root, 'wrangler.toml'),
    bindings: {
      CARROT_PASSWORD: { type: 'secret_text', value: await hashed(PASSWORD) },
      CARROT_BODY_SECONDS: { type: 'plain_text', value: '0.5' },
    },
    dev: {
      server: { hostname: HOST, port: 0 },
      persist: join(folder, 'state'),
      inspector: false,
      watch: false,
      logLevel: 'none',
    },
  })
  await worker.ready
  url = (await worker.url).origin
  cookie = await logIn()
  const made = await post('/v1/keys', { name: 'test', scopes: ['ingest', 'read'] }, { cookie })
  key = Object(await made.json()).key
})

afterAll(async () => {
  await worker.dispose()
  await rm(folder, { recursive: true, force: true })
})

/** What `npm run -s password` prints. */
async function hashed(password: string): Promise<string> {
  const child = spawn('node', [join(root, 'worker/cli/password.ts')])
  child.stdin.end(`${password}\n`)
  return (await text(child.stdout)).trim()
}

async function logIn(): Promise<string> {
  const answer = await fetch(`${url}/login`, {
    method: 'POST',
    body: new URLSearchParams({ password: PASSWORD }),
    headers: { origin: url },
    redirect: 'manual',
  })
  expect(answer.status).toBe(303)
  return answer.headers.getSetCookie().join().split(';')[0] ?? ''
}

function post(path: string, body: object, headers: Record<string, string>): Promise<Response> {
  return fetch(url + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url, ...headers },
    body: JSON.stringify(body),
  })
}

async function names(): Promise<string[]> {
  const answer = await fetch(`${url}/v1/traces`, { headers: { authorization: `Bearer ${key}` } })
  const { traces }: { traces: { name: string }[] } = Object(await answer.json())
  return traces.map(({ name }) => name).toSorted()
}

/** A request whose body is not sent to its end. */
function begin(part: string) {
  const socket = connect(Number(new URL(url).port), HOST)
  const head = [
    'POST /v1/traces/ingest HTTP/1.1',
    `host: ${new URL(url).host}`,
    `authorization: Bearer ${key}`,
    'content-type: application/json',
    'content-length: 1000',
    '',
    '',
  ]
  socket.write(head.join('\r\n') + part)
  return socket
}

describe('the deployed Worker', () => {
  it('takes the hash of the password for it, and a key that was made in its name', async () => {
    const headers = { authorization: `Bearer ${key}` }
    const sent = await post('/v1/traces/ingest', { traces: [{ name: 'whole' }] }, headers)
    expect(sent.status).toBe(202)
    expect(await names()).toEqual(['whole'])
    const page = await fetch(`${url}/traces`, { headers: { cookie } })
    expect([page.status, (await page.text()).includes('whole')]).toEqual([200, true])
    expect((await fetch(`${url}/traces`)).status).toBe(401)
    expect((await fetch(`${url}/readyz`)).status).toBe(200)
  })

  it('408: a body that comes byte by byte, and nothing of it is stored', async () => {
    const socket = begin('{"traces":[{"name":"slow"}')
    const trickle = setInterval(() => socket.write(' '), 50)
    const answer = new Promise<string>((resolve) => {
      socket.once('data', (data) => resolve(String(data)))
      socket.once('close', () => resolve('closed'))
    })
    socket.on('error', () => {})
    expect(await answer).toMatch(/^HTTP\/1\.1 408/)
    clearInterval(trickle)
    socket.destroy()
    expect(await names()).toEqual(['whole'])
  })

  it('stores nothing of a request that is cut, and goes on', async () => {
    const cut = Array.from({ length: 10 }, (_, number) => {
      const socket = begin(`{"traces":[{"name":"cut ${number}"}]}`)
      return new Promise<void>((resolve) => {
        socket.on('error', () => {})
        socket.once('close', () => resolve())
        socket.once('connect', () => setImmediate(() => socket.destroy()))
      })
    })
    await Promise.all(cut)
    const headers = { authorization: `Bearer ${key}` }
    const sent = await post('/v1/traces/ingest', { traces: [{ name: 'after' }] }, headers)
    expect(sent.status).toBe(202)
    expect(await names()).toEqual(['after', 'whole'])
  })
})
