/**
 * A database as version 1 of the schema left it.
 *
 * `version-1.json` has the rows that the last program with that schema wrote, for the changes below; of
 * long texts it has where each part begins and ends.
 */

import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Driver, Statement, Value } from '../../worker/store/sqlite/driver.ts'
import { migrate } from '../../worker/store/sqlite/migrate.ts'
import { SPAN_MIGRATIONS } from '../../worker/store/sqlite/schema.ts'
import type { SpanChange } from '../../worker/store/store.ts'
import { change, child, START_US, traceId } from '../store/changes.ts'

/** In several parts, with a character of four bytes where one of them ends. */
const LONG_INPUT = { messages: [{ role: 'user', content: 'é😀 carrot '.repeat(30_000) }] }
const LONG_OUTPUT = 'a word, and another. '.repeat(400)
const LONG_METADATA = { notes: 'a note '.repeat(12_000) }

const usage = { input: 1000, output: 500 }
const call = {
  provider: 'openai',
  operation: 'chat',
  format: 'openai.chat',
  request: { model: 'gpt-4o', params: {} },
  response: { model: 'gpt-4o-2024-08-06', choices: [{ index: 0, finishReason: 'stop' as const }] },
  usage,
  stream: true,
  ended: 'complete' as const,
  time: { firstTextMs: 120 },
  http: { method: 'POST', url: 'https://api.openai.com/v1/chat/completions', status: 200 },
} as unknown as NonNullable<SpanChange['call']>

const told = { traceId: traceId(1), seq: 1 }

/** Rows of all kinds. */
export const CHANGES: SpanChange[] = [
  change(1, {
    ...told,
    name: 'root',
    kind: 'workflow',
    status: 'success',
    endUs: START_US + 5_000_000,
    tags: ['prod', 'beta'],
    metadata: { version: '2.1', nested: { deep: [1, 2] } },
    input: LONG_INPUT,
    output: 'Go to Settings.',
    userId: 'u12',
    sessionId: 's1',
    environment: 'test',
    resource: { service: 'shop', environment: 'test', release: '7', sdk: 'carrot-trace/0.1.0' },
  }),
  child(2, 1, {
    ...told,
    name: 'chat gpt-4o',
    kind: 'generation',
    status: 'success',
    endUs: START_US + 900_000,
    model: 'gpt-4o-2024-08-06',
    provider: 'openai',
    inputTokens: 1000,
    outputTokens: 500,
    call,
    input: { messages: [{ role: 'user', content: 'How do I reset my marzipan?' }] },
    output: { role: 'assistant', content: LONG_OUTPUT },
  }),
  child(3, 1, {
    ...told,
    name: 'search',
    kind: 'tool',
    status: 'error',
    endUs: START_US + 950_000,
    error: { type: 'TypeError', message: 'no such nougat' },
    metadata: LONG_METADATA,
    input: 'nougat',
  }),
  // Foreign: a family that arrived, a member whose parent never came, and one whose parent is late.
  change(4, { name: 'foreign root', status: 'success', tags: ['prod'] }),
  child(5, 4, {
    name: 'foreign child',
    model: 'claude-sonnet-4',
    inputTokens: 10,
    outputTokens: 20,
  }),
  child(6, 5, { name: 'foreign grandchild', output: 'ok' }),
  child(7, 0x99, { name: 'orphan' }),
  child(9, 8, { name: 'came before its parent' }),
  change(8, { name: 'late parent' }),
  // Says nothing but that it is there, and says what few say.
  change(10, { startUs: START_US + 10 }),
  change(11, { name: 'nul \0 and half \ud83d and \\0000', input: '\ud83d', tags: ['a\nb', ''] }),
  change(12, { traceId: traceId(12), seq: 3, status: 'running', name: 'still running' }),
]

/** Texts of which the rows have the ends of parts alone. */
export const LONG_TEXTS: readonly string[] = [
  LONG_INPUT,
  CHANGES[1]?.output ?? null,
  { error: CHANGES[2]?.error, call: null, metadata: LONG_METADATA, resource: null },
].map((value) => JSON.stringify(value))

/** What stands in the rows for a part of a long text. */
interface Part {
  text: number
  from: number
  to: number
}

type Cell = Value | Part

/** Makes the tables of version 1 with what was in them. */
export async function makeVersion1(driver: Driver): Promise<void> {
  await migrate(driver, SPAN_MIGRATIONS.slice(0, 1))
  const file = fileURLToPath(new URL('version-1.json', import.meta.url))
  const tables: Record<string, Record<string, Cell>[]> = JSON.parse(readFileSync(file, 'utf8'))
  for (const [table, rows] of Object.entries(tables)) {
    await driver.run(
      rows.map((row): Statement => {
        const names = Object.keys(row)
        const values = Object.values(row).map(valueOf)
        return [
          `INSERT INTO ${table} (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`,
          ...values,
        ]
      }),
    )
  }
}

function valueOf(cell: Cell): Value {
  if (cell === null || typeof cell !== 'object' || cell instanceof Uint8Array) return cell
  return (LONG_TEXTS[cell.text] ?? '').slice(cell.from, cell.to)
}
