import { exports } from 'cloudflare:workers'
import { expect, it } from 'vitest'
import { d1Store } from '../../worker/store/d1/d1.ts'
import { id, traceId } from '../store/changes.ts'
import { database } from './database.ts'

it('keeps in D1 what is sent to the Worker, and reads it from there', async () => {
  const sent = await exports.default.fetch('http://localhost/v1/traces/ingest', {
    method: 'POST',
    headers: { authorization: 'Bearer sk-local-key-of-the-tests' },
    body: JSON.stringify({ traces: [{ id: id(0xd1), name: 'kept in D1' }] }),
  })
  expect(sent.status).toBe(202)
  const read = await exports.default.fetch(`http://localhost/v1/traces/${traceId(0xd1)}`)
  expect(await read.json()).toMatchObject({ spans: [{ name: 'kept in D1' }] })
  expect(await d1Store(database).trace('local', traceId(0xd1))).toMatchObject([
    { name: 'kept in D1' },
  ])
})
