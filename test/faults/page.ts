/**
 * What came out, as a page of the documentation.
 *
 * @module
 */

import { table } from '../support/markdown.ts'
import { RECORDS } from './fault.ts'
import { FAULTS } from './faults.ts'
import type { Report } from './reports.ts'
import type { Outcome } from './scenario.ts'

const HEAD = `# When the collector misbehaves

What becomes of ${RECORDS} records, by what the collector does, where a batch is tried twice (\`limits.maxRetries: 1\`). Each row was counted on RUNTIMES, with the package as it is installed; the program that was traced saw the same answers of its models in every one. \`npx vitest run --project faults -u\` does it all again and writes this page.

What \`flush()\` counts as accepted the collector has stored, each record once. What is lost or refused is told to \`onError\`, once a batch and reason. What is pending when a process ends is tried once more, and told if it is lost.`

export function page(reports: Record<string, Report>): string {
  const all = Object.values(reports)
  const rows = FAULTS.map(({ name }) => {
    const outcomes = all.flatMap(({ outcomes }) => outcomes[name] ?? [])
    return [name, agreed(outcomes.map(counts)), agreed(outcomes.map(codes))]
  })
  const head = HEAD.replace('RUNTIMES', new Intl.ListFormat('en').format(Object.keys(reports)))
  return `${head}\n\n${table(['The collector', '`flush()` says', '`onError` is told'], rows)}\n`
}

/** Where runtimes differ, all of what they say. */
function agreed(said: readonly string[]): string {
  return [...new Set(said)].join(' or ')
}

function counts({ receipt, early }: Outcome): string {
  return [early, receipt]
    .flatMap((each) => each ?? [])
    .map((each) =>
      Object.entries(each)
        .filter(([, count]) => count > 0)
        .map(([what, count]) => `${count} ${what}`)
        .join(', '),
    )
    .filter((text, index, texts) => texts.indexOf(text) === index)
    .join(', then ')
}

function codes({ told }: Outcome): string {
  return told.map(({ code }) => `\`${code}\``).join(', ')
}
