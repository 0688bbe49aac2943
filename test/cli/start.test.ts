import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { freePort } from '../../worker/cli/port.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const UP = 'Ctrl-C stops.'

let folders: string[]
let port: number
beforeAll(async () => {
  folders = await Promise.all([1, 2].map(() => mkdtemp(join(tmpdir(), 'carrot-trace-'))))
  port = await freePort(0, '127.0.0.1')
})
afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true }))))

interface Started {
  child: ChildProcess
  /** What it printed until it was up, or had ended. */
  printed: string
  /** Its exit code, once it has ended. */
  ended: Promise<number | null>
}

/** As `npm start` does, and until it is up or has given up. */
function start(folder: string | undefined): Promise<Started> {
  const child = spawn('node', ['worker/cli/start.ts'], {
    cwd: root,
    env: { ...process.env, CARROT_FOLDER: folder, PORT: String(port) },
  })
  const ended = new Promise<number | null>((resolve) => child.on('exit', resolve))
  let printed = ''
  return new Promise((resolve) => {
    const read = (chunk: Buffer) => {
      printed += chunk.toString()
      if (printed.includes(UP)) resolve({ child, printed, ended })
    }
    child.stdout.on('data', read)
    child.stderr.on('data', read)
    child.on('close', () => resolve({ child, printed, ended }))
  })
}

async function traces(printed: string): Promise<string[]> {
  const url = /Carrot Trace is running at (\S+)/.exec(printed)?.[1]
  const response = await fetch(`${url}/v1/traces`)
  const body: { traces: { name: string }[] } = JSON.parse(await response.text())
  return body.traces.map(({ name }) => name)
}

describe('npm start', () => {
  it('shows the example, keeps traces to itself, gives way on its port, and ends by Ctrl-C', async () => {
    const [own, other] = folders
    const first = await start(own)
    expect(first.printed).toContain(`Carrot Trace is running at http://127.0.0.1:${port}\n`)
    const address = /This trace {2}(\S+)/.exec(first.printed)?.[1] ?? ''
    expect(await (await fetch(address)).text()).toContain('answerQuestion')
    const shown = await traces(first.printed)
    expect(shown).toContain('answerQuestion')

    const [again, beside] = await Promise.all([start(own), start(other)])
    expect(await again.ended).toBe(1)
    expect(again.printed).toBe(
      `Carrot Trace is already running on these traces, as process ${first.child.pid}. Stop that one first.\n`,
    )
    expect(beside.printed).toMatch(new RegExp(`^Port ${port} is taken; using \\d+\\.\n`))
    expect(await traces(beside.printed)).toEqual(shown)

    for (const { child } of [first, beside]) child.kill('SIGINT')
    expect(await Promise.all([first.ended, beside.ended])).toEqual([0, 0])

    const second = await start(own)
    expect(await traces(second.printed)).toEqual([...shown, ...shown])
    second.child.kill('SIGTERM')
    expect(await second.ended).toBe(0)
  })

  it('says what is wrong with a port that is none', async () => {
    port = -1
    const { printed, ended } = await start(folders[1])
    expect([printed, await ended]).toEqual([
      'PORT has to be a number from 0 to 65535; found "-1".\n',
      1,
    ])
  })
})
