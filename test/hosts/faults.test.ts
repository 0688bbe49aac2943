import { rmSync, truncateSync, writeFileSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { describe, expect, it } from 'vitest'
import { projectFile } from '../../worker/node/project-file.ts'
import { projectFiles, type ProjectFilesOptions } from '../../worker/node/project-files.ts'
import { id, traceId } from '../store/changes.ts'
import { appOn } from './app.ts'
import { temporaryFolder } from './folder.ts'

interface Fault {
  name: string
  /** Does it to the file of a project in which `id(1)` is stored. */
  happens: (file: string, folder: string) => Disposable | undefined
  options?: Partial<ProjectFilesOptions>
  /** Of a record that is sent. */
  status: 503 | 507
  code: string
  says: string
  /** Whether what is stored can be read all the same. */
  reads: boolean
}

const nothing = () => undefined

const FAULTS: Fault[] = [
  {
    name: 'is full',
    happens: nothing,
    options: { maxBytes: 200_000 },
    status: 507,
    code: 'full',
    says: 'the database or its disk is full: make room, or shorten the retention of projects',
    reads: true,
  },
  {
    name: 'is locked by another program',
    happens: (file) => {
      const other = new DatabaseSync(file)
      other.exec('BEGIN IMMEDIATE')
      return { [Symbol.dispose]: () => other.close() }
    },
    status: 503,
    code: 'locked',
    says: 'another program holds the database: it is tried again; close what has it open',
    reads: true,
  },
  {
    name: 'can only be read',
    happens: nothing,
    options: { readOnly: true },
    status: 503,
    code: 'read_only',
    says: 'the database can be read only: let this program write to the file and to its folder',
    reads: true,
  },
  {
    name: 'is no database',
    happens: (file) => {
      writeFileSync(
        file,
        'This is a text, and longer than the head of a database file is. '.repeat(99),
      )
      return undefined
    },
    status: 503,
    code: 'damaged',
    says: 'the file is no SQLite database, or is damaged: put a backup in its place',
    reads: false,
  },
  {
    name: 'was cut short',
    happens: (file) => {
      truncateSync(file, 10_000)
      return undefined
    },
    status: 503,
    code: 'damaged',
    says: 'the file is no SQLite database, or is damaged: put a backup in its place',
    reads: false,
  },
  {
    name: 'was written by a newer program',
    happens: (file) => {
      const newer = new DatabaseSync(file)
      newer.exec('INSERT INTO migration (version) VALUES (99)')
      newer.close()
      return undefined
    },
    status: 503,
    code: 'newer_schema',
    says: 'the database has schema 99 and this program knows 3: run a newer one',
    reads: false,
  },
  {
    name: 'is gone with its folder',
    happens: (_, folder) => {
      rmSync(folder, { recursive: true })
      return undefined
    },
    status: 503,
    code: 'unavailable',
    says: 'the file of the database cannot be opened, read or written: look at its folder and its disk',
    reads: false,
  },
]

const record = (number: number, input = 'short') => ({ id: id(number), name: 'kept', input })
const LONG = Array.from({ length: 60_000 }, (_, index) => index.toString(36)).join(' ')

describe('a store whose file', () => {
  it.each(FAULTS)('$name answers $status, and says why', async (fault) => {
    using folder = temporaryFolder()
    const file = projectFile(folder.path, 'a')
    const before = projectFiles({ folder: folder.path })
    const sender = await (await appOn(before)).keyTo('a')
    expect(await sender.send(record(1))).toMatchObject({ status: 202 })
    await before.close()

    using happening = fault.happens(file, folder.path)
    const files = projectFiles({ folder: folder.path, lockedMs: 50, ...fault.options })
    if (fault.name.includes('folder')) rmSync(folder.path, { recursive: true })
    const { keyTo, failures } = await appOn(files)
    const { send, get } = await keyTo('a')
    expect(await send(record(2, LONG))).toEqual({
      status: fault.status,
      retryAfter: '5',
      body: { error: fault.says },
    })
    expect(failures).toMatchObject([{ event: 'ingest failed', cause: `StoreError ${fault.code}` }])
    const read = await get(`/v1/traces/${traceId(1)}`)
    if (fault.reads) expect(read).toMatchObject({ status: 200, body: { spans: [{ id: id(1) }] } })
    else expect(read).toMatchObject({ status: 503, retryAfter: '5' })
    void happening
    await files.close()
  })

  it('fails leaves all other projects as they are', async () => {
    using folder = temporaryFolder()
    writeFileSync(projectFile(folder.path, 'bad'), 'no database'.repeat(1000))
    const files = projectFiles({ folder: folder.path })
    const { keyTo } = await appOn(files)
    const [bad, good] = [await keyTo('bad'), await keyTo('good')]
    const answers = await Promise.all([bad.send(record(1)), good.send(record(1))])
    expect(answers.map(({ status }) => status)).toEqual([503, 202])
    expect(await good.get('/v1/traces')).toMatchObject({ body: { traces: [{ name: 'kept' }] } })
    await files.close()
  })

  it('was full takes records again once there is room, and has what it had taken', async () => {
    using folder = temporaryFolder()
    const small = projectFiles({ folder: folder.path, maxBytes: 1_000_000 })
    const first = await (await appOn(small)).keyTo('a')
    const taken: number[] = []
    for (let number = 1; number < 100; number += 1) {
      const { status } = await first.send(record(number, `${number} ${LONG.slice(number * 500)}`))
      if (status !== 202) {
        expect(status).toBe(507)
        break
      }
      taken.push(number)
    }
    expect(taken.length).toBeGreaterThan(0)
    expect(taken.length).toBeLessThan(99)
    expect((await small.list('a', { limit: 200 })).traces).toHaveLength(taken.length)
    await small.remove('a', { traces: [traceId(1)] })
    await small.close()

    const large = projectFiles({ folder: folder.path })
    const again = await (await appOn(large)).keyTo('a')
    expect(await again.send(record(200, LONG))).toMatchObject({ status: 202 })
    expect((await large.list('a', { limit: 200 })).traces).toHaveLength(taken.length)
    await large.close()
  })

  it('is locked for a moment keeps nobody waiting but who writes to it', async () => {
    using folder = temporaryFolder()
    const files = projectFiles({ folder: folder.path })
    const { keyTo } = await appOn(files)
    const [locked, free] = [await keyTo('locked'), await keyTo('free')]
    await locked.send(record(1))
    const other = new DatabaseSync(projectFile(folder.path, 'locked'))
    other.exec('BEGIN IMMEDIATE')
    const written = locked.send(record(2))
    expect(await free.send(record(1))).toMatchObject({ status: 202 })
    expect(await locked.get('/v1/traces')).toMatchObject({ status: 200 })
    other.exec('COMMIT')
    other.close()
    expect(await written).toMatchObject({ status: 202 })
    await files.close()
  })
})
