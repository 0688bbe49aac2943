import fc from 'fast-check'
import type { SpanRecord } from 'carrot-trace'
import { langfuseProfile, older, openinference, standard } from 'carrot-trace/otlp'
import { describe, expect, it } from 'vitest'
import { replay } from '../../support/replay.ts'
import { pairs } from '../formats/pairs.ts'
import { wholes } from '../formats/wholes.ts'
import { plainly, understood } from './official.ts'
import { sample, stepOf } from './sample.ts'
import { sent, spanOf, told } from './sent.ts'
import { BODY, MESSAGES, PARTS_OF, TOOLS } from './valid.ts'

/** A record of every reply in the corpus of wire formats. */
const recorded = await Promise.all(
  [...pairs, ...wholes].map(async ({ name, url, request, whole }) => {
    const reply = new TextEncoder().encode(JSON.stringify(whole))
    const { record } = await replay({ url, request, reply, type: 'application/json' })
    return { name, record }
  }),
)
const records: SpanRecord[] = [...recorded.map(({ record }) => record), sample, stepOf('tool')]
const PROFILES = [standard, older, openinference, langfuseProfile]

/** Of which nothing was asked in words. */
const WORDLESS = [
  'a compaction',
  'a model of ollama that is loaded, and asked nothing',
  'pages of a document that mistral reads',
  'replicate, an output of another kind',
  'replicate, made and not waited for',
  'vercel, stopped for a reason that has no word',
]
const OTHERS = new Set(['embeddings', 'rerank', 'moderation', 'transcription', 'speech'])

describe('a record of every call in the corpus', () => {
  it.each(recorded)('gives messages as the conventions have them: $name', async ({ record }) => {
    const { attributes } = await spanOf(record)
    const content = told(attributes)
    const read = (name: string) => JSON.parse(String(content[name] ?? '[]'))
    MESSAGES.parse(read('gen_ai.input.messages'))
    MESSAGES.parse(read('gen_ai.output.messages'))
    PARTS_OF.parse(read('gen_ai.system_instructions'))
    TOOLS.parse(read('gen_ai.tool.definitions'))
  })

  it('loses no request: what has no messages stands as it is', async () => {
    const contents = await Promise.all(
      recorded.map(async ({ name, record }) => ({
        name,
        record,
        content: told((await spanOf(record)).attributes),
      })),
    )
    const unread = contents.filter(({ content }) => !('gen_ai.input.messages' in content))
    expect(unread.filter(({ content }) => !('carrot.input' in content))).toEqual([])
    const chats = unread.filter(({ record }) => !OTHERS.has(record.call?.operation ?? ''))
    expect(chats.map(({ name }) => name).toSorted()).toEqual(WORDLESS)
  })
})

/** Every text and number in it may be another. */
function changed(
  value: unknown,
  place: string,
  swap: (value: string | number, place: string) => unknown,
): unknown {
  if (typeof value === 'string' || typeof value === 'number') return swap(value, place)
  if (Array.isArray(value)) return value.map((item) => changed(item, place, swap))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, below]) => [name, changed(below, name, swap)]),
  )
}

/** What a record is known by, or what has a few words only. */
const KEPT = new Set(['traceId', 'spanId', 'parentSpanId', 'kind', 'status', 'type', 'role'])

describe('any record', () => {
  it('gives a body that is valid, in every profile', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...records),
        fc.constantFrom(...PROFILES),
        fc.array(fc.string({ unit: 'binary' }), { minLength: 1, maxLength: 9 }),
        fc.array(fc.oneof(fc.double(), fc.integer(), fc.maxSafeInteger()), {
          minLength: 1,
          maxLength: 9,
        }),
        fc.jsonValue({ maxDepth: 3 }),
        fc.infiniteStream(fc.nat(99)),
        async (record, profile, texts, numbers, json, chance) => {
          const swap = (value: string | number, place: string) => {
            const { value: at } = chance.next()
            if (KEPT.has(place) || at > 40) return value
            return typeof value === 'string'
              ? texts[at % texts.length]
              : numbers[at % numbers.length]
          }
          const other = changed(record, '', swap)
          const metadata: SpanRecord['metadata'] = JSON.parse(JSON.stringify({ any: json }))
          const request = await sent([{ ...(other as SpanRecord), metadata }], { profile })
          BODY.parse(request)
          expect(understood(request)).toEqual(plainly(request))
        },
      ),
      { numRuns: 500, includeErrorInReport: true },
    )
  })
})
