import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { RUNTIMES, startApplication, type Application } from './harness.ts'
import { carrotOf, traceIdsOf } from './tree.ts'

const CONFIG = {
  durable_objects: { bindings: [{ name: 'COUNTER', class_name: 'Counter' }] },
  migrations: [{ tag: 'v1', new_sqlite_classes: ['Counter'] }],
  services: [
    { binding: 'LIBRARY', service: 'classes', entrypoint: 'Library' },
    { binding: 'ELSEWHERE', service: 'library' },
  ],
}
const CALL = 'chat gpt-4o: success'

describe.each(RUNTIMES)('instrument(class), in workerd of $date with flags $flags', (runtime) => {
  let application: Application

  beforeAll(async () => {
    application = await startApplication('classes', runtime, CONFIG, ['library'])
  })

  afterAll(() => application.close())

  async function get(path: string): Promise<unknown> {
    const reply = await fetch(new URL(path, application.url))
    return reply.json()
  }

  it('is the class in all that can be asked of it', async () => {
    expect(await get('/class')).toEqual({
      name: 'CounterObject',
      length: 0,
      kind: 'counter',
      isSubclass: true,
      methods: [],
    })
  })

  it('records a remote call under the span that it is given, in the class as it was written', async () => {
    const answer = { question: 'Why?', count: 1, made: 'CounterObject, true' }
    expect(await get('/ask')).toEqual(answer)
    const { records, paths, requests } = await application.recorded('GET /ask', 'CounterObject.ask')
    expect(paths).toEqual([
      `GET /ask > CounterObject.ask > ${CALL}`,
      'GET /ask > CounterObject.ask: success',
      'GET /ask: success',
    ])
    expect(records.find(({ name }) => name === 'CounterObject.ask')).toMatchObject({
      input: { question: 'Why?' },
      output: answer,
    })
    expect(requests).toBe(2) // one for each invocation
  })

  it('leaves no trace of methods in which nothing is recorded', async () => {
    expect(await get('/plain')).toEqual({ sum: 42, total: 'number' })
    expect(await get('/inherited')).toBe('status 200')
    const { paths } = await application.recorded('CounterObject.inherited')
    expect(paths).toEqual([`CounterObject.inherited > ${CALL}`, 'CounterObject.inherited: success'])
  })

  it('records what a method throws, and lets it through', async () => {
    expect(await get('/fail')).toBe('RangeError: out of numbers')
    const { records } = await application.recorded('CounterObject.fail')
    expect(carrotOf(records[0] ?? {})).toMatchObject({ error: { type: 'RangeError' } })
  })

  it('hands on a stream', async () => {
    expect(await get('/words')).toContain('chat.completion')
    await application.recorded('CounterObject.words')
  })

  it('records an alarm', async () => {
    await get('/wake')
    const { paths } = await application.recorded('CounterObject.alarm')
    expect(paths).toEqual([`CounterObject.alarm > ${CALL}`, 'CounterObject.alarm: success'])
  })

  it('records messages of a WebSocket that hibernates', async () => {
    const address = new URL('/socket', application.url)
    address.protocol = 'ws'
    const socket = new WebSocket(address)
    const message = await new Promise((resolve, reject) => {
      socket.addEventListener('open', () => socket.send('hello'))
      socket.addEventListener('message', ({ data }) => resolve(data))
      socket.addEventListener('error', reject)
    })
    socket.close()
    expect(message).toBe('hello yourself')
    const { paths } = await application.recorded('CounterObject.webSocketMessage')
    expect(paths).toEqual([
      `CounterObject.webSocketMessage > ${CALL}`,
      'CounterObject.webSocketMessage: success',
    ])
  })

  it('gives calls at once to one object traces of their own', async () => {
    const answers = await get('/concurrent')
    expect(answers).toHaveLength(4)
    const { records, paths, requests } = await application.recorded(
      ...Array.from({ length: 4 }, () => 'CounterObject.ask'),
    )
    expect([traceIdsOf(records).length, requests]).toEqual([4, 4])
    expect(paths.filter((path) => path === `CounterObject.ask > ${CALL}`)).toHaveLength(4)
  })

  if (runtime.ambient) {
    it('takes methods that call each other for one', async () => {
      expect(await get('/both')).toEqual(['one', 'two'])
      const { paths } = await application.recorded('CounterObject.both')
      expect(paths).toEqual([
        `CounterObject.both > ${CALL}`,
        `CounterObject.both > ${CALL}`,
        'CounterObject.both: success',
      ])
    })
  }

  it('records the remote calls of another Worker', async () => {
    expect(await get('/library')).toEqual(['refunds'])
    const { paths } = await application.recorded('GET /library', 'LibraryEntrypoint.find')
    expect(paths).toEqual([
      `GET /library > LibraryEntrypoint.find > ${CALL}`,
      'GET /library > LibraryEntrypoint.find: success',
      'GET /library: success',
    ])
  })

  it('waits for a remote call that a step returns', async () => {
    expect(await get('/awaited')).toBe(42)
    const { records } = await application.recorded('add', 'GET /awaited')
    expect(records.find(({ name }) => name === 'add')).toMatchObject({ output: 42 })
  })

  it('does not ask what is at the other end of a binding that is recorded', async () => {
    expect(await get('/passed')).toBe('object')
    const { records } = await application.recorded('passed')
    const { input } = records.find(({ name }) => name === 'passed') ?? {}
    const seen = { name: 'one', id: { name: 'one' } }
    expect([{ stub: seen }, { stub: '[DurableObject]' }]).toContainEqual(input) // as the date has it
    expect(application.harness.getLogs().filter(({ level }) => level === 'error')).toEqual([])
  })
})

describe.each(RUNTIMES)('wrapBinding, in workerd of $date with flags $flags', (runtime) => {
  let application: Application

  beforeAll(async () => {
    application = await startApplication('classes', runtime, CONFIG, ['library'])
  })

  afterAll(() => application.close())

  async function get(path: string): Promise<unknown> {
    return (await fetch(new URL(path, application.url))).json()
  }

  it('has requests to another Worker say which span they come from', async () => {
    const headers = await get('/service')
    const { records, paths } = await application.recorded(
      'GET /service',
      'LibraryEntrypoint GET /one',
      'LibraryEntrypoint POST /two',
    )
    expect(paths).toEqual([
      `GET /service > LibraryEntrypoint GET /one > ${CALL}`,
      'GET /service > LibraryEntrypoint GET /one: success',
      `GET /service > LibraryEntrypoint POST /two > ${CALL}`,
      'GET /service > LibraryEntrypoint POST /two: success',
      'GET /service: success',
    ])
    const [traceId] = traceIdsOf(records)
    expect(headers).toEqual([
      expect.stringContaining(traceId ?? ''),
      expect.stringContaining(traceId ?? ''),
    ])
  })

  it('makes one trace of two Workers', async () => {
    expect(await get('/elsewhere')).toEqual([['carrots'], '/shelf'])
    const { paths, records } = await application.recorded(
      'GET /elsewhere',
      'Library.find',
      'Library GET /shelf',
    )
    expect(paths).toEqual([
      'GET /elsewhere > Library GET /shelf > look: success',
      'GET /elsewhere > Library GET /shelf: success',
      'GET /elsewhere > Library.find > look: success',
      'GET /elsewhere > Library.find: success',
      'GET /elsewhere: success',
    ])
    const find = records.find(({ name }) => name === 'Library.find')
    expect(carrotOf(find ?? {})).toMatchObject({ resource: { service: 'library' } })
  })

  it('has requests to a Durable Object do so', async () => {
    expect(await get('/object')).toMatch(/^00-/)
    const { paths } = await application.recorded('GET /object', 'CounterObject GET /look')
    expect(paths).toEqual([
      `GET /object > CounterObject GET /look > ${CALL}`,
      'GET /object > CounterObject GET /look: success',
      'GET /object: success',
    ])
  })
})
