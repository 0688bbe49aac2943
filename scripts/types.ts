/**
 * `npm run types`: every part against the globals it really has.
 *
 * A part is a folder with a tsconfig.json; one compiler run for all could not tell a Worker's
 * globals from a browser's.
 */

import { execFile } from 'node:child_process'
import { globSync } from 'node:fs'
import { promisify } from 'node:util'

const parts = globSync(['{src,worker,examples,scripts,test}/**/tsconfig.json']).filter(
  (path) => !path.includes('node_modules'),
)
let failed = false
for (const part of parts) {
  const { stdout } = await promisify(execFile)('tsc', ['-p', part]).catch(
    (error: { stdout: string }) => {
      failed = true
      return error
    },
  )
  if (stdout) console.log(stdout.trim())
}
if (failed) process.exit(1)
console.log(`Types hold in ${parts.length} parts.`)
