import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fields } from '../../src/lib/json.ts'
import { RUNTIMES, startApplication, type Application } from './harness.ts'
import { carrotOf, traceIdsOf } from './tree.ts'

const CONFIG = { workflows: [{ binding: 'ORDERS', name: 'orders', class_name: 'Orders' }] }
const CALL = 'chat gpt-4o: success'

/** What is recorded of one run, under its root. */
const STEPS = [
  `> ask > ${CALL}`,
  '> ask: success',
  '> same: success',
  '> same: success',
  '> secret: success',
  `> try > ${CALL}`,
  `> try > ${CALL}`,
  `> try > ${CALL}`,
  '> try: error',
  '> try: error',
  '> try: success',
]

describe.each(RUNTIMES)(
  'instrument(workflow), in workerd of $date with flags $flags',
  (runtime) => {
    let application: Application

    beforeAll(async () => {
      application = await startApplication('workflows', runtime, CONFIG)
    })

    afterAll(() => application.close())

    async function get(path: string): Promise<{ status?: string; output?: unknown }> {
      const reply = await fetch(new URL(path, application.url))
      return fields(await reply.json())
    }

    /** The platform tells of a status only to who asks. */
    async function until(id: string, wanted: string): Promise<unknown> {
      for (;;) {
        const { status, output } = await get(`/status?id=${id}`)
        if (status === wanted) return output
      }
    }

    it('records a run as one trace, and each attempt at a step in it', async () => {
      await get('/create?id=one')
      const waiting = await application.recorded(
        'ask',
        'try',
        'try',
        'try',
        'same',
        'same',
        'secret',
      )
      expect(waiting.paths).toEqual(
        [...STEPS.map((path) => `OrderWorkflow ${path}`), 'OrderWorkflow: running'].toSorted(),
      )
      await get('/approve?id=one&ok')
      const output = { item: 'carrots', asked: true, tried: 3, twice: ['one', 'two'], runs: 1 }
      expect(await until('one', 'complete')).toEqual(output)
      const { records } = await application.recorded('OrderWorkflow')
      expect(records).toMatchObject([
        { name: 'OrderWorkflow', status: 'success', input: { item: 'carrots' }, output },
      ])
      const all = [...waiting.records, ...records]
      expect(traceIdsOf(all)).toEqual([records[0]?.id?.replaceAll('-', '')])
      const tried = all.filter(({ name }) => name === 'try')
      expect(tried.map(({ metadata }) => metadata?.attempt)).toEqual([undefined, 2, 3])
      expect(fields(carrotOf(tried[0] ?? {}).error)).toMatchObject({ message: 'attempt 1' })
      const secret = all.find(({ name }) => name === 'secret')
      expect(secret).not.toHaveProperty('output')
    })

    it('goes on in the same trace when it is run again, without what is not done again', async () => {
      await get('/create?id=two')
      const before = await application.recorded(
        'ask',
        'try',
        'try',
        'try',
        'same',
        'same',
        'secret',
      )
      await until('two', 'running')
      await get('/pause?id=two')
      await until('two', 'paused')
      await get('/resume?id=two')
      await until('two', 'running')
      await get('/approve?id=two&ok')
      expect(await until('two', 'complete')).toMatchObject({ runs: 2 })
      const after = await application.recorded('OrderWorkflow')
      expect(after.paths).toEqual(['OrderWorkflow: success'])
      expect(traceIdsOf([...before.records, ...after.records])).toHaveLength(1)
    })

    it('records what a run throws, and takes the trace that it is given', async () => {
      await get('/create?id=three&follow')
      await get('/approve?id=three')
      await until('three', 'errored')
      const { paths, records } = await application.recorded('GET /create', 'OrderWorkflow')
      const root = 'GET /create > OrderWorkflow'
      expect(paths).toEqual(
        [
          ...STEPS.map((path) => `${root} ${path}`),
          `${root}: error`,
          'GET /create: success',
        ].toSorted(),
      )
      const run = records.find(({ name }) => name === 'OrderWorkflow')
      expect(carrotOf(run ?? {})).toMatchObject({ error: { message: 'not approved' } })
    })
  },
)
