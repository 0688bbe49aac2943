/**
 * The corpus, made of the pairs, the answers that come whole only, and those that go wrong.
 * `node test/lib/formats/corpus/make.ts` writes it to `test/fixtures`.
 *
 * @module
 */

import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import * as entry from 'carrot-trace/formats'
import type { Json } from '../../../../src/index.ts'
import { pairs } from '../pairs.ts'
import { bytesOf, typeOf } from '../streams.ts'
import { wholes } from '../wholes.ts'
import { slug, type Answer, type Fixture } from './fixture.ts'
import { singles } from './singles.ts'

export const FOLDER = new URL('../../../fixtures/', import.meta.url)

const FORMATS = Object.values(entry).filter((value) => typeof value === 'object')
const JSON_TYPE = 'application/json'
const ENDS: readonly (readonly [type: RegExp, end: string])[] = [
  [/event-stream/, 'sse'],
  [/ndjson/, 'ndjson'],
  [/json/, 'json'],
  [/^text/, 'txt'],
]

/** Every file, by its path in the folder. */
export function files(): Map<string, Uint8Array> {
  const made = new Map<string, Uint8Array>()
  const manifests = new Map<string, Fixture[]>()

  for (const pair of pairs) {
    const { name, url, streamUrl, request, whole, output, usage, finish } = pair
    const choices = finish.map((finishReason) => ({ finishReason }))
    const call = { ended: 'complete', usage, response: { choices } }
    add({ name, url, request, record: { status: 'success', output, call } }, [
      [{ type: JSON_TYPE }, encode(whole)],
      [{ type: typeOf(pair), ...(streamUrl && { url: streamUrl }) }, bytesOf(pair)],
    ])
  }
  for (const { name, url, request, whole, record } of wholes)
    add({ name, url, request, record: { status: 'success', ...record } }, [
      [{ type: JSON_TYPE }, encode(whole)],
    ])
  for (const { name, url, request, answer, type, status, headers, record } of singles) {
    const told = { ...(status && { status }), ...(headers && { headers }) }
    add({ name, url, request, record }, [[{ type, ...told }, answer]])
  }
  for (const [format, fixtures] of manifests)
    made.set(`${format}/manifest.json`, encode(fixtures, 2))
  return made

  function add(
    fixture: Omit<Fixture, 'answers'>,
    answers: readonly (readonly [Omit<Answer, 'file'>, Uint8Array])[],
  ): void {
    const format = formatOf(fixture)
    const all = manifests.get(format) ?? []
    manifests.set(format, all)
    const told = answers.map(([answer, bytes]) => {
      const file = `${slug(fixture.name)}.${endOf(answer.type)}`
      const free = made.has(`${format}/${file}`) ? file.replace('.', '-stream.') : file
      if (made.has(`${format}/${free}`)) throw new Error(`There are two of ${format}/${free}.`)
      made.set(`${format}/${free}`, bytes)
      return { file: free, ...answer }
    })
    all.push({ ...fixture, answers: told })
  }
}

function formatOf({ name, url, request }: Omit<Fixture, 'answers'>): string {
  const address = new URL(url)
  const body: Json = JSON.parse(JSON.stringify(request))
  const format = FORMATS.find((each) => each.matches(address) && each.accepts(body))
  if (!format) throw new Error(`No format reads "${name}".`)
  return format.name
}

function endOf(type: string): string {
  return ENDS.find(([pattern]) => pattern.test(type))?.[1] ?? 'bin'
}

function encode(value: object, indent?: number): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(value, null, indent))
}

if (import.meta.main) {
  rmSync(FOLDER, { recursive: true, force: true })
  for (const [path, bytes] of files()) {
    const file = new URL(path, FOLDER)
    mkdirSync(dirname(file.pathname), { recursive: true })
    writeFileSync(file, bytes)
  }
}
