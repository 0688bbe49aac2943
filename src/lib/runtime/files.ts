/**
 * Text files, where the runtime has them: Node, Bun, Deno. Looked for by capability when they are needed.
 *
 * @module
 */

import { isAnyObject } from '../json.ts'
import { globals } from './globals.ts'

export interface TextFiles {
  /** @throws What the runtime throws: there is no such file, or no leave to read it. */
  read(path: string | URL): string
  /** Writes all of it, or leaves the file as it was; makes the folders that are missing. */
  write(path: string | URL, text: string): void
}

/** None in Workers and browsers. */
export function findTextFiles(): TextFiles | undefined {
  const files = globals.process?.getBuiltinModule?.('node:fs')
  // Workers with Node compatibility have a file system too, in memory and empty.
  if (globals.WebSocketPair || !hasFiles(files)) return undefined
  return {
    read: (path) => files.readFileSync(path, 'utf8'),
    write(path, text) {
      files.mkdirSync(beside(path, '.'), { recursive: true })
      const unfinished = beside(path, `${nameOf(path)}.unfinished`)
      files.writeFileSync(unfinished, text)
      files.renameSync(unfinished, path)
    },
  }
}

function nameOf(path: string | URL): string {
  return String(path).replace(/^.*[\\/]/, '')
}

function beside(path: string | URL, name: string): string | URL {
  if (path instanceof URL) return new URL(name, path)
  return path.slice(0, path.length - nameOf(path).length) + name
}

interface Files {
  readFileSync(path: string | URL, encoding: 'utf8'): string
  writeFileSync(path: string | URL, text: string): void
  renameSync(from: string | URL, to: string | URL): void
  mkdirSync(path: string | URL, options: { recursive: true }): void
}

function hasFiles(files: unknown): files is Files {
  return isAnyObject(files) && typeof files.readFileSync === 'function'
}
