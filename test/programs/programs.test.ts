import { execFile, spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { PROGRAMS } from '../../examples/programs.ts'
import { fields, items, parse, type JsonObject } from '../../src/lib/json.ts'
import { freePort } from '../../worker/cli/port.ts'
import { root } from '../project/snippets.ts'

const run = promisify(execFile)
const ANSWER = 'Go to Settings > Security > Reset Password'
const CALL = 'chat gpt-4o: success'

/** What each prints, and what it leaves in the collector. */
const EXPECTED: Record<string, { printed: string; recorded: string[] }> = {
  'answer-question': {
    printed: 'Traced: 12 steps accepted, 0 rejected, 0 dropped, 0 pending.',
    recorded: [
      'answerQuestion: success',
      `answerQuestion > ${CALL}`,
      'answerQuestion > search: success',
      'reviewAnswer: success',
      'reviewAnswer > chat claude-sonnet-4-6: success',
      'reviewAnswer > chat claude-sonnet-4-6: success',
      'reviewAnswer > search_articles: success',
      'reviewAnswer > search_articles > search: success',
      'streamAnswer: success',
      'streamAnswer > chat gpt-4o-mini: success',
      'translate: error',
      'translate > chat gpt-4o-translate: error',
    ],
  },
  batch: {
    printed: '4 of 5 tickets were sorted.\n11 steps were accepted, 0 dropped.',
    recorded: [
      'sort tickets: success',
      'sort tickets > classify: error',
      'sort tickets > classify > chat no-such-model: error',
      ...Array.from({ length: 4 }, () => [
        'sort tickets > classify: success',
        'sort tickets > classify > chat gpt-4o-mini: success',
      ]).flat(),
    ],
  },
  'ai-sdk-agent': {
    printed: ANSWER,
    recorded: [
      'answer: success',
      `answer > ${CALL}`,
      `answer > ${CALL}`,
      'answer > searchArticles: success',
    ],
  },
  'langchain-chain': {
    printed: 'Refunds take three to five working days.',
    recorded: ['answer: success', 'answer: success', `answer > ${CALL}`, `answer > ${CALL}`],
  },
  'hono-rag': {
    printed: 'Refunds take three to five working days.',
    recorded: [
      'POST /answers: success',
      `POST /answers > ${CALL}`,
      'POST /answers > search: success',
      'POST /answers > search > embeddings text-embedding-3-small: success',
    ],
  },
  'bun-server': { printed: ANSWER, recorded: ['answer: success', `answer > ${CALL}`] },
  'deno-script': {
    printed: ANSWER,
    recorded: ['answer: success', 'answer > chat claude-sonnet-4-6: success'],
  },
  'durable-agent': {
    printed: ANSWER,
    recorded: [
      'POST /: success',
      'POST / > agent: success',
      `POST / > agent > ${CALL}`,
      `POST / > agent > ${CALL}`,
      'POST / > agent > search_articles: success',
    ],
  },
  python: {
    printed: `${ANSWER}, enter your email address, and follow the link that we send you. The link is valid for one hour.\n3 steps were taken, 0 refused.`,
    recorded: ['answer: success', 'answer > chat gpt-4o: success', 'answer > search: success'],
  },
  'python-otlp': {
    printed: '2 spans were sent, 0 refused.',
    recorded: ['answer: success', `answer > ${CALL}`],
  },
  evals: { printed: '2 passed', recorded: [] },
}

let folder: string
let collector: Running
let known: string[]

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'carrot-trace-'))
  known = []
  collector = await startCollector()
})
afterAll(async () => {
  collector.child.kill('SIGINT')
  await collector.ended
  await rm(folder, { recursive: true, force: true })
})

interface Running {
  child: ChildProcess
  url: string
  key: string
  ended: Promise<unknown>
}

/** The one that the package brings, as it is built. */
async function startCollector(): Promise<Running> {
  const command = [join(root, 'dist/command/carrot.js'), 'dev', '--json']
  const where = ['--port', String(await freePort(0, '127.0.0.1')), '--folder', folder]
  const child = spawn('node', [...command, ...where], { stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = new Promise((resolve) => child.on('exit', resolve))
  let printed = ''
  return new Promise((resolve, reject) => {
    child.stdout.on('data', (chunk: Buffer) => {
      printed += chunk.toString()
      const { url, key } = fields(parse(printed))
      if (url && key) resolve({ child, url: String(url), key: String(key), ended })
    })
    child.on('exit', () => reject(new Error(`The collector has ended: ${printed}`)))
  })
}

async function read(path: string): Promise<JsonObject> {
  return fields(parse(await (await fetch(`${collector.url}/v1/${path}`)).text()))
}

/** Each step that arrived since the last time, by its way from the root, with how it ended. */
async function arrived(): Promise<string[]> {
  const { traces } = await read('traces?limit=200')
  const ids = items(traces).map((trace) => String(fields(trace).trace_id))
  const fresh = ids.filter((id) => !known.includes(id))
  known.push(...fresh)
  const steps = await Promise.all(
    fresh.map(async (id) => items((await read(`traces/${id}`)).spans).map(fields)),
  )
  return steps.flatMap(pathsOf).toSorted()
}

function pathsOf(steps: readonly JsonObject[]): string[] {
  const byId = new Map(steps.map((step) => [step.span_id, step]))
  const pathOf = (step: JsonObject): string => {
    const parent = byId.get(step.parent_id)
    return parent ? `${pathOf(parent)} > ${String(step.name)}` : String(step.name)
  }
  return steps.map((step) => `${pathOf(step)}: ${String(step.status)}`)
}

describe('npm run example', () => {
  it('knows those that are tested here', () => {
    expect(Object.keys(PROGRAMS)).toEqual(Object.keys(EXPECTED))
  })

  const example = (name: string, path = process.env.PATH) =>
    run(process.execPath, [join(root, 'examples/run.ts'), name], {
      env: {
        ...process.env,
        CARROT_API_KEY: collector.key,
        CARROT_BASE_URL: collector.url,
        NO_COLOR: '1',
        OPENAI_API_KEY: undefined,
        ANTHROPIC_API_KEY: undefined,
        PATH: path,
      },
    })

  /** What no package of the registry brings: where it is not there, the example says so. */
  const hasPython = spawnSync('python3', ['--version']).status === 0
  const here = Object.entries(EXPECTED).filter(([name]) => hasPython || !name.startsWith('python'))

  it.each(here)('%s', async (name, { printed, recorded }) => {
    const { stdout, stderr } = await example(name)
    expect(stdout).toContain(printed)
    expect(stderr).toBe('')
    expect(await arrived()).toEqual(recorded.toSorted())
  })

  it('says what it needs and is not there', async () => {
    const said = await example('python', '').catch((error: { stderr: string }) => error)
    expect(said.stderr).toBe('This example needs python3, which is not on this machine.\n')
  })

  it('says which there are', async () => {
    const said = await run('node', [join(root, 'examples/run.ts'), 'nothing']).catch(
      (error: { stderr: string }) => error,
    )
    expect(said.stderr).toMatch(
      /^There is no example "nothing"\. There are answer-question, batch, /,
    )
  })
})
