/**
 * `npm run example <name>`: one of the examples, against the stand-in for the model APIs where no key to
 * the real ones is set.
 *
 * Traces go to the collector of `CARROT_BASE_URL` and `CARROT_API_KEY`, or to the one that `npm start` has
 * running on this machine.
 */

import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { REALISTIC } from './model-apis/handler.ts'
import { serveModelApis } from './model-apis/serve.ts'
import { PROGRAMS } from './programs.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const [name = ''] = process.argv.slice(2)
const command = Object.hasOwn(PROGRAMS, name) ? PROGRAMS[name] : undefined
if (!command) {
  console.error(`There is no example "${name}". There are ${Object.keys(PROGRAMS).join(', ')}.`)
  process.exit(1)
}

const { OPENAI_API_KEY, ANTHROPIC_API_KEY } = process.env
const models = await serveModelApis(REALISTIC)
const [program, ...args] = command
const child = spawn(program, args, {
  cwd: root,
  stdio: 'inherit',
  env: {
    ...process.env,
    CARROT_BASE_URL: process.env.CARROT_BASE_URL ?? 'http://localhost:8787',
    CARROT_API_KEY: process.env.CARROT_API_KEY ?? localKey(),
    DENO_NO_UPDATE_CHECK: '1',
    ...(!OPENAI_API_KEY && {
      OPENAI_API_KEY: 'sk-stand-in',
      OPENAI_BASE_URL: `${models.url}/v1`,
    }),
    ...(!ANTHROPIC_API_KEY && {
      ANTHROPIC_API_KEY: 'sk-ant-stand-in',
      ANTHROPIC_BASE_URL: models.url,
    }),
  },
})
child.on('error', (error) => {
  const isMissing = 'code' in error && error.code === 'ENOENT'
  console.error(
    isMissing
      ? `This example needs ${program}, which is not on this machine.`
      : `${program} could not be started: ${error.message}`,
  )
  process.exit(1)
})
child.on('close', async (code) => {
  await models.close()
  process.exit(code ?? 1)
})

/** The key that `npm start` made. */
function localKey(): string {
  const file = join(root, process.env.CARROT_FOLDER ?? '.carrot', 'key')
  try {
    return readFileSync(file, 'utf8').trim()
  } catch {
    console.error('No collector: run `npm start` once, or set CARROT_BASE_URL and CARROT_API_KEY.')
    process.exit(1)
  }
}
