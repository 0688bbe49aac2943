import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { collectorStub } from '../support/collector-stub.ts'

const program = fileURLToPath(new URL('program.mjs', import.meta.url))
const runtimes: [name: string, command: string[]][] = [
  ['node', ['node']],
  ['bun', ['bun', 'run']],
  ['deno', ['deno', 'run', '--allow-all', '--no-lock']],
]

/** Runs the program to its natural end; what it printed. */
function run([command = '', ...args]: string[], env: Record<string, string>): Promise<string> {
  const child = spawn(command, [...args, program], {
    cwd: fileURLToPath(new URL('../..', import.meta.url)),
    env: { ...process.env, ...env },
  })
  let printed = ''
  child.stdout.on('data', (chunk: Buffer) => (printed += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (printed += chunk.toString()))
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('exit', (code) => resolve(`${printed}exit ${code}`))
  })
}

describe.concurrent.each(runtimes)('a program on %s that ends without flush', (_name, command) => {
  it('loses nothing', async () => {
    const collector = await collectorStub()
    const printed = await run(command, {
      CARROT_API_KEY: 'sk-test',
      CARROT_BASE_URL: collector.url,
    })
    const names = new Set(
      collector.requests.flat().flatMap(({ name, status }) => (status === 'success' ? [name] : [])),
    )
    await collector.close()
    expect({ printed, names: names.size }).toEqual({ printed: 'exit 0', names: 70 })
  })

  it('ends all the same when nobody is there, and says what is lost', async () => {
    const printed = await run(command, {
      CARROT_API_KEY: 'sk-test',
      CARROT_BASE_URL: 'http://127.0.0.1:1',
    })
    expect(printed).toMatch(/^(export_failed: \d+ records are lost.*\n)+exit 0$/)
  })
})
