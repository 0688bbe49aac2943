/**
 * A way to answer as the request tells: its JSON body says under `answer` what is to be answered.
 *
 * @module
 */

import type { ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { happens } from './moments.ts'

export interface Answer {
  status?: number
  statusText?: string
  headers?: readonly (readonly [string, string])[]
  /** Written one by one. */
  pieces?: readonly (string | readonly number[])[]
  /** Each piece but the first is written when `GET /more/<id>` asks for it. */
  inSteps?: boolean
  /** Past the last piece: the end, a connection that breaks, or nothing. */
  ending?: 'end' | 'cut' | 'hang'
}

const REPLY = {
  model: 'gpt-4o-2024-11-20',
  choices: [{ index: 0, message: { role: 'assistant', content: 'Hi' }, finish_reason: 'stop' }],
}
/** What is answered where nothing is said. */
export const REPLY_TEXT: string = JSON.stringify(REPLY)

const JSON_TYPE = ['content-type', 'application/json'] as const

const waiting = new Map<string, () => void>()
const asked = new Set<string>()

/** Lets the answer to this request go on, now or when it has come so far. */
export function more(id: string): void {
  const go = waiting.get(id)
  waiting.delete(id)
  if (go) go()
  else asked.add(id)
}

/** So that each piece arrives as a chunk of its own. */
function pause(): Promise<void> {
  return sleep(15)
}

/** Settles when the answer to this request is to go on. */
export function untilMore(id: string): Promise<void> {
  if (asked.delete(id)) return Promise.resolve()
  return new Promise((resolve) => waiting.set(id, resolve))
}

export async function tell(response: ServerResponse, body: string, id: string): Promise<void> {
  const { answer = {} } = JSON.parse(body) as { answer?: Answer }
  const { status = 200, headers = [JSON_TYPE], pieces = [REPLY_TEXT], ending = 'end' } = answer
  const between = answer.inSteps ? () => untilMore(id) : pause
  if (answer.statusText !== undefined) response.statusMessage = answer.statusText
  for (const [name, value] of headers) response.appendHeader(name, value)
  if (status === 205) response.setHeader('content-length', '0') // and no chunks, which nobody would read
  response.writeHead(status)
  response.flushHeaders()
  for (const [index, piece] of pieces.entries()) {
    if (index > 0) await between()
    await new Promise((written) => response.write(Buffer.from(piece), written))
  }
  if (ending === 'hang') return happens(id, 'written')
  if (ending === 'cut' || answer.inSteps) await between()
  if (ending === 'cut') response.destroy()
  else response.end()
}
