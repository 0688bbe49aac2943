/**
 * `carrot import`: records of JSONL into a collector. Ids stay, so that doing it again changes nothing.
 *
 * @module
 */

import { createReadStream, existsSync } from 'node:fs'
import { readFile, rm, stat, writeFile } from 'node:fs/promises'
import { Readable } from 'node:stream'
import type { Command } from 'commander'
import { MAX_BATCH } from '../../src/lib/ingest.ts'
import { fields, items, type Json, number, parse, string } from '../../src/lib/json.ts'
import { answered, type Collector, reach, type Where } from './collector.ts'
import { EXIT, Failure } from './failure.ts'
import { linesOf } from './lines.ts'
import { examples, whereOf, withCollector } from './options.ts'
import { note, printJson, progress } from './terminal.ts'

interface ImportOptions extends Where {
  restart: boolean
  json: boolean
}

interface Imported {
  accepted: number
  rejected: { line: number; error: string }[]
}

/** A request may have 10 MB. */
const MAX_CHARS = 2_000_000

/** What a collector that has no time is given, in all about two minutes. */
const MAX_TRIES = 8
const FIRST_PAUSE_MS = 500

const MAX_SHOWN = 20

export function addImport(program: Command): void {
  withCollector(program.command('import'))
    .summary('read traces from a file')
    .description(
      'Sends every record of a file of `carrot export` to a collector. Ids stay as they are, so nothing is there\n' +
        'twice however often it is done. One that was cut goes on where it was; a note beside the file says where.',
    )
    .argument('[file]', 'JSONL, a record a line; the input unless told', '-')
    .option('--restart', 'begin at the first line all the same', false)
    .option('--json', 'say how much it was as JSON', false)
    .addHelpText(
      'after',
      examples(
        ['carrot import traces.jsonl', ''],
        [
          'carrot export --folder .carrot | carrot import --url https://traces.example.com',
          'from a laptop to a server',
        ],
      ),
    )
    .action((file: string, options: ImportOptions) => importTraces(file, options))
}

async function importTraces(file: string, options: ImportOptions): Promise<void> {
  if (file !== '-' && !existsSync(file)) {
    throw new Failure(`There is no file ${file}.`, EXIT.usage)
  }
  const at = await reach(whereOf(options))
  const place = file === '-' ? undefined : notePlace(`${file}.imported`, at.name)
  try {
    const done = options.restart ? 0 : ((await place?.read()) ?? 0)
    if (done > 0) note(`Going on after line ${done}; --restart begins at the first.`)
    const source = file === '-' ? process.stdin : createReadStream(file)
    const size = file === '-' ? undefined : (await stat(file)).size
    const imported = await send(at, Readable.toWeb(source) as ReadableStream<Uint8Array>, {
      done,
      size,
      place,
    })
    await place?.remove()
    tell(imported, options.json)
  } finally {
    await at.close()
  }
}

function tell({ accepted, rejected }: Imported, json: boolean): void {
  if (json) printJson({ accepted, rejected })
  else {
    note(`${accepted} records taken${rejected.length > 0 ? `, ${rejected.length} refused:` : '.'}`)
    for (const { line, error } of rejected.slice(0, MAX_SHOWN)) note(`  line ${line}: ${error}`)
  }
  if (rejected.length > 0) process.exitCode = EXIT.failed
}

interface Sending {
  /** Lines that were taken before. */
  done: number
  size: number | undefined
  place: PlaceNote | undefined
}

async function send(
  at: Collector,
  body: ReadableStream<Uint8Array>,
  { done, size, place }: Sending,
): Promise<Imported> {
  const shown = progress()
  const imported: Imported = { accepted: 0, rejected: [] }
  let batch: { line: number; text: string }[] = []
  let line = 0
  let chars = 0
  let read = 0

  async function flush(): Promise<void> {
    if (batch.length > 0) await sendBatch(at, batch, imported)
    batch = []
    chars = 0
    await place?.write(line)
    const part = size ? ` of ${Math.round(size / 1e6)} MB` : ''
    shown.show(`${imported.accepted} records, ${Math.round(read / 1e6)}${part}`)
  }

  try {
    for await (const text of linesOf({ body })) {
      read += text.length
      if (line >= done) {
        if (batch.length === MAX_BATCH || (batch.length > 0 && chars + text.length > MAX_CHARS)) {
          await flush()
        }
        batch.push({ line: line + 1, text })
        chars += text.length
      }
      line += 1
    }
    await flush()
    return imported
  } finally {
    shown.end()
  }
}

async function sendBatch(
  at: Collector,
  batch: readonly { line: number; text: string }[],
  imported: Imported,
): Promise<void> {
  const good = batch.filter(({ line, text }) => {
    const isJson = parse(text) !== undefined
    if (!isJson) imported.rejected.push({ line, error: 'this is no JSON' })
    return isJson
  })
  if (good.length === 0) return
  const reply = fields(
    await post(at, `{"traces":[${good.map(({ text }) => text).join(',')}]}`, good),
  )
  imported.accepted += items(reply.traces).length
  for (const error of items(reply.errors)) {
    const { index, error: reason } = fields(error)
    const line = good[number(index) ?? -1]?.line ?? 0
    imported.rejected.push({ line, error: string(reason) ?? 'refused' })
  }
}

async function post(at: Collector, body: string, batch: readonly unknown[]): Promise<Json> {
  for (let tries = 1; ; tries += 1) {
    const response = await at.ask('/v1/traces/ingest', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    })
    const isBusy = [408, 429, 502, 503, 504].includes(response.status)
    if (isBusy && tries < MAX_TRIES) {
      await response.body?.cancel()
      await new Promise((resolve) => setTimeout(resolve, FIRST_PAUSE_MS * 2 ** tries))
      continue
    }
    // All of them refused: the answer has the reason of the first alone.
    if (response.status === 400 && batch.length > 0) {
      const reason = string(fields(parse(await response.text())).error) ?? 'refused'
      return { traces: [], errors: batch.map((_, index) => ({ index, error: reason })) }
    }
    return answered(at, response)
  }
}

interface PlaceNote {
  read(): Promise<number>
  write(line: number): Promise<void>
  remove(): Promise<void>
}

/** How far it came, beside the file; of another collector it says nothing. */
function notePlace(file: string, target: string): PlaceNote {
  return {
    async read() {
      const { to, lines } = fields(parse(await readFile(file, 'utf8').catch(() => '{}')))
      return to === target ? (number(lines) ?? 0) : 0
    },
    write: (lines) => writeFile(file, JSON.stringify({ to: target, lines })),
    remove: () => rm(file, { force: true }),
  }
}
