/**
 * `npm run -s password`: the hash of a password, to be `CARROT_PASSWORD` where the password itself
 * should not stand.
 *
 * The password is read from a terminal without being shown, or from a pipe.
 */

import { createInterface } from 'node:readline/promises'
import { Writable } from 'node:stream'
import { hashPassword, secretProblem } from '../auth/password.ts'

const terminal = process.stdin.isTTY
if (terminal) process.stderr.write('Password: ')
const lines = createInterface({
  input: process.stdin,
  output: new Writable({ write: (_chunk, _encoding, done) => done() }), // shows nothing
  terminal,
})
const { value: password = '' } = await lines[Symbol.asyncIterator]().next()
lines.close()
if (terminal) process.stderr.write('\n')
const problem = secretProblem(password)
if (problem !== undefined) {
  console.error(`Not hashed: ${problem}.`)
  process.exit(1)
}
console.log(await hashPassword(password))
