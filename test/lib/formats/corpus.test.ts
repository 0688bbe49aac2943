import { existsSync, readFileSync } from 'node:fs'
import { collector, consoleExporter, type ContentLevel, type SpanRecord } from 'carrot-trace'
import { describe, expect, it } from 'vitest'
import { replay } from '../../support/replay.ts'
import { files, FOLDER } from './corpus/make.ts'
import { CHUNKINGS, readCorpus, replayOf } from './corpus/read.ts'
import { ROWS } from './corpus/rows.ts'
import { ANSWERED, HEADERS, secretive, withUser } from './secrets.ts'

const corpus = readCorpus()
const COLLECTOR = { baseUrl: 'http://localhost:8787', apiKey: 'sk-collector' }
const LEVELS: readonly ContentLevel[] = ['full', 'metadata', 'off']

/** What has to be the same however an answer came. */
function toldOf({ status, output, error, call }: SpanRecord) {
  const { raw: _raw, ...usage } = call?.usage ?? {}
  return { status, output, error, ended: call?.ended, response: call?.response, usage }
}

/** The same without what was said. */
function countedOf({ status, error, call }: SpanRecord) {
  const { choices = [], ...response } = call?.response ?? {}
  return {
    status,
    type: error?.type,
    ended: call?.ended,
    response,
    usage: call?.usage,
    finish: choices.map(({ finishReason, finishReasonRaw }) => [finishReason, finishReasonRaw]),
  }
}

function wordsOf({ output }: SpanRecord): string[] {
  const said: { content?: unknown } = Object(output)
  return typeof said.content === 'string' && said.content.length > 4 ? [said.content] : []
}

describe('test/fixtures', () => {
  it('is what `node test/lib/formats/corpus/make.ts` writes', () => {
    for (const [path, bytes] of files()) {
      expect(Buffer.from(bytes).equals(readFileSync(new URL(path, FOLDER))), path).toBe(true)
    }
  })
})

describe('the rows of a corpus', () => {
  const names = corpus.flatMap(({ format, answers }) =>
    answers.map(({ file }) => `${format}/${file}`),
  )

  it('are all there', () => expect(ROWS).toHaveLength(64))

  it.each(ROWS)('are here, or it is said why not: $what', ({ fixtures = [], tests = [], why }) => {
    const isFound = (begun: string) => names.some((name) => name.startsWith(begun))
    expect(fixtures.filter((begun) => !isFound(begun))).toEqual([])
    expect(
      tests.filter((path) => !existsSync(new URL(`../../../${path}`, import.meta.url))),
    ).toEqual([])
    expect(fixtures.length + tests.length + (why?.length ?? 0)).toBeGreaterThan(0)
  })
})

describe.each(corpus)('$format, $name', (fixture) => {
  it.each(CHUNKINGS)(
    'is read right, with any content, when its bytes come %s',
    async (_, parted) => {
      for (const answer of fixture.answers) {
        const asked = replayOf(fixture, answer)
        const sent = { ...asked, ...parted(asked) }
        const { record: full } = await replay(asked)
        expect(full).toMatchObject(fixture.record)
        for (const content of LEVELS) {
          const { record, seen } = await replay({ ...sent, content })
          expect(Buffer.compare(seen, sent.reply)).toBe(0)
          expect(countedOf(record)).toEqual(countedOf(full))
          if (content === 'full') expect(toldOf(record)).toEqual(toldOf(full))
          else for (const word of wordsOf(full)) expect(JSON.stringify(record)).not.toContain(word)
          if (content === 'off')
            expect([record.input, record.output]).toEqual([undefined, undefined])
        }
      }
    },
  )

  it('gives the same record streamed as whole', async () => {
    const records = fixture.answers.map((answer) => replay(replayOf(fixture, answer)))
    const [first, ...others] = await Promise.all(records)
    for (const other of others) {
      expect(first && toldOf(first.record)).toEqual(toldOf(other.record))
    }
  })

  it('leaves no secret of its request in a record, in a line of the log or in what is sent', async () => {
    for (const answer of fixture.answers) {
      const asked = replayOf(fixture, answer)
      const { record } = await replay({
        ...asked,
        url: withUser(asked.url),
        request: secretive(asked.request),
        sent: HEADERS,
        headers: { ...asked.headers, ...ANSWERED },
      })
      const { request } = collector({ ...COLLECTOR, fetch })
      const left = [String(request?.([record]).body)]
      await consoleExporter((line) => left.push(line)).export([record])
      expect(left.length).toBeGreaterThan(1)
      expect(`${JSON.stringify(record)}${left.join('')}`).not.toMatch(/hidden/i)
    }
  })
})
