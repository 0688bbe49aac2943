/**
 * What came out, as a page of the documentation.
 *
 * @module
 */

import { table } from '../support/markdown.ts'
import type { Row } from './row.ts'

export interface Rows {
  processes: readonly Row[]
  workers: readonly Row[]
  pages: readonly Row[]
}

const HEAD = `# Delivery

How many of the records of a program arrive at the collector when it ends without having called \`flush()\`, by how it ends. Each cell was counted: programs, Workers and pages with the package as it is installed, ended for real. \`npx vitest run --project delivery -u\` does it all again and writes this page.

Of what still runs the record arrives as far as it has come: a span as \`running\`, a call as \`open\`, with what the model has said so far.

What comes of records where the collector is down, slow or no collector at all: [when the collector misbehaves](faults.md).`

const PROCESSES = `## Processes

While it runs a process sends every 5 s (\`limits.flushInterval\`), and whenever 50 records (\`limits.batchSize\`) or a megabyte of them are there. What is left when it ends:`

const AFTER_PROCESSES = `What could not be sent at the end is told to \`onError\`, with its number; what a signal or a freeze takes away nobody is left to tell of.

- _SIGKILL_, a crash of the machine, memory run out: at most the last 5 s are lost. Where that is too much, \`await flush()\` where a trace ends.
- _Freezes_ (AWS Lambda, Cloud Run with CPU only during requests): the platform stops the process with its reply, and may never thaw it. \`await flush()\` before you reply. Where a platform has a \`waitUntil\` (Workers, Vercel, Netlify, Supabase) it is used, and there is nothing to do.
- _Deno and signals_: a signal ends it at once. Listen for it yourself, \`await flush()\`, and exit.
- _Nothing left to do_, and a collector that does not answer: a request that is on its way keeps the process for 10 s at most, and what is left then for \`limits.flushTimeout\`. \`shutdown()\` waits \`limits.flushTimeout\` in all, and gives up the rest: it is in its receipt, and told.
- _\`process.exit()\`_ waits for the collector for 2 s at most. \`await flush()\` before it waits \`limits.flushTimeout\`, and tries again what fails.`

const WORKERS = `## Workers

What an invocation recorded is sent when the last span of its trace has ended, by the invocation itself, through \`waitUntil\`.`

const AFTER_WORKERS = `- _The client leaves mid-stream_: the stream is cancelled, and so recorded. workerd notices that somebody has left when it next writes; while the model is silent, nothing does.
- _25 s on_ what still runs leaves as it stands, because the platform ends at 30 s what nobody waits for.
- _An isolate that is gone_ (out of memory, past its CPU time, moved) takes with it what has not been sent. \`await flush()\` in the handler sends what is over by then.`

const PAGES = `## Pages

A page sends like a process, and what is left when it is hidden, which is the last that it hears of: with \`keepalive\`, in small requests, of which browsers let 64 KiB between them outlive a page; what is more is sent at once as well, without.`

const AFTER_PAGES = `- _A tab that crashes_, a browser that is killed: at most the last 5 s are lost. \`await flush()\` where a trace ends.
- _More than 64 KiB_ at that moment arrives where the page stays for long enough, in a tab that is hidden, say. \`onError\` is told of what is lost, where there is still a page.`

export function page({ processes, workers, pages }: Rows): string {
  const sections = [
    [PROCESSES, tableOf('a process ends by', processes), AFTER_PROCESSES],
    [WORKERS, tableOf('an invocation', workers), AFTER_WORKERS],
    [PAGES, tableOf('a page', pages), AFTER_PAGES],
  ]
  return `${[HEAD, ...sections.flat()].join('\n\n')}\n`
}

function tableOf(what: string, rows: readonly Row[]): string {
  const runtimes = Object.keys(rows[0]?.delivered ?? {})
  return table(
    [what, ...runtimes],
    rows.map(({ name, recorded, delivered }) => [
      name,
      ...runtimes.map((runtime) => `${delivered[runtime]} of ${recorded}`),
    ]),
  )
}
