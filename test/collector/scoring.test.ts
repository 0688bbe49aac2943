import { describe, expect, it } from 'vitest'
import { MAX_NOTE_CHARS, MAX_SCORES, type Score } from '../../worker/store/score.ts'
import { change, child, id, traceId } from '../store/changes.ts'
import { open, store } from './support/subject.ts'

async function openWithTrace() {
  const subject = await open({}, ['ingest', 'read'])
  await store.write(subject.project, [change(1, { name: 'root' }), child(2, 1)])
  return subject
}

const AT = expect.stringMatching(/^20\d\d-\d\d-\d\dT[\d:.]+Z$/)

describe('POST /v1/scores', () => {
  it('scores a step, and its trace is found by it', async () => {
    const { ask, get } = await openWithTrace()
    const score = { name: 'quality', value: 0.25, note: 'beside the point', by: 'ada' }
    expect(await ask('POST', '/v1/scores', { id: id(2), ...score })).toMatchObject({
      status: 200,
      body: {
        id: id(2),
        trace_id: traceId(1),
        scores: { quality: { value: 0.25, note: 'beside the point', by: 'ada', at: AT } },
      },
    })
    const found = await get('/v1/traces?q=score.quality:<0.5 has:score')
    expect(found).toMatchObject({
      body: { traces: [{ trace_id: traceId(1), scores: [{ name: 'quality', value: '0.25' }] }] },
    })
    expect(await get('/v1/traces?q=score.quality:0.3..1')).toMatchObject({ body: { traces: [] } })
  })

  it('scores the first step of a trace, by either spelling of its id, and takes a score back', async () => {
    const { ask, get } = await openWithTrace()
    const verdict = { name: 'verdict', value: 'good' }
    for (const trace_id of [traceId(1), id(1)]) {
      expect(await ask('POST', '/v1/scores', { trace_id, ...verdict })).toMatchObject({
        body: { id: id(1), scores: { verdict: { value: 'good' } } },
      })
    }
    expect(await get('/v1/traces?q=score.verdict:good')).toMatchObject({
      body: { traces: [{ trace_id: traceId(1) }] },
    })
    expect(
      await ask('POST', '/v1/scores', { id: id(1), name: 'verdict', value: null }),
    ).toMatchObject({ status: 200, body: { scores: {} } })
    expect(await get('/v1/traces?q=has:score')).toMatchObject({ body: { traces: [] } })
  })

  it('comes with a record as well, and goes along to another collector', async () => {
    const from = await open()
    const carrot = { v: 1, trace_id: traceId(1), kind: 'task', seq: 1, start_ms: 1 }
    const good = { value: 1, by: 'eval', at: '2026-01-02T03:04:05.000000Z' }
    const strange = { '1st': good, quality: { value: {} }, late: { value: 1, at: 'soon' } }
    await from.send({
      traces: [{ id: id(1), metadata: { carrot: { ...carrot, scores: { good, ...strange } } } }],
    })
    const exported = await from.app.request('/v1/export.jsonl', {
      headers: { authorization: from.authorization },
    })
    const to = await open()
    await to.send({ traces: [JSON.parse(await exported.text())] })
    expect(await to.get(`/v1/spans/${id(1)}`)).toMatchObject({ body: { scores: { good } } })
  })

  it.each<[object | string, string]>([
    [{ name: 'q', value: 1 }, 'say what is scored: the `id` of a step, or a `trace_id`'],
    [
      { id: id(1), trace_id: traceId(1), name: 'q', value: 1 },
      'say what is scored: the `id` of a step, or a `trace_id`',
    ],
    [{ id: id(1), value: 1 }, '`name` must be a letter, then at most 59 letters, digits,'],
    [{ id: id(1), name: '__proto__', value: 1 }, '`name` must be a letter'],
    [{ id: id(1), name: 'q' }, 'found nothing'],
    [{ id: id(1), name: 'q', value: '' }, '`value` must be a number, a word'],
    [{ id: id(1), name: 'q', value: [1] }, 'found an array'],
    [{ id: id(1), name: 'q', value: 1, rating: 2 }, 'a field is not known; there are id,'],
    [
      { id: id(1), name: 'q', value: 1, note: 'x'.repeat(MAX_NOTE_CHARS + 1) },
      '`note` may have 2,000 characters, found 2,001',
    ],
    ['[]', 'the body must be an object, found an array'],
    ['{', 'the body is not valid JSON'],
  ])('400: %j', async (body, detail) => {
    const { ask } = await openWithTrace()
    expect(await ask('POST', '/v1/scores', body)).toMatchObject({
      status: 400,
      body: { detail: expect.stringContaining(detail) },
    })
  })

  it('400: there is no room for another name, and one that is there can still change', async () => {
    const { ask, project } = await openWithTrace()
    const scores = Array.from({ length: MAX_SCORES }, (_, index): [string, Score] => [
      `s${index}`,
      { value: 1, atMs: 1 },
    ])
    await store.write(project, [change(1, { scores: Object.fromEntries(scores) })])
    expect(await ask('POST', '/v1/scores', { id: id(1), name: 'more', value: 1 })).toMatchObject({
      status: 400,
      body: { detail: 'a step may have 50 scores, and this one has them' },
    })
    expect(await ask('POST', '/v1/scores', { id: id(1), name: 's7', value: 0 })).toMatchObject({
      status: 200,
      body: { scores: { s7: { value: 0 } } },
    })
  })

  it('404, 415, 403', async () => {
    const { ask } = await openWithTrace()
    const score = { id: id(77), name: 'q', value: 1 }
    expect(await ask('POST', '/v1/scores', score)).toMatchObject({ status: 404 })
    expect(await ask('POST', '/v1/scores', score, { 'content-type': 'text/plain' })).toMatchObject({
      status: 415,
    })
    const reader = await open({}, ['read'])
    expect(await reader.ask('POST', '/v1/scores', score)).toMatchObject({ status: 403 })
  })
})
