/**
 * The limits that a user can run into, and where in the source each of them stands.
 *
 * @module
 */

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { table } from '../support/markdown.ts'
import { root } from './snippets.ts'

type Unit = 'bytes' | 'ms' | 's' | 'characters' | ''

/** What is limited; the name of its option or constant, and the file; what happens past it. */
type Limit = readonly [what: string, name: string, file: string, unit: Unit, past: string]

const OPTIONS = 'src/lib/tracer/settings.ts'
const OTLP = 'worker/otlp/limits.ts'
const CONTROL = 'worker/auth/new-key.ts'
const VIEWS = 'worker/auth/saved-views.ts'
const SCORE = 'worker/store/score.ts'

const SECTIONS: readonly (readonly [title: string, limits: readonly Limit[]])[] = [
  [
    'Options',
    [
      [
        'a request, and an answer, as it is recorded',
        'capture.maxBytes',
        OPTIONS,
        'bytes',
        'text is cut, with a mark and `capture.truncated`; counts and finish reason are still read',
      ],
      [
        'what waits to be sent',
        'limits.queueBytes',
        OPTIONS,
        'bytes',
        'records are dropped and counted; `onError` hears `queue_full`',
      ],
      ['records that wait', 'limits.batchSize', OPTIONS, '', 'they are sent'],
      ['time that they wait', 'limits.flushInterval', OPTIONS, 'ms', 'they are sent'],
      [
        'how long `flush()` takes',
        'limits.flushTimeout',
        OPTIONS,
        'ms',
        'it comes back, and counts the rest as `pending`',
      ],
      [
        'new attempts to send a batch',
        'limits.maxRetries',
        OPTIONS,
        '',
        'its records are dropped and counted; `onError` hears `export_failed`',
      ],
    ],
  ],
  [
    'Sending',
    [
      ['records of a batch', 'MAX_BATCH', 'src/lib/ingest.ts', '', '`batchSize` cannot be more'],
      ['weight that waits', 'FULL_BYTES', 'src/lib/export/batch.ts', 'bytes', 'it is sent'],
      [
        'weight of a batch',
        'MAX_BATCH_BYTES',
        'src/lib/export/queue.ts',
        'bytes',
        'it becomes several',
      ],
      [
        'a request',
        'MAX_REQUEST_MS',
        'src/lib/export/deliver.ts',
        'ms',
        'it has failed, and is tried again',
      ],
      [
        'pause between attempts',
        'MAX_PAUSE_MS',
        'src/lib/export/deliver.ts',
        'ms',
        'it is no longer',
      ],
      [
        'an answer of the collector',
        'MAX_REPLY_BYTES',
        'src/lib/export/collector.ts',
        'bytes',
        'it is no receipt',
      ],
      [
        'what an ending process waits for',
        'MAX_BLOCKED_MS',
        'src/lib/export/endings.ts',
        'ms',
        'it ends, and `onError` hears of the rest',
      ],
      [
        'a request of a page that goes away',
        'MAX_LEAVING_BYTES',
        'src/lib/export/endings.ts',
        'bytes',
        'it becomes several; what browsers refuse is told',
      ],
      [
        'records of an invocation that are held together',
        'MAX_HOLD_MS',
        'src/lib/export/hold.ts',
        'ms',
        'they are sent as they stand',
      ],
    ],
  ],
  [
    'Recording',
    [
      [
        'depth of an argument or a result',
        'MAX_DEPTH',
        'src/lib/snapshot.ts',
        '',
        'what is deeper is named by its type',
      ],
      [
        'members of one object or list',
        'MAX_ENTRIES',
        'src/lib/snapshot.ts',
        '',
        'the rest is counted',
      ],
      ['a stack', 'MAX_STACK', 'src/lib/errors.ts', 'characters', 'it is cut'],
      ['causes of an error', 'MAX_CAUSES', 'src/lib/errors.ts', '', 'they are left out'],
      [
        'time between two attempts of a call',
        'MAX_GAP_MS',
        'src/lib/tracer/retries.ts',
        'ms',
        'the second is a call of its own',
      ],
      [
        'traces that a rule of `keep` waits for',
        'MAX_TRACES',
        'src/lib/tracer/sampling.ts',
        '',
        'the oldest is let go, as without a rule',
      ],
      ['records of these', 'MAX_RECORDS', 'src/lib/tracer/sampling.ts', '', 'likewise'],
      [
        'open spans whose `headers()` were taken',
        'MAX_CARRIED',
        'src/lib/tracer/carrier.ts',
        '',
        'the oldest is no parent any more',
      ],
      [
        'hosts of which `unread_call` is told',
        'MAX_HOSTS',
        'src/lib/tracer/unread.ts',
        '',
        'others are not counted',
      ],
      [
        '`baggage` that is passed on',
        'MAX_BAGGAGE',
        'src/lib/tracer/distributed.ts',
        'bytes',
        'it is not',
      ],
      [
        'exchanges of a cassette',
        'MAX_RECORDINGS',
        'src/lib/testing/cassette.ts',
        '',
        'they are not kept; its `onError` is told',
      ],
      [
        'an answer in a cassette',
        'MAX_BODY_BYTES',
        'src/lib/testing/asked.ts',
        'bytes',
        'likewise',
      ],
    ],
  ],
  [
    'The collector: taking',
    [
      [
        'a request',
        'MAX_BODY_BYTES',
        'worker/api/ingest.ts',
        'bytes',
        '413, also of what it inflates to',
      ],
      ['records of a request', 'MAX_BATCH', 'src/lib/ingest.ts', '', '400'],
      [
        'time for a body, `CARROT_BODY_SECONDS`',
        'BODY_SECONDS',
        'worker/api/body.ts',
        's',
        '408, and nothing is stored',
      ],
      [
        'requests of a key in a minute, of one isolate, `CARROT_INGEST_PER_MINUTE`',
        'INGEST_PER_MINUTE',
        'worker/limits.ts',
        '',
        '429 with `retry-after`',
      ],
      [
        'depth of a value',
        'MAX_DEPTH',
        'worker/api/expect.ts',
        '',
        'the record is refused, with the reason',
      ],
      ['a name', 'MAX_NAME_CHARS', 'worker/api/record.ts', 'characters', 'likewise'],
      ['tags of a record', 'MAX_TAGS', 'worker/api/expect.ts', '', 'likewise'],
      ['a tag', 'MAX_TAG_CHARS', 'worker/api/expect.ts', 'characters', 'likewise'],
      ['spans of an OTLP request', 'MAX_SPANS', OTLP, '', 'refused; the answer says how many'],
      ['attributes of one', 'MAX_ATTRIBUTES', OTLP, '', 'left out; the answer says how many'],
      ['its metadata', 'MAX_METADATA', OTLP, '', 'likewise'],
      ['its events', 'MAX_EVENTS', OTLP, '', 'likewise'],
    ],
  ],
  [
    'The collector: reading',
    [
      ['traces of a page', 'MAX_PAGE', 'worker/store/query.ts', '', '400'],
      [
        'traces that are compared by another sort than `start`',
        'SORTED_TRACES',
        'worker/store/query.ts',
        '',
        'older ones are not',
      ],
      ['a search', 'MAX_SEARCH_CHARS', 'worker/query/search.ts', 'characters', '400'],
      ['terms of a search', 'MAX_TERMS', 'worker/store/query.ts', '', '400'],
      [
        'of a text, what is found by its words',
        'SEARCHED_CHARS',
        'worker/store/words.ts',
        'characters',
        'the rest is kept and shown, and not found',
      ],
      [
        'metadata of a step that can be searched',
        'MAX_METADATA',
        'worker/store/marks.ts',
        '',
        'the rest is kept and shown, and not found',
      ],
      ['points of a series', 'MAX_BUCKETS', 'worker/store/query.ts', '', '400'],
      [
        'traces that facets are counted of',
        'FACET_TRACES',
        'worker/store/query.ts',
        '',
        'older ones are not',
      ],
      [
        'traces of a session that are added up',
        'SESSION_TRACES',
        'worker/store/session-query.ts',
        '',
        'older ones are not, and the page says so',
      ],
      [
        'traces that one term names, or that are selected in the list',
        'MAX_TERM_TRACES',
        'worker/store/query.ts',
        '',
        '400',
      ],
      ['scores of a step', 'MAX_SCORES', SCORE, '', '400; of a record they are left out'],
      ['a score that is a word', 'MAX_SCORE_CHARS', SCORE, 'characters', '400'],
      ['the note of one', 'MAX_NOTE_CHARS', SCORE, 'characters', '400'],
      [
        'a message shown as Markdown',
        'MAX_MARKDOWN_CHARS',
        'worker/dashboard/chat/markdown.ts',
        'characters',
        'it is shown as it was written',
      ],
    ],
  ],
  [
    'The collector: administration',
    [
      ['projects', 'MAX_PROJECTS', 'worker/auth/project-book.ts', '', '409'],
      ['keys of a project', 'MAX_KEYS', CONTROL, '', '400'],
      ['origins of a key', 'MAX_ORIGINS', CONTROL, '', '400'],
      ['a name', 'MAX_NAME_CHARS', CONTROL, 'characters', '400'],
      ['days that traces are kept', 'MAX_RETENTION_DAYS', 'worker/auth/settings.ts', '', '400'],
      ['prices of a project', 'MAX_PRICE_RULES', 'worker/auth/price-rules.ts', '', '400'],
      ['saved views of a project', 'MAX_VIEWS', VIEWS, '', '400'],
      ['the name of one', 'MAX_VIEW_NAME_CHARS', VIEWS, 'characters', '400'],
      ['its search', 'MAX_VIEW_CHARS', VIEWS, 'characters', '400'],
      [
        'a password',
        'MAX_PASSWORD_CHARS',
        'worker/auth/password.ts',
        'characters',
        'nobody is let in by it',
      ],
      ['a session', 'SESSION_SECONDS', 'worker/auth/session.ts', 's', 'one logs in again'],
      [
        'how long others take a revoked key for good',
        'REMEMBER_MS',
        'worker/auth/keys.ts',
        'ms',
        'it is refused everywhere',
      ],
      ['time to answer `/readyz`', 'READY_SECONDS', 'worker/operations/health.ts', 's', '503'],
    ],
  ],
]

const HEAD = `# Limits

Every buffer, queue, wait and retry has an end. These are those that one can run into, each with the option or the constant that says it; the numbers are read from the source by a test, which writes this page (\`npx vitest run --project project limits -u\`).

What is dropped is never dropped in silence: it is counted in the receipt of \`flush()\`, told to \`onError\`, or named in the collector's answer.
`

/** @throws {Error} If a limit is not where it is said to be. */
export function page(): string {
  const sections = SECTIONS.map(([title, limits]) => {
    const rows = limits.map(([what, name, file, unit, past]) => [
      what,
      written(valueOf(name, file), unit),
      name.includes('.') ? `\`${name}\`` : `[\`${name}\`](../${file})`,
      past,
    ])
    return `## ${title}\n\n${table(['', 'at most', 'said by', 'past it'], rows)}\n`
  })
  return [HEAD, ...sections].join('\n')
}

/** A product of numbers, as the source has it. */
function valueOf(name: string, file: string): number {
  const own = name.split('.').at(-1)
  const pattern = new RegExp(`(?:const ${own} = |^  ${own}: )([\\d_]+(?: \\* [\\d_]+)*)[,\\n]`, 'm')
  const [, product] = pattern.exec(readFileSync(join(root, file), 'utf8')) ?? []
  if (!product) throw new Error(`There is no ${name} in ${file}.`)
  return product
    .split(' * ')
    .map((factor) => Number(factor.replaceAll('_', '')))
    .reduce((one, other) => one * other)
}

const UNITS: Record<Unit, readonly (readonly [size: number, name: string])[]> = {
  bytes: [
    [1_048_576, ' MiB'],
    [1_000_000, ' MB'],
    [1_024, ' KiB'],
    [1_000, ' kB'],
    [1, ' bytes'],
  ],
  ms: [
    [1_000, ' s'],
    [1, ' ms'],
  ],
  s: [
    [86_400, ' days'],
    [1, ' s'],
  ],
  characters: [[1, ' characters']],
  '': [[1, '']],
}

/** In the largest unit of which it is a whole number. */
function written(value: number, unit: Unit): string {
  const [size, name] = UNITS[unit].find(([size]) => value % size === 0) ?? [1, '']
  return (value / size).toLocaleString('en') + name
}
