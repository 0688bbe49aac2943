/**
 * `npm start`: collector and dashboard on this machine, with traces in them to look at.
 *
 * Runs the example once, as `npm run example` does, and stays up until it is told to stop.
 */

import { spawn } from 'node:child_process'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { startLocalCollector } from './local-collector.ts'
import { localKey } from './local-key.ts'
import { lockFolder } from './lock.ts'
import { freePort } from './port.ts'

const PORT = 8787
const root = fileURLToPath(new URL('../..', import.meta.url))
const folder = process.env.CARROT_FOLDER ?? join(root, '.carrot')

const wanted = Number(process.env.PORT ?? PORT)
if (!Number.isInteger(wanted) || wanted < 0 || wanted > 65_535) {
  console.error(`PORT has to be a number from 0 to 65535; found "${process.env.PORT}".`)
  process.exit(1)
}
const lock = await lockFolder(folder)
if ('holder' in lock) {
  console.error(
    `Carrot Trace is already running on these traces, as process ${lock.holder}. Stop that one first.`,
  )
  process.exit(1)
}
process.on('exit', lock.release) // however it ends: wrangler has handlers of its own for signals
const port = await freePort(wanted, '127.0.0.1')
if (port !== wanted) console.log(`Port ${wanted} is taken; using ${port}.`)

const key = await localKey(folder)
const collector = await startLocalCollector({ port, folder, key })

let stopping = false
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.removeAllListeners(signal) // wrangler's own would end the process before workerd has closed its files
  process.on(signal, () => void stop())
}

console.log(`Carrot Trace is running at ${collector.url}\n`)
await runExample()
const trace = await newestTrace('answerQuestion')
console.log(`
Dashboard   ${collector.url}/traces
This trace  ${trace ? `${collector.url}/traces/${trace}` : 'did not arrive'}

To send your own:
  CARROT_BASE_URL=${collector.url}
  CARROT_API_KEY=${key}

Traces are kept in ${relative(process.cwd(), folder) || '.'}; Ctrl-C stops.`)

async function stop(): Promise<void> {
  if (stopping) return
  stopping = true
  await collector.stop()
  process.exit(0)
}

/** As a program of its own, so that what it shows is what any program would see. */
function runExample(): Promise<void> {
  const child = spawn(process.execPath, [join(root, 'examples/run.ts'), 'answer-question'], {
    stdio: 'inherit',
    env: { ...process.env, CARROT_BASE_URL: collector.url, CARROT_API_KEY: key },
  })
  return new Promise((resolve) => {
    child.on('error', (error) => {
      console.error(`The example could not be started: ${error.message}`)
      resolve()
    })
    child.on('exit', (code) => {
      if (code && !stopping) console.error(`The example ended with exit code ${code}.`)
      resolve()
    })
  })
}

async function newestTrace(name: string): Promise<string | undefined> {
  const response = await fetch(`${collector.url}/v1/traces?limit=20`)
  if (!response.ok) return undefined
  const { traces } = (await response.json()) as { traces: { trace_id: string; name: string }[] }
  return traces.find((trace) => trace.name === name)?.trace_id
}
