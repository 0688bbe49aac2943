import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { temporaryFolder } from '../hosts/folder.ts'
import { id, traceId } from '../store/changes.ts'
import { carrot, NODE, running, type Running, send } from './carrot.ts'

const folder = temporaryFolder()
const cwd = folder.path
let from: Running
let to: Running

/** A record of each kind: calls, failures, families without a trace, long bodies, hostile texts. */
const RECORDS = Array.from({ length: 30 }, (_, index) => index + 1).map((number) => ({
  id: id(number),
  name: `trace ${number} \u001b[31m \ud83d\ude00`,
  ...(number % 3 === 0 && { parent_id: id(number - 1) }),
  input: number % 5 === 0 ? `${number} ${'long '.repeat(9000)}` : { question: number },
  output: number % 4 === 0 ? { content: 'an answer' } : null,
  metadata: { model: number % 2 === 0 ? 'gpt-4o' : 'mine', input_tokens: number, team: 'a' },
  tags: number % 2 === 0 ? ['even', 'all'] : ['all'],
  status: number % 7 === 0 ? 'error' : 'success',
  started_at: `2026-01-01T00:00:${String(number).padStart(2, '0')}.000${number % 10}00Z`,
  ended_at: `2026-01-01T00:01:00Z`,
}))

beforeAll(async () => {
  from = await running(NODE, ['dev', '--folder', 'from'], { cwd })
  to = await running(NODE, ['dev', '--folder', 'to'], { cwd })
  expect(await send(from, ...RECORDS)).toBe(202)
})
afterAll(async () => {
  for (const host of [from, to]) host.kill('SIGTERM')
  await Promise.all([from.ended, to.ended])
  folder[Symbol.dispose]()
})

const at = ({ url, key }: Running) => ({
  cwd,
  env: { CARROT_BASE_URL: url, CARROT_API_KEY: key },
})

async function everything({ url }: Running): Promise<unknown[]> {
  const answers = RECORDS.map(async (record) =>
    (await fetch(`${url}/v1/spans/${record.id}`)).json(),
  )
  return Promise.all(answers)
}

describe('carrot export', () => {
  it('writes every record, and carrot import makes the same of them elsewhere', async () => {
    const exported = await carrot(NODE, ['export', '-o', 'all.jsonl'], at(from))
    expect(exported).toEqual({ ended: 0, stdout: '', stderr: '30 steps, in all.jsonl.\n' })
    const imported = await carrot(NODE, ['import', 'all.jsonl', '--json'], at(to))
    expect({ ...imported, stdout: JSON.parse(imported.stdout) }).toEqual({
      ended: 0,
      stderr: '',
      stdout: { accepted: 30, rejected: [] },
    })
    expect(await everything(to)).toEqual(await everything(from))
    await carrot(NODE, ['import', 'all.jsonl'], at(to))
    expect(await everything(to)).toEqual(await everything(from))
  })

  it('writes the same from the folder, while the collector has it open', async () => {
    const { stdout } = await carrot(NODE, ['export', '--folder', 'from'], { cwd })
    const remote = await carrot(NODE, ['export'], at(from))
    expect(stdout).toBe(remote.stdout)
    expect(stdout.trim().split('\n')).toHaveLength(30)
  })

  it('reads into a folder what comes through a pipe', async () => {
    const { stdout } = await carrot(NODE, ['export'], at(from))
    const third = await running(NODE, ['dev', '--folder', 'third'], { cwd })
    await fetch(`${third.url}/v1/keys`) // the project is there from the first question on
    const options = ['--folder', 'third', '--project', 'local']
    const imported = await carrot(NODE, ['import', ...options], { cwd, input: stdout })
    expect(imported).toEqual({ ended: 0, stdout: '', stderr: '30 records taken.\n' })
    expect(await everything(third)).toEqual(await everything(from))
    third.kill('SIGTERM')
    await third.ended
  })

  it('goes on where it was cut, with every step once', async () => {
    await carrot(NODE, ['export', '-o', 'whole.jsonl'], at(from))
    const whole = readFileSync(join(cwd, 'whole.jsonl'), 'utf8')
    for (const part of [0, 0.1, 0.5, 0.97]) {
      writeFileSync(join(cwd, 'cut.jsonl'), whole.slice(0, whole.length * part))
      const { ended } = await carrot(NODE, ['export', '--resume', '-o', 'cut.jsonl'], at(from))
      expect(ended).toBe(0)
      expect(readFileSync(join(cwd, 'cut.jsonl'), 'utf8')).toBe(whole)
    }
  })

  it('writes over no file', async () => {
    writeFileSync(join(cwd, 'mine.txt'), 'mine')
    const { ended, stderr } = await carrot(NODE, ['export', '-o', 'mine.txt'], at(from))
    expect([ended, stderr]).toEqual([
      2,
      '✗ mine.txt is there already: go on with it by --resume, or move it away.\n',
    ])
    expect(readFileSync(join(cwd, 'mine.txt'), 'utf8')).toBe('mine')
  })

  it('writes other formats, of which one says what is left out', async () => {
    const chat = await carrot(NODE, ['export', '--format', 'chat'], at(from))
    expect(chat).toEqual({
      ended: 0,
      stdout: '',
      stderr: 'Calls that are no example are told by --format skipped.\n',
    })
    const spans = await carrot(NODE, ['export', '--format', 'otlp', '-o', 'spans.jsonl'], at(from))
    expect(spans.stderr).toMatch(/^\d+ requests of OpenTelemetry, in spans.jsonl.\n$/)
    const written = readFileSync(join(cwd, 'spans.jsonl'), 'utf8').trim().split('\n')
    const ids = written.flatMap((line) => line.match(/"spanId":"\w{16}"/g))
    expect(new Set(ids).size).toBe(30)
    expect(await carrot(NODE, ['export', '--format', 'xml'], at(from))).toMatchObject({ ended: 2 })
    expect(
      await carrot(NODE, ['export', '--format', 'otlp', '--resume', '-o', 'x'], at(from)),
    ).toMatchObject({ ended: 2, stderr: expect.stringContaining('records alone') })
  })

  it('finds what the filter says', async () => {
    const { stdout } = await carrot(NODE, ['export', 'tag:even', 'status:error'], at(from))
    expect(
      stdout
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line).id),
    ).toEqual([
      id(14),
      id(15), // its child
      id(28),
    ])
  })
})

describe('carrot import', () => {
  it('names each line that is refused, and keeps the others', async () => {
    const lines = [JSON.stringify({ id: id(100) }), 'no json', '', JSON.stringify({ id: 'x' })]
    const { ended, stderr } = await carrot(NODE, ['import'], { ...at(to), input: lines.join('\n') })
    expect(ended).toBe(1)
    expect(stderr).toMatch(
      /^1 records taken, 2 refused:\n {2}line 2: this is no JSON\n {2}line 3: `id` is not a UUID/,
    )
    expect((await fetch(`${to.url}/v1/traces/${traceId(100)}`)).status).toBe(200)
  })

  it('goes on after what was taken before, of the same collector alone', async () => {
    const lines = [200, 201, 202].map((number) => JSON.stringify({ id: id(number) }))
    writeFileSync(join(cwd, 'three.jsonl'), lines.join('\n'))
    const note = join(cwd, 'three.jsonl.imported')
    writeFileSync(note, JSON.stringify({ to: to.url, lines: 2 }))
    const { stderr } = await carrot(NODE, ['import', 'three.jsonl'], at(to))
    expect(stderr).toBe('Going on after line 2; --restart begins at the first.\n1 records taken.\n')
    expect((await fetch(`${to.url}/v1/traces/${traceId(200)}`)).status).toBe(404)

    writeFileSync(note, JSON.stringify({ to: 'http://elsewhere', lines: 2 }))
    expect((await carrot(NODE, ['import', 'three.jsonl'], at(to))).stderr).toBe(
      '3 records taken.\n',
    )
  })
})

describe('carrot backup', () => {
  it('copies a folder that is being written to, and carrot restore makes one of it', async () => {
    const done = new AbortController()
    const writing = (async () => {
      for (let number = 1000; !done.signal.aborted; number += 1) {
        await send(from, { id: id(number) })
      }
    })()
    const backed = await carrot(NODE, ['backup', 'copy', '--folder', 'from'], { cwd })
    done.abort()
    await writing
    expect(backed).toEqual({ ended: 0, stdout: '', stderr: '2 databases, in copy.\n' })
    const options = ['restore', 'copy', '--folder', 'restored', '--json']
    const { stdout } = await carrot(NODE, options, { cwd })
    expect(JSON.parse(stdout)).toEqual({
      files: ['project-local.sqlite', 'directory.sqlite'],
      folder: 'restored',
    })
    const host = await running(NODE, ['dev', '--folder', 'restored'], { cwd })
    expect(host.key).toBe(from.key)
    expect(await everything(host)).toEqual(await everything(from))
    host.kill('SIGTERM')
    await host.ended
  })

  it('leaves a folder that is there alone', async () => {
    const { ended, stderr } = await carrot(NODE, ['restore', 'copy', '--folder', 'from'], { cwd })
    expect([ended, stderr]).toEqual([
      2,
      '✗ from is there already: choose another name, or move it away.\n',
    ])
  })

  it('makes nothing of a database that is damaged', async () => {
    const file = join(cwd, 'copy/project-local.sqlite')
    const bytes = readFileSync(file)
    writeFileSync(file, bytes.fill(7, 4096, bytes.length - 4096))
    const { ended, stderr } = await carrot(NODE, ['restore', 'copy', '--folder', 'fourth'], { cwd })
    expect(ended).toBe(1)
    expect(stderr).toContain('damaged')
    expect((await carrot(NODE, ['backup', 'x', '--folder', 'fourth'], { cwd })).stderr).toContain(
      'There is no collector in fourth',
    )
  })
})
