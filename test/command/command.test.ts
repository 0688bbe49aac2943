import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { temporaryFolder } from '../hosts/folder.ts'
import { id, traceId } from '../store/changes.ts'
import { carrot, NODE, running, type Running, send } from './carrot.ts'

const folder = temporaryFolder()
const cwd = folder.path
const PASSWORD = 'correct horse battery'
let dev: Running
let server: Running

beforeAll(async () => {
  dev = await running(NODE, ['dev'], { cwd })
  server = await running(NODE, ['serve', '--folder', 'served'], {
    cwd,
    env: { CARROT_PASSWORD: PASSWORD },
  })
  const error = { type: 'TypeError', message: 'no \u001b[31m\u202e such thing' }
  const carrotOf = (parent?: string) => ({
    v: 1,
    trace_id: traceId(1),
    ...(parent && { parent_id: parent.replaceAll('-', '').slice(-16) }),
    kind: parent ? 'tool' : 'workflow',
    seq: 1,
    start_ms: 1_767_225_600_000,
    end_ms: 1_767_225_601_500,
    ...(parent && { error }),
  })
  await send(
    dev,
    { id: id(1), name: 'answer', status: 'success', metadata: { carrot: carrotOf() } },
    { id: id(2), name: 'search', status: 'error', metadata: { carrot: carrotOf(id(1)) } },
  )
})
afterAll(async () => {
  for (const host of [dev, server]) host.kill('SIGTERM')
  await Promise.all([dev.ended, server.ended])
  folder[Symbol.dispose]()
})

describe('carrot', () => {
  it.each([
    [['frob'], 2, /unknown command 'frob'/],
    [['dev', '--frob'], 2, /unknown option '--frob'/],
    [['dev', '--port', '99999'], 2, /It has to be a number from 0 to 65535/],
    [['dev', '--host', '0.0.0.0'], 2, /listens to this machine alone, and not to 0\.0\.0\.0/],
    [['serve'], 2, /does not run open: set CARROT_PASSWORD/],
    [['serve', '--max-project-size', 'much'], 2, /It has to be like 500MB or 10GB/],
    [
      ['tail', '--url', 'nonsense', '--once'],
      2,
      /has to be like http:\/\/127\.0\.0\.1:8787; found "nonsense"/,
    ],
    [
      ['tail', '--url', 'http://127.0.0.1:1', '--once'],
      1,
      /Nothing answers at http:\/\/127\.0\.0\.1:1/,
    ],
    [['keys', 'list', '--folder', 'nowhere'], 1, /There is no collector in nowhere/],
    [['export', '--resume'], 2, /say which with --output/],
    [['import', 'missing.jsonl'], 2, /There is no file missing\.jsonl/],
    [['backup', 'b', '--folder', 'nowhere'], 1, /There is no collector in nowhere/],
  ])('%j ends with %i and says why', async (words, code, message) => {
    const { ended, stdout, stderr } = await carrot(NODE, words, { cwd })
    expect({ ended, stdout }).toEqual({ ended: code, stdout: '' })
    expect(stderr).toMatch(message)
  })

  it('says what a password may be, before it starts with one that is none', async () => {
    const { ended, stderr } = await carrot(NODE, ['serve'], {
      cwd,
      env: { CARROT_PASSWORD: 'short' },
    })
    expect(ended).toBe(2)
    expect(stderr).toContain('CARROT_PASSWORD cannot be used')
    expect(stderr).not.toContain('short')
  })

  it.each(['dev', 'serve', 'tail', 'keys', 'doctor', 'export', 'import', 'backup', 'restore'])(
    'teaches %s with an example',
    async (name) => {
      const { ended, stdout } = await carrot(NODE, [name, '--help'], { cwd })
      expect(ended).toBe(0)
      expect(stdout).toContain(`\nExamples:\n`)
      expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(120)
    },
  )
})

describe('carrot serve', () => {
  it('lets nobody in without a key or the password', async () => {
    expect((await fetch(`${server.url}/v1/traces`)).status).toBe(401)
    const page = await fetch(`${server.url}/traces`, { redirect: 'manual' })
    expect([302, 401]).toContain(page.status)
    expect(await send(server, { id: id(1) })).toBe(202)
  })

  it('shows the first key once', async () => {
    expect(server.key).toMatch(/^sk-/)
    const again = await running(NODE, ['serve', '--folder', 'served'], {
      cwd,
      env: { CARROT_PASSWORD: PASSWORD },
    })
    expect(again.key).toBe('')
    again.kill('SIGTERM')
    const { stderr, stdout } = await again.ended
    expect(stderr + stdout).not.toContain(PASSWORD)
  })
})

describe('carrot keys', () => {
  it.each(['a collector', 'its folder'])('makes, lists and revokes keys of %s', async (where) => {
    const env = { CARROT_BASE_URL: server.url, CARROT_API_KEY: server.key }
    const at = where === 'its folder' ? ['--folder', 'served'] : []
    const options = { cwd, ...(at.length === 0 && { env }) }
    const made = await carrot(
      NODE,
      ['keys', 'create', 'ci', '-s', 'ingest', 'read', ...at],
      options,
    )
    const [key = ''] = made.stdout.split('\n')
    expect(key).toMatch(/^sk-[\w-]{43}$/)
    expect(await send({ url: server.url, key }, { id: id(9) })).toBe(202)

    const listed = await carrot(NODE, ['keys', 'list', '--json', ...at], options)
    const { keys } = JSON.parse(listed.stdout) as { keys: { id: string; name: string }[] }
    const entry = keys.find(({ name }) => name === 'ci')
    expect(entry).toMatchObject({ scopes: ['ingest', 'read'] })
    expect(listed.stdout).not.toContain(key)
    expect((await carrot(NODE, ['keys', 'list', ...at], options)).stdout).toContain('ingest read')

    const revoked = await carrot(NODE, ['keys', 'revoke', entry?.id ?? '', ...at], options)
    expect(revoked).toEqual({ ended: 0, stdout: 'Revoked.\n', stderr: '' })
    const missing = await carrot(NODE, ['keys', 'revoke', entry?.id ?? '', ...at], options)
    expect([missing.ended, missing.stderr]).toEqual([1, expect.stringContaining('no such key')])
  })

  it('says when the key is refused, and shows it nowhere', async () => {
    const env = { CARROT_BASE_URL: server.url, CARROT_API_KEY: 'sk-wrong-key-of-somebody' }
    const { ended, stderr } = await carrot(NODE, ['keys', 'list'], { cwd, env })
    expect(ended).toBe(3)
    expect(stderr).toContain('refuses the key (401)')
    expect(stderr).not.toContain('somebody')
  })
})

describe('carrot tail', () => {
  const tree = [
    '✓ answer  1500 ms',
    '└─ ✗ search  1500 ms  tool',
    '     TypeError: no ·[31m· such thing',
  ]

  it('shows a tree, harmless and without colours', async () => {
    const { stdout, ended } = await carrot(NODE, ['tail', '--once', '--url', dev.url], { cwd })
    const [head = '', ...lines] = stdout.split('\n')
    expect(ended).toBe(0)
    expect(head).toContain(traceId(1))
    expect(lines).toEqual([...tree, '', ''])
  })

  it('has colours where they are wanted, unless NO_COLOR says otherwise', async () => {
    const words = ['tail', '--once', '--url', dev.url]
    const colored = await carrot(NODE, words, { cwd, env: { FORCE_COLOR: '1' } })
    expect(colored.stdout).toContain('\u001b[32m✓\u001b[0m')
    const plain = await carrot(NODE, words, { cwd, env: { FORCE_COLOR: '1', NO_COLOR: '1' } })
    expect(plain.stdout).not.toContain('\u001b')
  })

  it('finds what the filter says', async () => {
    const words = ['tail', '--once', '--json', '--url', dev.url]
    expect((await carrot(NODE, [...words, 'status:error'], { cwd })).stdout).toBe('')
    const { stdout } = await carrot(NODE, [...words, 'has:error', 'name:sea*'], { cwd })
    expect(JSON.parse(stdout)).toMatchObject({ trace_id: traceId(1), spans: [{}, {}] })
    const wrong = await carrot(NODE, [...words, 'frob:x'], { cwd })
    expect([wrong.ended, wrong.stderr]).toEqual([
      2,
      expect.stringContaining('no field of this name'),
    ])
  })
})

describe('carrot doctor', () => {
  it('finds everything well, and says so', async () => {
    const env = { CARROT_BASE_URL: dev.url, CARROT_API_KEY: dev.key }
    const { stdout, ended } = await carrot(NODE, ['doctor', '--json'], { cwd, env })
    const { ok, findings } = JSON.parse(stdout) as { ok: boolean; findings: { about: string }[] }
    expect([ended, ok]).toEqual([0, true])
    expect(findings.map(({ about }) => about)).toEqual([
      'version',
      'collector',
      'clock',
      'reading',
      'sending',
    ])
  })

  it('says what is wrong with a key, and with an address', async () => {
    const env = { CARROT_BASE_URL: server.url, CARROT_API_KEY: 'sk-wrong' }
    const wrong = await carrot(NODE, ['doctor'], { cwd, env })
    expect(wrong.ended).toBe(1)
    expect(wrong.stdout).toMatch(/✗ reading +Traces cannot be read: missing or invalid API key/)
    expect(wrong.stdout).toMatch(/✗ sending /)
    const nowhere = await carrot(NODE, ['doctor', '--url', 'http://127.0.0.1:1'], { cwd })
    expect(nowhere.stdout).toMatch(/✗ collector Nothing answers at http:\/\/127\.0\.0\.1:1/)
  })
})
