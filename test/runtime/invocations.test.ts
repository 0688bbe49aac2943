import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { fields, string } from '../../src/lib/json.ts'
import type { IngestRecord } from '../../src/lib/ingest.ts'
import { bundle, compile } from '../support/compile.ts'
import { serveWorkers, WORKERS, type Workers } from '../support/workerd.ts'
import { createWorld, type World } from '../support/world.ts'

const source = fileURLToPath(new URL('programs/invocations/worker.ts', import.meta.url))
let world: World
let workers: Workers

beforeAll(async () => {
  const program = await compile(source, inject('installed').folder, 'suite-invocations')
  world = await createWorld()
  workers = await serveWorkers(await bundle(program, 'workerd'), WORKERS, { WORLD: world.url })
})
afterAll(async () => {
  await workers.close()
  await world.close()
})

/** The first piece of the reply is read; then it is read on, or left. */
async function request(url: string, leaves = false): Promise<void> {
  const leave = new AbortController()
  const response = await fetch(url, { signal: leave.signal })
  expect(response.status).toBe(200)
  const reader = response.body?.getReader()
  await reader?.read()
  if (leaves) leave.abort()
  else while (!(await reader?.read())?.done);
}

/** What one request to the collector brought: the invocation's name, and how each record ended. */
function brought(records: readonly IngestRecord[]): [invocation: string, ended: string[]] {
  const roots = records.filter(({ metadata }) => !fields(fields(metadata).carrot).parent_id)
  const ended = records.map(({ metadata, status }) => {
    const { call } = fields(fields(metadata).carrot)
    return string(fields(call).ended) ?? status ?? ''
  })
  return [roots.map(({ name }) => name).join(' and '), ended.toSorted()]
}

const indexes = (count: number) => Array.from({ length: count }, (_, index) => index)

const RUNTIMES = WORKERS.map((runtime, index) => ({ ...runtime, index }))

describe.concurrent.each(RUNTIMES)('invocations of a Worker in $name', ({ index, ambient }) => {
  const url = (path: string) => `${workers.urls[index]}/${path}`

  it.each([8, 64])('send what they recorded in one request each, %i at once', async (count) => {
    const collector = `${index}-${count}`
    // None of them gets an answer before all have asked, so that none can wait for another.
    const { requests, until } = world.collector(collector, { answersAfter: count })
    const ways = ['whole', 'streamed']
    const names = indexes(count).map((number) => `${ways[number % 2]} ${number}`)
    await Promise.all(names.map((name) => request(url(name.replace(' ', `/${collector}/`)))))
    await until(() => requests.length >= count)
    expect(new Map(requests.map(brought))).toEqual(
      new Map(names.map((name) => [name, ['complete', 'success', 'success']])),
    )
  })

  it('send theirs when clients leave, and others go on', async () => {
    const collector = `${index}-left`
    const numbers = indexes(32)
    const isLeft = (number: number) => number % 2 === 1
    await Promise.all(
      numbers.map((number) => request(url(`streamed/${collector}/${number}/slow`), isLeft(number))),
    )
    const { requests, until } = world.collector(collector)
    await until(() => requests.length >= numbers.length)
    expect(new Map(requests.map(brought))).toEqual(
      new Map(
        numbers.map((number) => [
          `streamed ${number}`,
          [isLeft(number) ? 'cancelled' : 'complete', 'success', 'success'],
        ]),
      ),
    )
  })

  it('send nothing of one another by flush', async () => {
    const collector = `${index}-flush`
    const numbers = indexes(16)
    await Promise.all(numbers.map((number) => request(url(`flushing/${collector}/${number}/slow`))))
    const { requests, until } = world.collector(collector)
    await until(() => requests.length >= numbers.length)
    expect(new Map(requests.map(brought))).toEqual(
      new Map(numbers.map((number) => [`flushing ${number}`, ['complete', 'success', 'success']])),
    )
  })

  it('send what they have so far by flush, where it is known whose it is', async () => {
    const collector = `${index}-inside`
    const numbers = indexes(16)
    await Promise.all(
      numbers.map((number) => request(url(`flushing-inside/${collector}/${number}/slow`))),
    )
    const { requests, until } = world.collector(collector)
    const each = ambient
      ? [
          ['open', 'running', 'success'],
          ['complete', 'success'],
        ]
      : [['complete', 'success', 'success']]
    const expected = numbers.flatMap((number) =>
      each.map((ended) => `flushing-inside ${number}: ${ended.join()}`),
    )
    await until(() => requests.length >= expected.length)
    expect(requests.map((records) => brought(records).join(': ')).toSorted()).toEqual(
      expected.toSorted(),
    )
  })
})

describe.each(RUNTIMES)('all invocations of a Worker in $name', ({ index, ambient }) => {
  it('leave nothing unhandled, do nothing on behalf of one another, and send no more', async () => {
    const unhandled = await (await fetch(`${workers.urls[index]}/unhandled`)).json()
    expect({ unhandled, log: workers.log() }).toEqual({ unhandled: [], log: '' })
    const counts = ['8', '64', 'left', 'flush', 'inside'].map(
      (name) => world.collector(`${index}-${name}`).requests.length,
    )
    expect(counts).toEqual([8, 64, 32, 16, ambient ? 32 : 16])
  })
})
