/**
 * `npm run check`: format, lint, types, tests (layers and sizes among them), packaging; all that fits
 * into three minutes. `npm test` has the long suites as well.
 *
 * Everything is run to its end, so that one run shows all there is to mend.
 */

import { spawnSync } from 'node:child_process'

const checks: [name: string, command: string][] = [
  ['build', 'npm run -s build'],
  ['format', 'oxfmt --check'],
  ['lint', 'oxlint'],
  ['types', 'node scripts/types.ts'],
  ['package', 'publint --strict'],
  ['tests', 'node test/run.ts --quick'],
]

const failed: string[] = []
for (const [name, command] of checks) {
  const start = performance.now()
  const { status } = spawnSync(command, { shell: true, stdio: 'inherit' })
  if (status !== 0) failed.push(name)
  console.log(
    `${status === 0 ? '✓' : '✗'} ${name}, ${((performance.now() - start) / 1000).toFixed(1)} s\n`,
  )
}
if (failed.length > 0) {
  console.error(`Failed: ${failed.join(', ')}.`)
  process.exit(1)
}
