import { describe, expect, it } from 'vitest'
import { makeKey } from '../../worker/auth/new-key.ts'
import { removalFrom } from '../../worker/auth/removal.ts'
import worker from '../../worker/index.ts'
import { upkeep } from '../../worker/operations/upkeep.ts'
import type { Store } from '../../worker/store/store.ts'
import { change, traceId } from '../store/changes.ts'
import { directory as shared, newDirectory, store } from './support/subject.ts'

const DAY_US = 86_400_000_000
const NOW_US = Date.UTC(2026, 5) * 1000

async function world() {
  const directory = newDirectory()
  const errors: unknown[] = []
  async function project(retentionDays: number | null) {
    const name = `test-${crypto.randomUUID()}`
    await makeKey(directory, name, { name: 'k', scopes: ['ingest'], origins: [] })
    await directory.changeSettings(name, { retentionDays })
    await store.write(name, [
      change(1, { startUs: NOW_US - 40 * DAY_US }),
      change(2, { startUs: NOW_US - 20 * DAY_US }),
      change(3, { startUs: NOW_US - 1 }),
    ])
    return name
  }
  const keep = (over: Partial<Store> = {}) => {
    const own = { ...store, ...over }
    return upkeep({
      store: own,
      directory,
      removeData: removalFrom(own),
      tend: true,
      onError: (error) => errors.push(error),
      nowUs: NOW_US,
    })
  }
  return { directory, errors, project, keep }
}

const left = async (project: string) =>
  (await store.list(project, {})).traces.map((trace) => trace.traceId)

describe('upkeep', () => {
  it('removes what is older than its project keeps', async () => {
    const { project, keep, errors } = await world()
    const [month, all] = [await project(30), await project(null)]
    await keep()
    expect(await left(month)).toEqual([traceId(3), traceId(2)])
    expect(await left(all)).toEqual([traceId(3), traceId(2), traceId(1)])
    expect(errors).toEqual([])
  })

  it('empties what was deleted, and forgets it', async () => {
    const { directory, project, keep } = await world()
    const gone = await project(null)
    await directory.removeProject(gone)
    await keep()
    expect(await left(gone)).toEqual([traceId(3), traceId(2), traceId(1)]) // others may write yet
    const later = () =>
      upkeep({
        store,
        directory,
        removeData: removalFrom(store),
        tend: false,
        onError: () => {},
        nowUs: Date.now() * 1000 + DAY_US,
      })
    await later()
    expect(await left(gone)).toEqual([])
    expect(await directory.removedProjects(Number.MAX_SAFE_INTEGER)).toEqual([])
  })

  it('goes on with the others where one project fails', async () => {
    const { project, keep, errors } = await world()
    const [bad, good] = [await project(30), await project(30)]
    const broken = new Error('broken')
    const refusing = (name: string) => {
      if (name === bad) throw broken
    }
    await keep({
      remove: async (name, what) => {
        refusing(name)
        return store.remove(name, what)
      },
      tend: async (name) => {
        refusing(name)
        return store.tend(name)
      },
    })
    expect(errors).toEqual([broken, broken])
    expect(await left(good)).toEqual([traceId(3), traceId(2)])
    expect(await left(bad)).toHaveLength(3)
  })

  it('does what a store put off: words that no search asked for', async () => {
    const { project, keep } = await world()
    const name = await project(null)
    await store.write(name, [change(4, { input: 'findable' })])
    await keep()
    expect(await store.tend(name)).toBe(false)
  })
})

describe('the Worker', () => {
  it('keeps up by schedule', async () => {
    const name = `test-${crypto.randomUUID()}`
    await makeKey(shared, name, { name: 'k', scopes: ['ingest'], origins: [] })
    await shared.changeSettings(name, { retentionDays: 1 })
    await store.write(name, [change(1), change(2, { startUs: Date.now() * 1000 })])
    await worker.scheduled()
    expect(await left(name)).toEqual([traceId(2)])
  })
})
