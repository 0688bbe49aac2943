import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { projectFile, projectFileName } from '../../worker/node/project-file.ts'
import { projectFiles } from '../../worker/node/project-files.ts'
import { change, id, row, summary, traceId } from '../store/changes.ts'
import { storeContract } from '../store/contract.ts'
import { temporaryFolder } from './folder.ts'

const shared = temporaryFolder()
const store = projectFiles({ folder: shared.path, maxOpen: 8 })
storeContract('SQLite files of a process', () => store, 10)
afterAll(async () => {
  await store.close()
  shared[Symbol.dispose]()
})

describe('projectFileName', () => {
  it.each([
    ['local', 'project-local.sqlite'],
    ['5f0c7c2e-7a4e-4a09-9a43-3b1f0a2f6c11', 'project-5f0c7c2e-7a4e-4a09-9a43-3b1f0a2f6c11.sqlite'],
    ['con', 'project-con.sqlite'],
  ])('is readable for a plain word: %s', (project, name) => {
    expect(projectFileName(project)).toBe(name)
  })

  it.each([
    '',
    '.',
    '..',
    '../../etc/passwd',
    'a/b',
    'a\\b',
    'a\0b',
    'A',
    'ä',
    'a b',
    '-a',
    'x'.repeat(65),
    'x'.repeat(100_000),
    '\ud800',
    '\udfff',
    'a.sqlite-wal',
  ])('is a hash for anything else: %j', (project) => {
    expect(projectFileName(project)).toMatch(/^project_[0-9a-f]{64}\.sqlite$/)
  })

  it('is another for every name', () => {
    const names = ['a', 'A', '', '\ud800', '\udfff', '../a', './a', 'a ', 'ä', 'ä'.normalize('NFD')]
    expect(new Set(names.map(projectFileName)).size).toBe(names.length)
  })
})

describe('projectFiles', () => {
  it('keeps projects apart, whatever they are called, and nothing outside of its folder', async () => {
    using folder = temporaryFolder()
    const inner = join(folder.path, 'inner')
    const files = projectFiles({ folder: inner })
    const projects = ['../outside', '/etc/carrot', 'a', 'A', '..', 'a/../b', '\ud800', '']
    for (const [index, project] of projects.entries()) {
      await files.write(project, [change(index + 1)])
    }
    for (const [index, project] of projects.entries()) {
      expect(await files.list(project, {})).toEqual({ traces: [summary(index + 1)] })
    }
    await files.close()
    expect(readdirSync(folder.path)).toEqual(['inner'])
    expect(readdirSync(inner).toSorted()).toEqual(projects.map(projectFileName).toSorted())
  })

  it('makes no file for a question', async () => {
    using folder = temporaryFolder()
    const files = projectFiles({ folder: folder.path })
    expect(await files.list('nobody', {})).toEqual({ traces: [] })
    expect(await files.trace('nobody', traceId(1))).toEqual([])
    expect(await files.spans('nobody', [id(1)])).toEqual([])
    expect(await files.facets('nobody', { fields: ['tag'] })).toEqual({ tag: [] })
    const sums = { of: 'calls', fromUs: 0, toUs: 1, stepUs: 1 } as const
    expect(await files.sum('nobody', sums)).toEqual({ buckets: [] })
    expect(await files.remove('nobody', { beforeUs: 1 })).toEqual({ spans: 0, more: false })
    expect(await files.tend('nobody')).toBe(false)
    await files.close()
    expect(readdirSync(folder.path)).toEqual([])
  })

  it('has no more files open than it may, and loses nothing for it', async () => {
    using folder = temporaryFolder()
    const files = projectFiles({ folder: folder.path, maxOpen: 3 })
    const projects = Array.from({ length: 20 }, (_, index) => `p${index}`)
    await Promise.all(projects.map((project) => files.write(project, [change(1)])))
    // What is open has its log beside it.
    const open = readdirSync(folder.path).filter((name) => name.endsWith('-wal'))
    expect(open.length).toBeLessThanOrEqual(3)
    const lists = await Promise.all(projects.map((project) => files.list(project, {})))
    expect(lists).toEqual(projects.map(() => ({ traces: [summary(1)] })))
    await files.close()
    expect(readdirSync(folder.path).filter((name) => name.endsWith('-wal'))).toEqual([])
  })

  it('closes a file that nobody asks anything of, and opens it again', async () => {
    using folder = temporaryFolder()
    const files = projectFiles({ folder: folder.path, idleMs: 0 })
    await files.write('a', [change(1)])
    const log = `${projectFile(folder.path, 'a')}-wal`
    await expect.poll(() => existsSync(log)).toBe(false)
    expect(await files.trace('a', traceId(1))).toEqual([row(1)])
    await files.close()
  })

  it('waits for what is being done before it closes', async () => {
    using folder = temporaryFolder()
    const files = projectFiles({ folder: folder.path })
    const written = [1, 2, 3].map((number) => files.write('a', [change(number)]))
    await files.close()
    await Promise.all(written)
    await expect(files.write('a', [change(4)])).rejects.toMatchObject({ code: 'unavailable' })
    const again = projectFiles({ folder: folder.path })
    expect((await again.list('a', {})).traces).toHaveLength(3)
    await again.close()
  })

  it('removes the file of a project', async () => {
    using folder = temporaryFolder()
    const files = projectFiles({ folder: folder.path })
    await files.write('a', [change(1)])
    await files.removeFile('a')
    await files.removeFile('never')
    expect(readdirSync(folder.path)).toEqual([])
    expect(await files.list('a', {})).toEqual({ traces: [] })
    await files.close()
  })

  it('reads the words of new texts by itself', async () => {
    using folder = temporaryFolder()
    const files = projectFiles({ folder: folder.path })
    await files.write('a', [change(1, { input: 'marzipan' })])
    await expect.poll(() => files.tend('a'), { timeout: 10_000 }).toBe(false)
    const terms = [{ field: 'text', words: ['marzipan'] }] as const
    expect((await files.list('a', { terms })).traces).toHaveLength(1)
    await files.close()
  })
})
