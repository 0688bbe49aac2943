import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))
const UP = 'Ctrl-C stops.'

describe('npx node examples/workers/start.ts', () => {
  it('answers a question, says where its trace is to be seen, and ends by Ctrl-C', async () => {
    const child = spawn('node', ['examples/workers/start.ts'], {
      cwd: root,
      env: { ...process.env, OPENAI_API_KEY: undefined },
    })
    const ended = new Promise((resolve) => child.on('exit', resolve))
    let printed = ''
    await new Promise<void>((resolve) => {
      for (const stream of [child.stdout, child.stderr]) {
        stream.on('data', (chunk: Buffer) => {
          printed += chunk.toString()
          if (printed.includes(UP)) resolve()
        })
      }
      child.on('close', () => resolve())
    })
    expect(printed).toContain('Go to Settings > Security > Reset Password')
    const address = /reviewed: (\S+)/.exec(printed)?.[1] ?? ''
    expect((await fetch(address)).status).toBe(200)
    child.kill('SIGINT')
    expect(await ended).toBe(0)
  })
})
