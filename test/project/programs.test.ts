import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { PROGRAMS } from '../../examples/programs.ts'
import type { IngestRecord } from '../../src/lib/ingest.ts'
import { collectorStub, type CollectorStub } from '../support/collector-stub.ts'
import { newest, paths } from '../workers/tree.ts'
import { root } from './snippets.ts'

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
  evals: { printed: '2 passed', recorded: [] },
}

/** A record of a foreign client names its parent beside the other fields, by its whole id. */
function toOwn(record: IngestRecord): IngestRecord {
  const parent: unknown = Reflect.get(record, 'parent_id')
  if (typeof parent !== 'string') return record
  const carrot = { parent_id: parent.replaceAll('-', '').slice(-16) }
  return { ...record, metadata: { ...record.metadata, carrot } }
}

let collector: CollectorStub
beforeEach(async () => {
  collector = await collectorStub()
})
afterEach(() => collector.close())

describe('npm run example', () => {
  it('knows those that are tested here', () => {
    expect(Object.keys(PROGRAMS)).toEqual(Object.keys(EXPECTED))
  })

  it.each(Object.entries(EXPECTED))('%s', async (name, { printed, recorded }) => {
    const { stdout, stderr } = await run('node', [join(root, 'examples/run.ts'), name], {
      env: {
        ...process.env,
        CARROT_API_KEY: 'sk-test',
        CARROT_BASE_URL: collector.url,
        NO_COLOR: '1',
        OPENAI_API_KEY: undefined,
        ANTHROPIC_API_KEY: undefined,
      },
    })
    expect(stdout).toContain(printed)
    expect(stderr).toBe('')
    const records = newest(collector.requests).map(toOwn)
    expect(paths(records)).toEqual(recorded.toSorted())
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
