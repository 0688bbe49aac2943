import { createTracer, memory, type SpanRecord } from 'carrot-trace'
import { describe, expect, it } from 'vitest'
import { fields, items, string, type Json } from '../../src/lib/json.ts'
import { readAnswer, readCorpus } from '../lib/formats/corpus/read.ts'
import { plain, tool, type Given } from './corpus/given.ts'
import { BEDROCK } from './corpus/amazon.ts'
import { PARSERS, type Parser } from './corpus/parsers.ts'

const corpus = readCorpus()

/** What the record says, as of a client. */
function saidOf({ output, call }: SpanRecord): Omit<Given, 'usage'> {
  const { content, tool_calls, choices } = fields(plain(output))
  const first = choices ? fields(items(choices)[0]) : { content, tool_calls }
  return {
    text: string(first.content) ?? '',
    tools: items(first.tool_calls).map((each) => {
      const { name, arguments: given } = fields(fields(each).function)
      return tool(name, given)
    }),
    finish: call?.response.choices[0]?.finishReasonRaw,
  }
}

/** The second answer of a fixture is its stream; of some there is no other. */
function isStreamed(type: string, at: number): boolean {
  return at > 0 || /event-?stream/.test(type)
}

/** Answers that succeed, of the provider whose client it is. */
const rowsOf = ({ client, format, host, except, parse }: Parser) =>
  corpus
    .filter((fixture) => fixture.format === format && host.test(fixture.url))
    .filter(({ record }) => fields(plain(record)).status === 'success')
    .flatMap((fixture) =>
      fixture.answers.map((answer, at) => ({
        client,
        what: `${fixture.name}, ${isStreamed(answer.type, at) ? 'streamed' : 'whole'}`,
        parse,
        fixture,
        answer,
        isStream: isStreamed(answer.type, at),
      })),
    )
    .filter(({ what }) => !except?.test(what))
    // Google's client reads events alone.
    .filter(({ isStream, answer }) => !isStream || !answer.type.startsWith('application/json'))

describe('what the record says is what the client of the provider gives', () => {
  const rows = [...PARSERS, ...BEDROCK].flatMap(rowsOf)

  it.each(rows)('$client: $what', async ({ parse, fixture, answer, isStream }) => {
    const exporter = memory()
    const tracer = createTracer({
      exporters: [exporter],
      fetch: async () =>
        new Response(readAnswer(fixture.format, answer), {
          status: answer.status ?? 200,
          headers: { 'content-type': answer.type },
        }),
    })
    const request = fields(plain(fixture.request))
    const url = answer.url ?? fixture.url
    const { usage, ...given } = await parse(tracer, { url, request, isStream })
    const [record, ...others] = exporter.records
    if (!record || others.length > 0) throw new Error('There is no record, or several.')
    expect(saidOf(record)).toEqual(given)
    const raw: Json = record.call?.usage.raw ?? null
    if (usage) expect(raw).toMatchObject(Object(usage))
    else expect([record.call?.usage.source, usage]).toEqual(['absent', usage])
  })
})
