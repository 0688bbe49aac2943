/**
 * The corpus as it lies in `test/fixtures`.
 *
 * @module
 */

import { readdirSync, readFileSync } from 'node:fs'
import type { Replay } from '../../../support/replay.ts'
import type { Answer, Fixture } from './fixture.ts'
import { FOLDER } from './make.ts'

export interface Found extends Fixture {
  format: string
}

export function readCorpus(): Found[] {
  return readdirSync(FOLDER).flatMap((format) => {
    const text = readFileSync(new URL(`${format}/manifest.json`, FOLDER), 'utf8')
    const fixtures: Fixture[] = JSON.parse(text)
    return fixtures.map((fixture) => ({ format, ...fixture }))
  })
}

export function readAnswer(format: string, { file }: Answer): Uint8Array<ArrayBuffer> {
  return new Uint8Array(readFileSync(new URL(`${format}/${file}`, FOLDER)))
}

/** What is replayed of a fixture: this one of its answers. */
export function replayOf(fixture: Found, answer: Answer): Replay {
  const { format, url, request } = fixture
  const { status, headers, type } = answer
  return {
    url: answer.url ?? url,
    request,
    reply: readAnswer(format, answer),
    type,
    ...(status && { status }),
    ...(headers && { headers }),
  }
}

/** The ways in which the bytes may be parted on their way. */
export const CHUNKINGS: readonly (readonly [
  how: string,
  parted: (replay: Replay) => Partial<Replay>,
])[] = [
  ['whole', () => ({})],
  ['byte by byte', () => ({ chunk: 1 })],
  ['within characters', ({ reply }) => ({ cuts: cutsIn(reply, isWithinCharacter) })],
  [
    'between CR and LF',
    ({ reply, type }) => {
      const crlf = isText(type) ? withCarriageReturns(reply) : reply
      return { reply: crlf, cuts: cutsIn(crlf, isBetween) }
    },
  ],
]

function isText(type: string): boolean {
  return /event-stream|ndjson|^application\/json/.test(type)
}

/** White space in JSON, and ends of lines in events. */
function withCarriageReturns(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const pieces = [...bytes].flatMap((byte) => (byte === 10 ? [13, 10] : [byte]))
  return Uint8Array.from(pieces.filter((byte, at) => byte !== 13 || pieces[at - 1] !== 13))
}

function cutsIn(
  bytes: Uint8Array,
  isCut: (before: number, after: number) => boolean,
): readonly number[] {
  return [...bytes.keys()].filter((at) => at > 0 && isCut(bytes[at - 1] ?? 0, bytes[at] ?? 0))
}

function isWithinCharacter(_before: number, after: number): boolean {
  return after >> 6 === 0b10
}

function isBetween(before: number, after: number): boolean {
  return before === 13 && after === 10
}
