/** What the directory promises, whatever engine it stands on. */

import { describe, expect, it } from 'vitest'
import type { Directory } from '../../worker/auth/directory.ts'
import type { NewKey } from '../../worker/auth/key-book.ts'
import { MAX_PROJECTS } from '../../worker/auth/project-book.ts'

const KEY: NewKey = { id: 'k1', project: 'p1', name: 'a key', scopes: ['ingest'], origins: [] }

/** @param open An empty directory by the clock that is given, in milliseconds. */
export function directoryContract(name: string, open: (now: () => number) => Directory): void {
  const fresh = () => {
    const clock = { ms: Date.UTC(2026, 0) }
    return { clock, directory: open(() => clock.ms) }
  }

  describe(`a directory on ${name}`, () => {
    it('finds what a key opens by its hash alone, until it is revoked', async () => {
      const { directory, clock } = fresh()
      const origins = ['https://a.example', 'http://localhost:3000']
      expect(await directory.grant('h1')).toBeUndefined()
      expect(await directory.admit('h1', { ...KEY, origins })).toBe(true)
      const grant = { id: 'k1', project: 'p1', scopes: ['ingest'], origins }
      expect(await directory.grant('h1')).toEqual(grant)
      expect(await directory.origins()).toEqual(origins)
      expect(await directory.keys('p1')).toEqual([{ ...KEY, origins, createdUs: clock.ms * 1000 }])
      expect(await directory.revoke('p2', 'k1')).toBe(false)
      expect(await directory.revoke('p1', 'k1')).toBe(true)
      expect(await directory.revoke('p1', 'k1')).toBe(false)
      expect(await directory.grant('h1')).toBeUndefined()
      expect(await directory.keys('p1')).toEqual([])
      expect(await directory.origins()).toEqual([])
    })

    it('takes a hash once and an id once, and changes neither', async () => {
      const { directory } = fresh()
      await directory.admit('h1', KEY)
      expect(await directory.admit('h1', { ...KEY, id: 'k2', project: 'p2' })).toBe(false)
      expect(await directory.admit('h2', { ...KEY, project: 'p2' })).toBe(false)
      expect(await directory.grant('h1')).toMatchObject({ id: 'k1', project: 'p1' })
      expect(await directory.grant('h2')).toBeUndefined()
    })

    it('keeps text as text, whatever it says', async () => {
      const { directory } = fresh()
      const text = `'); DROP TABLE key; -- "x" %_ 🥕`
      await directory.admit('h1', { ...KEY, name: text })
      expect((await directory.keys('p1'))[0]?.name).toBe(text)
      expect(await directory.createProject('p2', text)).toBe(true)
      expect((await directory.projects()).map((project) => project.name)).toEqual(['p1', text])
      expect(await directory.grant("' OR 1=1 --")).toBeUndefined()
    })

    it('names projects once, renames them, and gives a removed one’s name free but not its id', async () => {
      const { directory, clock } = fresh()
      expect(await directory.createProject('p1', 'shop')).toBe(true)
      clock.ms += 1
      expect(await directory.createProject('p2', 'shop')).toBe(false)
      expect(await directory.createProject('p1', 'other')).toBe(false)
      expect(await directory.createProject('p2', 'other')).toBe(true)
      expect(await directory.renameProject('p2', 'shop')).toBe('taken')
      expect(await directory.renameProject('p2', 'other')).toBe('renamed')
      expect(await directory.renameProject('p3', 'third')).toBe('unknown')
      expect((await directory.projects()).map(({ id, name }) => [id, name])).toEqual([
        ['p1', 'shop'],
        ['p2', 'other'],
      ])
      await directory.admit('h1', KEY)
      expect(await directory.removeProject('p1')).toBe(true)
      expect(await directory.removeProject('p1')).toBe(false)
      expect(await directory.grant('h1')).toBeUndefined()
      expect(await directory.createProject('p1', 'again')).toBe(false)
      expect(await directory.renameProject('p2', 'shop')).toBe('renamed')
      expect((await directory.projects()).map(({ id }) => id)).toEqual(['p2'])
    })

    it('makes a first project where there is none, and only there', async () => {
      const { directory } = fresh()
      await Promise.all([
        directory.createFirstProject('p1', 'default'),
        directory.createFirstProject('p2', 'default'),
      ])
      expect(await directory.projects()).toHaveLength(1)
    })

    it('has an end to its projects', async () => {
      const { directory } = fresh()
      for (let number = 0; number < MAX_PROJECTS; number += 1) {
        expect(await directory.createProject(`p${number}`, `project ${number}`)).toBe(true)
      }
      expect(await directory.createProject('more', 'one more')).toBe(false)
    })

    it('knows what was removed until it is forgotten, and forgets nothing else', async () => {
      const { directory, clock } = fresh()
      await directory.admit('h1', KEY)
      await directory.admit('h2', { ...KEY, id: 'k2', project: 'p2' })
      await directory.removeProject('p1')
      const nowUs = clock.ms * 1000
      expect(await directory.removedProjects(nowUs)).toEqual([])
      expect(await directory.removedProjects(nowUs + 1)).toEqual(['p1'])
      await directory.forgetProject('p2')
      await directory.forgetProject('p1')
      expect(await directory.removedProjects(nowUs + 1)).toEqual([])
      expect(await directory.grant('h1')).toBeUndefined()
      expect(await directory.grant('h2')).toMatchObject({ project: 'p2' })
    })

    it('keeps settings by project, and changes what is named', async () => {
      const { directory } = fresh()
      await directory.createProject('p1', 'one')
      await directory.createProject('p2', 'two')
      expect(await directory.settings('p1')).toEqual({ retentionDays: null, prices: [], views: [] })
      expect(await directory.changeSettings('p1', { retentionDays: 7 })).toEqual({
        prices: [],
        views: [],
        retentionDays: 7,
      })
      expect(await directory.changeSettings('p1', {})).toMatchObject({
        retentionDays: 7,
        prices: [],
      })
      expect(await directory.changeSettings('p3', { retentionDays: 7 })).toBeUndefined()
      expect(await directory.allSettings()).toEqual([
        { project: 'p1', retentionDays: 7, prices: [], views: [] },
        { project: 'p2', retentionDays: null, prices: [], views: [] },
      ])
      const rule = { model: 'm*', provider: 'p', input: 1, output: 2, cacheRead: 0.1 }
      const rules = [rule, { model: 'n', input: 0, output: 0 }]
      expect(await directory.changeSettings('p1', { prices: rules })).toEqual({
        retentionDays: 7,
        prices: rules,
        views: [],
      })
      expect(await directory.changeSettings('p1', { prices: [] })).toMatchObject({ prices: [] })
      await directory.changeSettings('p1', { retentionDays: null })
      expect(await directory.settings('p1')).toEqual({ retentionDays: null, prices: [], views: [] })
    })

    it('keeps views by their names, also those that are saved at once', async () => {
      const { directory } = fresh()
      await directory.createProject('p1', 'one')
      await directory.createProject('p2', 'two')
      const view = (name: string, search: string | null) => ({ views: [{ name, search }] })
      const strange = `__proto__ "b".'c' 🥕`
      await Promise.all([
        directory.changeSettings('p1', view('b', 'q=b')),
        directory.changeSettings('p1', view(strange, 'q=c')),
        directory.changeSettings('p1', view('__proto__', 'q=p')),
        directory.changeSettings('p1', { retentionDays: 7 }),
        directory.changeSettings('p1', view('a', 'q=a')),
      ])
      expect(await directory.settings('p1')).toEqual({
        retentionDays: 7,
        prices: [],
        views: [
          { name: '__proto__', search: 'q=p' },
          { name: strange, search: 'q=c' },
          { name: 'a', search: 'q=a' },
          { name: 'b', search: 'q=b' },
        ],
      })
      await directory.changeSettings('p1', view('b', 'q=other'))
      await directory.changeSettings('p1', view(strange, null))
      await directory.changeSettings('p1', view('unknown', null))
      await directory.changeSettings('p1', view('__proto__', null))
      expect((await directory.settings('p1')).views).toEqual([
        { name: 'a', search: 'q=a' },
        { name: 'b', search: 'q=other' },
      ])
      expect((await directory.settings('p2')).views).toEqual([])
    })

    it('keeps one secret until all sessions are ended', async () => {
      const { directory } = fresh()
      const [one, two] = await Promise.all([directory.sessionSecret(), directory.sessionSecret()])
      expect(one).toMatch(/^[0-9a-f]{64}$/)
      expect(two).toBe(one)
      await directory.endSessions()
      const next = await directory.sessionSecret()
      expect(next).not.toBe(one)
      expect(await directory.sessionSecret()).toBe(next)
    })

    it('lets ten attempts in a quarter of an hour through, from each address', async () => {
      const { directory, clock } = fresh()
      const attempts = async (source: string, count: number) => {
        const waits: number[] = []
        for (let each = 0; each < count; each += 1) waits.push(await directory.attempt(source))
        return waits
      }
      expect(await attempts('a', 10)).toEqual(Array.from({ length: 10 }, () => 0))
      clock.ms += 60_000
      expect(await attempts('a', 2)).toEqual([840, 840])
      expect(await attempts('b', 1)).toEqual([0])
      await directory.succeeded('a')
      expect(await attempts('a', 1)).toEqual([0])
      await attempts('a', 10)
      clock.ms += 15 * 60_000
      expect(await attempts('a', 1)).toEqual([0])
      clock.ms -= 60 * 60_000 // a clock that goes back locks nobody out
      expect(await attempts('a', 1)).toEqual([0])
    })

    it('lets a thousand through from all addresses together', async () => {
      const { directory } = fresh()
      for (let each = 0; each < 1000; each += 1) {
        if ((await directory.attempt(`address ${each}`)) > 0) throw new Error(`refused at ${each}`)
      }
      expect(await directory.attempt('one more')).toBe(900)
    })
  })
}
