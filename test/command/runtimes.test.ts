import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { temporaryFolder } from '../hosts/folder.ts'
import { id, traceId } from '../store/changes.ts'
import { nodeOf } from '../support/nodes.ts'
import { carrot, running, type Running, RUNTIMES, send } from './carrot.ts'
import { slowRequest } from './socket.ts'

const record = (number: number) => ({
  id: id(number),
  name: `trace ${number}`,
  status: 'success',
  started_at: `2026-01-0${number}T00:00:00Z`,
})

describe.each(RUNTIMES)('carrot dev on $name', (runtime) => {
  const folder = temporaryFolder()
  const cwd = folder.path
  let host: Running

  beforeAll(async () => {
    host = await running(runtime, ['dev'], { cwd, env: { CARROT_BODY_SECONDS: '2' } })
  })
  afterAll(async () => {
    host.kill('SIGKILL')
    await host.ended
    folder[Symbol.dispose]()
  })

  it('takes records, and shows them to this machine without a login', async () => {
    expect(await send(host, record(1))).toBe(202)
    const read = await fetch(`${host.url}/v1/traces/${traceId(1)}`)
    expect(await read.json()).toMatchObject({ spans: [{ name: 'trace 1' }] })
    const page = await fetch(`${host.url}/traces`)
    expect(page.status).toBe(200)
    expect(await page.text()).toContain('trace 1')
  })

  it('has the files of the dashboard, and says when they are the same as before', async () => {
    const address = `${host.url}/assets/dashboard.css`
    const first = await fetch(address)
    expect([first.status, first.headers.get('content-type')]).toEqual([
      200,
      'text/css; charset=utf-8',
    ])
    expect((await first.text()).length).toBeGreaterThan(1000)
    const etag = first.headers.get('etag') ?? ''
    expect((await fetch(address, { headers: { 'if-none-match': etag } })).status).toBe(304)
    expect((await fetch(`${host.url}/assets/..%2f..%2fcommand%2fcarrot.js`)).status).toBe(404)
  })

  it('refuses a page that calls it by another name', async () => {
    const { status } = await fetch(`${host.url}/v1/traces`, { headers: { host: 'evil.example' } })
    // Where fetch does not let a host be set, it is not another name.
    expect([200, 403]).toContain(status)
  })

  it('shows a trace in the terminal, without colours in a pipe', async () => {
    const { stdout, stderr, ended } = await carrot(runtime, ['tail', '--once', '--url', host.url], {
      cwd,
    })
    expect({ stderr, ended }).toEqual({ stderr: '', ended: 0 })
    expect(stdout).toContain(`${traceId(1)}\n✓ trace 1`)
    expect(stdout).not.toContain('\u001b')
  })

  it('stores nothing of a body whose line was cut, and goes on', async () => {
    const body = JSON.stringify({ traces: [record(2)] })
    const request = await slowRequest(host.url, host.key, body.length)
    request.write(body.slice(0, 20))
    request.cut()
    expect(await send(host, record(3))).toBe(202)
    expect((await fetch(`${host.url}/v1/traces/${traceId(2)}`)).status).toBe(404)
  })

  it('waits no longer for a slow body than it is told', async () => {
    const request = await slowRequest(host.url, host.key, 1000)
    request.write('{"traces":')
    expect(await request.status).toBe(408)
    request.cut()
  })

  it('tells who listens that something was written', async () => {
    const response = await fetch(`${host.url}/v1/live`)
    expect(response.headers.get('content-type')).toBe('text/event-stream')
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
    await reader?.read() // of what was before
    expect(await send(host, record(1))).toBe(202)
    expect((await reader?.read())?.value).toBe('data: {"traces":[],"others":true}\n\n')
    // It goes on listening, which keeps nobody from stopping.
  })

  it('lets a request come to its end when it is told to stop, and has all of it afterwards', async () => {
    const body = JSON.stringify({ traces: [record(4)] })
    const request = await slowRequest(host.url, host.key, body.length)
    request.write(body.slice(0, 20))
    // So that the other is being read by now, whoever is asked first.
    for (let asked = 0; asked < 50; asked += 1) await (await fetch(`${host.url}/healthz`)).text()
    expect(await send(host, record(5))).toBe(202)
    host.kill('SIGTERM')
    request.write(body.slice(20))
    expect(await request.status).toBe(202)
    const { ended, stderr } = await host.ended
    expect({ ended, stderr }).toEqual({ ended: 0, stderr: '' })
    const files = readdirSync(join(cwd, '.carrot')).toSorted()
    expect(files).toEqual(['directory.sqlite', 'key', 'project-local.sqlite'])
    expect(statSync(join(cwd, '.carrot/key')).mode & 0o777).toBe(0o600)

    const again = await running(runtime, ['dev'], { cwd })
    expect(again.key).toBe(host.key)
    const { traces } = (await (await fetch(`${again.url}/v1/traces`)).json()) as {
      traces: object[]
    }
    expect(traces).toMatchObject([5, 4, 3, 1].map((number) => ({ name: `trace ${number}` })))
    again.kill('SIGINT')
    expect((await again.ended).ended).toBe(0)
  })
})

describe('carrot on Node 20', () => {
  it('says what it needs', async () => {
    using folder = temporaryFolder()
    const node20 = { name: 'Node 20', command: [nodeOf(20)] }
    const { stdout, stderr, ended } = await carrot(node20, ['dev'], { cwd: folder.path })
    expect({ stdout, ended }).toEqual({ stdout: '', ended: 1 })
    expect(stderr).toMatch(/^carrot needs Node 22\.13 or newer, Bun, or Deno, .* this is Node 20\./)
  })
})
