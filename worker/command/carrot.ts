#!/usr/bin/env node
/**
 * The command `carrot`.
 *
 * What it is made of is loaded only where it can run: Node 20 has no SQLite of its own.
 */

import { warnOfAllButSqlite } from './warnings.ts'

warnOfAllButSqlite()
if (process.getBuiltinModule?.('node:sqlite') === undefined) {
  console.error(
    `carrot needs Node 22.13 or newer, Bun, or Deno, for the SQLite that they bring; this is Node ${process.versions.node}. ` +
      'The SDK itself runs here, and can send to a collector that runs elsewhere.',
  )
  process.exitCode = 1
} else {
  const { main } = await import('./main.ts')
  process.exitCode = await main(process.argv.slice(2))
}
