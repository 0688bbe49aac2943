/**
 * A cassette: recorded exchanges in the order of their requests, as a value and as JSON.
 *
 * @module
 */

import { TraceError } from '../errors.ts'
import { fields, isAnyObject, items, parse, type Json } from '../json.ts'
import { findTextFiles } from '../runtime/files.ts'
import { print } from './print.ts'
import { readRecording, type Recording } from './recording.ts'

/** Recorded exchanges, to be replayed any number of times. */
export interface Cassette {
  /** In the order of their requests. */
  readonly recordings: readonly Recording[]
  /** Takes the next place; what is called with a recording puts it there, and with none clears it. */
  reserve(): (recording: Recording | undefined) => void
  /** What a file of it holds, and `cassette.from` takes. */
  toJSON(): CassetteFile
  /** The same as text: one chunk a line. */
  toString(): string
}

export interface CassetteFile {
  format: typeof FORMAT
  version: typeof VERSION
  recordings: readonly Recording[]
}

const FORMAT = 'carrot-trace/cassette'
const VERSION = 1

/** Past this many exchanges no more are kept. */
export const MAX_RECORDINGS = 10_000

interface MakeCassette {
  /** An empty one, for `record` to fill. */
  (): Cassette
  /**
   * The cassette that JSON says, as object (an import, say) or as text.
   *
   * @throws {TraceError} `no_cassette`, for what is none.
   */
  from(json: unknown): Cassette
}

/**
 * A cassette in memory: what `record` fills and `replay` plays.
 *
 * @example
 * ```ts
 * import { cassette, record, replay } from 'carrot-trace/testing'
 *
 * const tape = cassette()
 * const recording = record(async () => Response.json({ object: 'list' }), tape)
 * await (await recording('https://api.openai.com/v1/models')).json()
 *
 * const again = replay(cassette.from(JSON.stringify(tape)))
 * console.log((await again('https://api.openai.com/v1/models')).status) // 200
 * ```
 */
export const cassette: MakeCassette = Object.assign(() => holding([]), {
  from: (json: unknown) => holding(read(json, 'This value')),
})

/** The cassette of a file. @throws {TraceError} `no_cassette`. */
export function loadCassette(path: string | URL): Cassette {
  const files = filesFor(path)
  let text
  try {
    text = files.read(path)
  } catch (cause) {
    const why = `The cassette ${String(path)} cannot be read. Make it with record(fetch, file) first.`
    throw new TraceError('no_cassette', why, { cause })
  }
  return holding(read(text, String(path)))
}

/** What writes a cassette to a file. @throws {TraceError} `no_cassette`, where there are no files. */
export function cassetteWriter(path: string | URL): (tape: Cassette) => void {
  const files = filesFor(path)
  return (tape) => files.write(path, String(tape))
}

function filesFor(path: string | URL): NonNullable<ReturnType<typeof findTextFiles>> {
  const files = findTextFiles()
  if (files) return files
  const why = `This runtime has no files, so ${String(path)} cannot be opened. Pass the cassette itself: replay(cassette.from(json)), record(fetch, cassette()).`
  throw new TraceError('no_cassette', why)
}

function holding(given: readonly Recording[]): Cassette {
  const places: (Recording | undefined)[] = [...given]
  const tape: Cassette = {
    get recordings() {
      return places.flatMap((recording) => recording ?? [])
    },
    reserve() {
      const place = places.push(undefined) - 1
      return (recording) => {
        places[place] = recording
      }
    },
    toJSON: () => ({ format: FORMAT, version: VERSION, recordings: tape.recordings }),
    toString: () => print(JSON.parse(JSON.stringify(tape))),
  }
  return tape
}

/** @param what Names it in the error. */
function read(json: unknown, what: string): readonly Recording[] {
  const value = typeof json === 'string' ? parse(json) : plain(json)
  const { format, version, recordings } = fields(value)
  if (format !== FORMAT) {
    const why = `${what} is no cassette: its "format" is not "${FORMAT}". Make one with record(fetch, file).`
    throw new TraceError('no_cassette', why)
  }
  if (version !== VERSION) {
    const why = `${what} is a cassette of version ${String(version)}, and this version of carrot-trace reads ${VERSION}. Record it again.`
    throw new TraceError('no_cassette', why)
  }
  return items(recordings).map((each, index) => {
    const recording = readRecording(each)
    if (recording) return recording
    const why = `${what}: recording ${index + 1} is not readable. Mend it, or record it again.`
    throw new TraceError('no_cassette', why)
  })
}

/** A copy, through the text of it: what was imported may be frozen, shared, or no JSON at all. */
function plain(json: unknown): Json | undefined {
  return isAnyObject(json) ? parse(JSON.stringify(json)) : undefined
}
