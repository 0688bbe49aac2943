/**
 * `npm test`: every suite on every runtime, and one line at the end that says how many held. With
 * `--quick` the long ones are left out.
 *
 * Each run is a Vitest of its own, because Bun and Deno bring their own process; what the projects
 * are is in the folders beside this file.
 */

import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'

interface Run {
  on: string
  command: string[]
}

/** Whole programs, Workers and pages that are started and ended by the dozen: minutes, not seconds. */
const LONG = [
  'cli',
  'command',
  'crash',
  'd1',
  'delivery',
  'exit',
  'faults',
  'flags',
  'hosts',
  'programs',
  'runtime',
  'senders',
  'testing',
  'visits',
  'workers',
]
const isQuick = process.argv.includes('--quick')
/** More than a minute by itself, and much to fetch: `npm run test:clickhouse`. */
const APART = ['clickhouse']
const chosen = [...APART, ...(isQuick ? LONG : [])].flatMap((name) => ['--project', `!${name}`])

const vitest = 'node_modules/vitest/vitest.mjs'
/** What differs by runtime: watching a body, and the SQLite that it brings. */
const everywhere = ['--project', 'fidelity', ...(isQuick ? [] : ['--project', 'hosts'])]
/** As many as there are cores: most files wait for a browser or a runtime more than they compute. */
const workers = ['--maxWorkers', String(availableParallelism())]
const runs: Run[] = [
  { on: 'Node, workerd and Chromium', command: ['node', vitest, 'run', ...chosen, ...workers] },
  // Bun cannot fork, Deno cannot thread, as Vitest's pools need it.
  { on: 'Bun', command: ['bun', '--bun', vitest, 'run', ...everywhere, '--pool', 'threads'] },
  {
    on: 'Deno',
    command: [
      'deno',
      'run',
      '--allow-all',
      '--no-lock',
      vitest,
      'run',
      ...everywhere,
      '--pool',
      'forks',
    ],
  },
]

const folder = mkdtempSync(join(tmpdir(), 'carrot-trace-'))
const total = { passed: 0, failed: 0, skipped: 0 }
for (const [index, { on, command }] of runs.entries()) {
  console.log(`\n── ${on} ──`)
  const report = join(folder, `${index}.json`)
  const reporters = ['--reporter', 'dot', '--reporter', 'json', '--outputFile.json', report]
  const [program = '', ...args] = [...command, ...reporters]
  const { status } = spawnSync(program, args, {
    stdio: 'inherit',
    env: { ...process.env, DENO_NO_UPDATE_CHECK: '1' },
  })
  const counts = read(report)
  total.passed += counts.passed
  total.failed += counts.failed
  total.skipped += counts.skipped
  // A run can fail without a failing test: a suite that could not be loaded, a rejection nobody handled.
  if (status !== 0 && counts.failed === 0) total.failed += 1
}
rmSync(folder, { recursive: true })

console.log(
  `\n${total.passed} passed, ${total.failed} failed${total.skipped > 0 ? `, ${total.skipped} skipped` : ''}`,
)
process.exit(total.failed > 0 ? 1 : 0)

function read(file: string): typeof total {
  try {
    const { numPassedTests, numFailedTests, numPendingTests } = JSON.parse(
      readFileSync(file, 'utf8'),
    )
    return { passed: numPassedTests, failed: numFailedTests, skipped: numPendingTests }
  } catch {
    return { passed: 0, failed: 0, skipped: 0 } // it never got so far; its exit code counts
  }
}
