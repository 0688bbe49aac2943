/**
 * `carrot doctor`: is the collector there, does the key work, do the clocks agree.
 *
 * @module
 */

import type { Command } from 'commander'
import { reasonOf } from '../../src/lib/errors.ts'
import { fields, parse, string } from '../../src/lib/json.ts'
import { doctor as diagnose, init, shutdown } from 'carrot-trace'
import { type Collector, reach, type Where } from './collector.ts'
import { EXIT } from './failure.ts'
import { examples, whereOf, withCollector } from './options.ts'
import { paint, print, printJson } from './terminal.ts'
import { VERSION } from './version.ts'

interface DoctorOptions extends Where {
  json: boolean
}

interface Finding {
  about: string
  ok: boolean
  text: string
}

/** Traces of two machines whose clocks differ by more look wrong beside each other. */
const MAX_SKEW_MS = 2000

export function addDoctor(program: Command): void {
  withCollector(program.command('doctor'))
    .summary('look for what keeps traces from arriving')
    .description(
      'Asks the collector how it is, tries the key in CARROT_API_KEY (with one record, tagged `doctor`), and\n' +
        'compares clocks. In your own program, `await carrot.doctor(client)` looks at the program as well.',
    )
    .option('--json', 'as JSON', false)
    .addHelpText(
      'after',
      examples(['carrot doctor', ''], ['carrot doctor --url https://traces.example.com', '']),
    )
    .action((options: DoctorOptions) => doctor(options))
}

async function doctor(options: DoctorOptions): Promise<void> {
  const at = await reach(whereOf(options))
  const findings: Finding[] = [
    { about: 'version', ok: true, text: `carrot-trace ${VERSION} on ${runtime()}` },
    ...(await collectorFindings(at)),
    ...(options.folder === undefined ? await sending(options.url) : []),
  ]
  await at.close()
  const ok = findings.every((finding) => finding.ok)
  if (options.json) printJson({ ok, findings })
  else print(findings.map(line).join('\n'))
  if (!ok) process.exitCode = EXIT.failed
}

function line({ about, ok, text }: Finding): string {
  const { good, bad, strong } = paint()
  return `${ok ? good('✓') : bad('✗')} ${strong(about.padEnd(9))} ${text}`
}

async function collectorFindings(at: Collector): Promise<Finding[]> {
  try {
    const startMs = Date.now()
    const ready = await at.ask('/readyz')
    const tookMs = Date.now() - startMs
    const { store, directory } = fields(parse(await ready.text()))
    const reading = await at.ask('/v1/traces?limit=1')
    return [
      ready.ok
        ? {
            about: 'collector',
            ok: true,
            text: `${at.name} is ready, and answered in ${tookMs} ms.`,
          }
        : {
            about: 'collector',
            ok: false,
            text: `${at.name} answers ${ready.status}: store ${string(store) ?? 'unknown'}, directory ${string(directory) ?? 'unknown'}.`,
          },
      ...clock(ready.headers.get('date'), startMs, tookMs),
      await readingFinding(reading),
    ]
  } catch (error) {
    return [{ about: 'collector', ok: false, text: reasonOf(error) }]
  }
}

/** A key that can only send is as it should be. */
async function readingFinding(response: Response): Promise<Finding> {
  const about = 'reading'
  const { status } = response
  const reason = string(fields(parse(await response.text())).detail) ?? `status ${status}`
  if (response.ok) return { about, ok: true, text: 'Traces can be read.' }
  if (status === 403) return { about, ok: true, text: `The key does not read traces: ${reason}.` }
  return { about, ok: false, text: `Traces cannot be read: ${reason}.` }
}

function clock(date: string | null, startMs: number, tookMs: number): Finding[] {
  const theirs = Date.parse(date ?? '')
  if (Number.isNaN(theirs)) return []
  // They say whole seconds, of some time while it took.
  const skew = theirs + 500 - (startMs + tookMs / 2)
  const ok = Math.abs(skew) <= MAX_SKEW_MS + tookMs
  const seconds = (Math.abs(skew) / 1000).toFixed(1)
  const text = ok
    ? 'The clocks agree.'
    : `The collector's clock is ${seconds} s ${skew > 0 ? 'ahead of' : 'behind'} this one: set both by NTP.`
  return [{ about: 'clock', ok, text }]
}

/** What the SDK itself says of sending there. */
async function sending(url: string): Promise<Finding[]> {
  const apiKey = process.env.CARROT_API_KEY
  if (!apiKey) {
    return [
      { about: 'sending', ok: false, text: 'CARROT_API_KEY is not set: nothing would be sent.' },
    ]
  }
  init({ apiKey, baseUrl: url, service: 'carrot doctor' })
  const { findings } = await diagnose()
  await shutdown()
  return findings
    .filter(({ about }) => about === 'delivery')
    .map(({ ok, text }) => ({ about: 'sending', ok, text }))
}

function runtime(): string {
  const { bun, deno, node } = process.versions
  if (bun) return `Bun ${bun}`
  return deno ? `Deno ${deno}` : `Node ${node}`
}
