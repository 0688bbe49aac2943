import { join } from 'node:path'
import { expect, it } from 'vitest'
import { projectFile } from '../../worker/node/project-file.ts'
import { nodeDriver } from '../../worker/node/node-driver.ts'
import { carrot, NODE, running, type Running } from '../command/carrot.ts'
import { temporaryFolder } from '../hosts/folder.ts'
import { id } from '../store/changes.ts'

const KILLS = 50
const SENDERS = 4
const BATCH = 10

/** Numbers without a pattern, the same every time. */
function chance(): () => number {
  let state = 7
  return () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fff_ffff
    return (state >>> 8) / (0x7fff_ffff >>> 8)
  }
}

/** Sends batches until the collector is gone. */
async function sender(
  { url, key }: Running,
  next: () => number,
  accepted: Set<string>,
  sent: Set<string>,
): Promise<void> {
  for (;;) {
    const ids = Array.from({ length: BATCH }, () => id(next()))
    for (const each of ids) sent.add(each)
    const traces = ids.map((each, index) => ({
      id: each,
      name: `step ${index}`,
      status: 'success',
      input: `${each} ${'a long text, and the same for all of them. '.repeat(200)}`,
      tags: ['loaded'],
      metadata: { carrot: carrotOf(ids[0] ?? each, index === 0 ? undefined : ids[0]) },
    }))
    const response = await fetch(`${url}/v1/traces/ingest`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}` },
      body: JSON.stringify({ traces }),
    }).catch(() => undefined)
    if (response === undefined) return
    if (response.status === 202) for (const each of ids) accepted.add(each)
    await response.text().catch(() => '')
  }
}

function carrotOf(root: string, parent: string | undefined) {
  return {
    v: 1,
    trace_id: root.replaceAll('-', ''),
    ...(parent && { parent_id: parent.replaceAll('-', '').slice(-16) }),
    kind: 'task',
    seq: 1,
    start_ms: 1_767_225_600_000,
  }
}

it(`has every record that it accepted, once, after it was killed ${KILLS} times`, async () => {
  using folder = temporaryFolder()
  const cwd = folder.path
  const random = chance()
  const accepted = new Set<string>()
  const sent = new Set<string>()
  let count = 0
  for (let kill = 0; kill < KILLS; kill += 1) {
    const host = await running(NODE, ['dev'], { cwd })
    const next = () => (count += 1)
    const senders = Array.from({ length: SENDERS }, () => sender(host, next, accepted, sent))
    const before = accepted.size
    // At some moment of a load that has begun.
    await expect.poll(() => accepted.size, { interval: 1, timeout: 20_000 }).toBeGreaterThan(before)
    const moment = performance.now() + random() * 150
    while (performance.now() < moment) await new Promise((resolve) => setImmediate(resolve))
    host.kill('SIGKILL')
    expect((await host.ended).ended).toBe('SIGKILL')
    await Promise.all(senders)
  }
  expect(accepted.size).toBeGreaterThan(KILLS * BATCH)

  const { stdout } = await carrot(NODE, ['export', '--folder', '.carrot', '--project', 'local'], {
    cwd,
    env: { CARROT_API_KEY: '' },
  })
  const records = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { id: string; input: string })
  const ids = records.map((record) => record.id)
  const there = new Set(ids)
  expect([...accepted].filter((each) => !there.has(each))).toEqual([])
  expect(ids.length).toBe(there.size)
  expect(ids.filter((each) => !sent.has(each))).toEqual([])
  expect(records.filter((record) => !record.input.startsWith(record.id))).toEqual([])

  using driver = nodeDriver(projectFile(join(cwd, '.carrot'), 'local'))
  const [checked, counted] = await driver.run([
    ['PRAGMA integrity_check'],
    ['SELECT sum(span_count) AS spans FROM trace'],
  ])
  expect(checked).toEqual([{ integrity_check: 'ok' }])
  expect(counted).toEqual([{ spans: ids.length }])
})

it('never has half of a batch', async () => {
  using folder = temporaryFolder()
  const cwd = folder.path
  const accepted = new Set<string>()
  let count = 0
  for (let kill = 0; kill < 5; kill += 1) {
    const host = await running(NODE, ['dev'], { cwd })
    const next = () => (count += 1)
    const loading = sender(host, next, accepted, new Set())
    await expect.poll(() => accepted.size, { interval: 1 }).toBeGreaterThan(kill * BATCH)
    host.kill('SIGKILL')
    await Promise.all([loading, host.ended])
  }
  using driver = nodeDriver(projectFile(join(cwd, '.carrot'), 'local'))
  const [roots = []] = await driver.run([
    ['SELECT trace_id, count(*) AS steps FROM span GROUP BY trace_id HAVING steps != ?', BATCH],
  ])
  expect(roots).toEqual([])
})
