import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Listening } from '../../examples/model-apis/listen.ts'
import { fields, items, string, type Json, type JsonObject } from '../../src/lib/json.ts'
import { startLocalCollector, type LocalCollector } from '../../worker/cli/local-collector.ts'
import { localKey } from '../../worker/cli/local-key.ts'
import { freePort } from '../../worker/cli/port.ts'
import { SENDERS, type Sender } from './expected.ts'
import { serveModels } from './models.ts'
import { PROGRAMS } from './packages.ts'

const run = promisify(execFile)

let folder: string
let key: string
let collector: LocalCollector
let models: Listening

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'carrot-trace-'))
  key = await localKey(folder)
  models = await serveModels()
  collector = await startLocalCollector({ port: await freePort(0, '127.0.0.1'), folder, key })
})

afterAll(async () => {
  await Promise.all([collector.stop(), models.close()])
  await rm(folder, { recursive: true, force: true })
})

/** A program as its users run it, with what the collector shows afterwards of the trace that it made. */
async function send({ program, variant = '' }: Sender): Promise<JsonObject[]> {
  const before = new Set(await traceIds())
  await run('node', [join(PROGRAMS, `${program}.ts`)], {
    env: {
      ...process.env,
      MODEL_URL: models.url,
      COLLECTOR_URL: collector.url,
      COLLECTOR_KEY: key,
      VARIANT: variant,
    },
  })
  const [trace, ...others] = (await traceIds()).filter((id) => !before.has(id))
  expect(others).toEqual([])
  const { spans } = fields(await read(`/v1/traces/${trace}`))
  return Promise.all(
    items(spans).map(async (span) => fields(await read(`/v1/spans/${String(fields(span).id)}`))),
  )
}

async function read(path: string): Promise<Json> {
  const response = await fetch(collector.url + path)
  return (await response.json()) as Json // JSON it is, by that
}

async function traceIds(): Promise<string[]> {
  return items(fields(await read('/v1/traces')).traces).map((one) => String(fields(one).trace_id))
}

function treeOf(spans: readonly JsonObject[]): string[] {
  const names = new Map(spans.map(({ span_id, name }) => [span_id, name]))
  return spans
    .map(({ parent_id, name, kind, status }) => {
      const parent = string(names.get(parent_id ?? undefined)) ?? ''
      return `${parent} > ${String(name)} (${String(kind)})${status === 'error' ? ' !' : ''}`
    })
    .toSorted()
}

/** By how many messages it was asked with. */
function callOf(spans: readonly JsonObject[], count: number): JsonObject | undefined {
  return spans.find(
    ({ call, status, input }) =>
      call !== null && status === 'success' && items(fields(input).messages).length === count,
  )
}

function factsOf(span: JsonObject | undefined): object {
  const { provider, model, input_tokens, output_tokens, call } = span ?? {}
  const { request, response, usage } = fields(call)
  const { cacheRead, reasoning } = fields(usage)
  return {
    provider,
    model,
    stream: fields(request).stream,
    params: fields(request).params,
    finish: items(fields(response).choices).map((choice) => fields(choice).finishReason),
    tokens: [input_tokens, output_tokens, cacheRead, reasoning],
  }
}

/** What was said, whatever the words for it: texts, and what was called with what. */
function said(message: Json | undefined): object {
  const { role, content, tool_calls } = fields(message)
  const [call] = items(tool_calls)
  const { name, arguments: given } = fields(fields(call).function)
  const [part] = items(content)
  return {
    role,
    text: string(content) ?? string(fields(part).text) ?? null,
    ...(call !== undefined && { calls: [name, JSON.parse(String(given))] }),
  }
}

const ASKED = [
  { role: 'system', text: 'Be brief.' },
  { role: 'user', text: 'How is the weather in Paris?' },
]

describe.each(SENDERS)('$program $variant', (sender) => {
  it('is shown as the pipeline that it traced', async () => {
    const spans = await send(sender)
    expect(treeOf(spans)).toEqual(sender.tree)

    const root = spans.find(({ parent_id }) => parent_id === null)
    expect({
      user: root?.user_id,
      session: root?.session_id,
      environment: root?.environment,
      tags: root?.tags,
    }).toEqual(sender.about)

    const [first, second] = [callOf(spans, 2), callOf(spans, 4)]
    expect({ first: factsOf(first), second: factsOf(second) }).toEqual(sender.calls)
    expect(items(fields(first?.input).messages).map(said)).toEqual(ASKED)
    expect(said(first?.output)).toEqual({
      role: 'assistant',
      text: null,
      calls: ['weather', { city: 'Paris' }],
    })
    expect(JSON.stringify(fields(first?.input).tools)).toContain('The weather of a city.')
    expect(said(second?.output)).toEqual({ role: 'assistant', text: 'It is sunny in Paris.' })

    const tool = spans.find(({ kind, status }) => kind === 'tool' && status === 'success')
    expect({ input: tool?.input, output: tool?.output }).toEqual({
      input: { city: 'Paris' },
      output: 'Sunny in Paris.',
    })
    const failures = spans.flatMap(({ error }) => string(fields(error).message) ?? [])
    expect(failures.toSorted()).toEqual(sender.failures)
  })
})
