/**
 * `carrot export`: traces as JSONL, a record a line, as `carrot import` and every collector take it.
 *
 * @module
 */

import { createWriteStream, existsSync } from 'node:fs'
import type { Writable } from 'node:stream'
import { once } from 'node:events'
import { type Command, Option } from 'commander'
import { fields, parse, string } from '../../src/lib/json.ts'
import { type ExportFormat, EXPORTS } from '../export/formats.ts'
import { reach, refusal, type Where } from './collector.ts'
import { EXIT, Failure } from './failure.ts'
import { linesOf } from './lines.ts'
import { examples, whereOf, withCollector } from './options.ts'
import { type Place, placeIn } from './resume.ts'
import { note, progress } from './terminal.ts'

interface ExportOptions extends Where {
  output?: string
  from?: string
  to?: string
  resume: boolean
  json: boolean
  format: 'records' | ExportFormat
}

export function addExport(program: Command): void {
  withCollector(program.command('export'))
    .summary('write traces to a file')
    .description(
      'Writes every step of every trace as a line of JSON, oldest trace first, with ids, times and bodies: what\n' +
        '`carrot import` reads into any other collector. An export that was cut is gone on with by --resume.',
    )
    .argument('[filter...]', 'such as status:error tag:prod; all traces unless told')
    .option('-o, --output <file>', 'where to write; the output unless told')
    .option(
      '--from <time>',
      'traces that began then or later, such as 2026-01-31 or 2026-01-31T12:00Z',
    )
    .option('--to <time>', 'and earlier than this')
    .addOption(
      new Option('--format <format>', 'what a line is: see below')
        .choices(['records', ...EXPORTS])
        .default('records'),
    )
    .option('--resume', 'go on where the file ends, with the same filter', false)
    .option('--json', 'at the end, how much it was, as JSON on the error output', false)
    .addHelpText(
      'after',
      '\nFormats:\n' +
        '  records  a step, as `carrot import` reads it\n' +
        '  chat     a call as an example for training, in the chat format of OpenAI\n' +
        '  skipped  a call that is no such example, with the reason\n' +
        '  otlp     spans of OpenTelemetry, as its file exporter writes them\n',
    )
    .addHelpText(
      'after',
      examples(
        ['carrot export -o traces.jsonl', ''],
        ['carrot export tag:prod --from 2026-01-01 | gzip > prod.jsonl.gz', ''],
        ['carrot export tag:good --format chat -o examples.jsonl', ''],
        [
          'carrot export --folder /var/lib/carrot -o all.jsonl',
          'on the server itself, also while it runs',
        ],
      ),
    )
    .action((filter: string[], options: ExportOptions) => exportTraces(filter, options))
}

async function exportTraces(filter: string[], options: ExportOptions): Promise<void> {
  const { output, resume, json, from, to, format } = options
  if (resume && format !== 'records') {
    throw new Failure('--resume goes on with records alone: other lines name no place.', EXIT.usage)
  }
  if (resume && output === undefined) {
    throw new Failure('--resume goes on in a file: say which with --output.', EXIT.usage)
  }
  if (!resume && output !== undefined && existsSync(output)) {
    throw new Failure(
      `${output} is there already: go on with it by --resume, or move it away.`,
      EXIT.usage,
    )
  }
  const place = resume && output !== undefined ? await placeIn(output) : undefined
  const at = await reach(whereOf(options))
  try {
    const query = new URLSearchParams({
      ...(filter.length > 0 && { q: filter.join(' ') }),
      ...(from !== undefined && { from }),
      ...(to !== undefined && { to }),
      ...(place?.from !== undefined && { from: place.from }),
      ...(format !== 'records' && { format }),
    })
    const response = await at.ask(`/v1/export.jsonl?${query}`)
    if (!response.ok) throw await refusal(at.name, response)
    const target = output === undefined ? process.stdout : createWriteStream(output, { flags: 'a' })
    const lines = await copy(response, target, { place, format })
    if (target !== process.stdout) {
      target.end()
      await once(target, 'finish')
    }
    const counted = { [format === 'records' ? 'steps' : 'lines']: lines }
    if (json) process.stderr.write(`${JSON.stringify({ ...counted, ...(output && { output }) })}\n`)
    else if (output !== undefined) {
      note(`${lines} ${NOUNS[format]}${place ? ' more' : ''}, in ${output}.`)
    }
    if (format === 'chat' && !json) note('Calls that are no example are told by --format skipped.')
  } finally {
    await at.close()
  }
}

const NOUNS = {
  records: 'steps',
  chat: 'examples',
  skipped: 'calls that are no example',
  otlp: 'requests of OpenTelemetry',
}

async function copy(
  response: Response,
  target: Writable,
  { place, format }: { place: Place | undefined; format: ExportOptions['format'] },
): Promise<number> {
  const shown = progress()
  let lines = 0
  try {
    for await (const line of linesOf(response)) {
      const record = format === 'records' ? fields(parse(line)) : {}
      const trace = string(fields(fields(record.metadata).carrot).trace_id) ?? ''
      if (place?.complete.has(trace)) continue
      lines += 1
      const to = string(record.started_at)?.slice(0, 19)
      shown.show(`${lines} ${NOUNS[format]}${to ? `, to ${to}` : ''}`)
      if (!target.write(`${line}\n`)) await once(target, 'drain')
    }
    return lines
  } catch (error) {
    const goesOn = '; with --output and --resume it goes on from there'
    throw new Failure(
      `The export was cut after ${lines} ${NOUNS[format]}${format === 'records' ? goesOn : ''}.`,
      EXIT.failed,
      { cause: error },
    )
  } finally {
    shown.end()
  }
}
