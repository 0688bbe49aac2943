import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import * as conventions from '@opentelemetry/semantic-conventions/incubating'
import { older, openinference, langfuseProfile } from 'carrot-trace/otlp'
import { describe, expect, it } from 'vitest'
import { ELSEWHERE } from '../../../src/lib/otlp/elsewhere.ts'
import { OWN, REGISTRY } from './registry.ts'
import { sample, stepOf } from './sample.ts'
import { sent, spansOf } from './sent.ts'
import { FURTHER, ROWS, table } from './table.ts'

const fields = ROWS.map(({ field }) => field)

/** The places of a record, down to where the table goes no further. */
function placesOf(value: unknown, place = ''): string[] {
  if (fields.includes(place)) return [place]
  if (Array.isArray(value)) return [...new Set(value.flatMap((item) => placesOf(item, place)))]
  if (typeof value !== 'object' || value === null) return [place]
  return Object.entries(value).flatMap(([name, below]) =>
    placesOf(below, place ? `${place}.${name}` : name),
  )
}

const names = [...ROWS.flatMap(({ name = [] }) => name), ...FURTHER.map(([, name]) => name)]

describe('the table of names', () => {
  it('has every field of a record, and no other', () => {
    expect(placesOf(sample).toSorted()).toEqual(fields.toSorted())
  })

  it('says of what it has no attribute for where it goes, or why not', () => {
    const unnamed = ROWS.filter(({ name }) => name === undefined).map(({ field }) => field)
    expect(unnamed.toSorted()).toEqual(Object.keys(ELSEWHERE).toSorted())
  })

  it('has the registry’s names, and our own where the registry has none', () => {
    expect(names.filter((name) => !(name in REGISTRY) && !OWN.test(name))).toEqual([])
  })

  it('has no name that the registry’s own package does not have, but for newer ones', () => {
    const published = new Set<unknown>(Object.values(conventions))
    const unknown = Object.keys(REGISTRY).filter((name) => !published.has(name))
    expect(unknown.toSorted()).toEqual(NEWER)
  })

  it.each([older, openinference, langfuseProfile])(
    'is what the profile $name renames',
    ({ names: renamed }) => {
      expect(Object.keys(renamed).filter((name) => !names.includes(name))).toEqual([])
    },
  )

  it('gives each name the type that the registry gives it', async () => {
    const request = await sent([sample, stepOf('tool'), stepOf('agent')])
    const lists = [
      ...request.resourceSpans.map(({ resource }) => resource.attributes),
      ...spansOf(request).flatMap((span) => [
        span.attributes,
        ...span.events.map(({ attributes }) => attributes),
      ]),
    ]
    const types = new Map(lists.flat().map(({ key, value }) => [key, Object.keys(value)[0]]))
    const known = names.filter((name) => name in REGISTRY)
    expect(known.map((name) => [name, types.get(name)])).toEqual(
      known.map((name) => [name, KEYS[REGISTRY[name] ?? 'any']]),
    )
  })
})

/** Of the GenAI conventions since they have a repository of their own; the package has yet to follow. */
const NEWER = [
  'gen_ai.conversation.compacted',
  'gen_ai.prompt.version',
  'gen_ai.request.previous_response.id',
  'gen_ai.request.reasoning.level',
  'gen_ai.usage.audio.cache_read.input_tokens',
  'gen_ai.usage.audio.input_tokens',
  'gen_ai.usage.audio.output_tokens',
  'gen_ai.usage.cache_write.input_tokens',
  'gen_ai.usage.image.cache_read.input_tokens',
  'gen_ai.usage.image.input_tokens',
  'gen_ai.usage.image.output_tokens',
  'gen_ai.usage.text.cache_read.input_tokens',
  'gen_ai.usage.text.input_tokens',
  'gen_ai.usage.text.output_tokens',
]

const KEYS = {
  string: 'stringValue',
  int: 'intValue',
  double: 'doubleValue',
  boolean: 'boolValue',
  'string[]': 'arrayValue',
  any: 'stringValue', // most receivers show a text, and few a structure
}

describe('docs/opentelemetry.md', () => {
  it('has the table of the code', async () => {
    const file = fileURLToPath(new URL('../../../docs/opentelemetry.md', import.meta.url))
    const [prose = ''] = readFileSync(file, 'utf8').split('## Every field')
    await expect(`${prose}${table()}\n`).toMatchFileSnapshot(file)
  })
})
