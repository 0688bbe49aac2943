/**
 * The collector that a command speaks to: one that runs somewhere, or a folder, to which the same
 * questions are put without a server.
 *
 * @module
 */

import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { reasonOf } from '../../src/lib/errors.ts'
import { fields, type Json, parse, string } from '../../src/lib/json.ts'
import { collector } from '../app.ts'
import { type Directory, directory } from '../auth/directory.ts'
import { hashKey, newKey, SCOPES } from '../auth/keys.ts'
import { nodeDriver } from '../node/node-driver.ts'
import { DIRECTORY_FILE } from '../node/project-file.ts'
import { projectFiles } from '../node/project-files.ts'
import { pricing } from '../price/price.ts'
import { PRICES } from '../price/prices.ts'
import { EXIT, Failure } from './failure.ts'

export interface Where {
  /** A folder of `carrot dev` or `carrot serve`; else the collector at `url`. */
  folder?: string
  url: string
  /** Of the folder: by name or id. */
  project?: string
}

export interface Collector {
  /** For messages: the address, or the folder. */
  name: string
  ask(path: string, init?: RequestInit): Promise<Response>
  close(): Promise<void>
}

export const DEFAULT_URL = 'http://127.0.0.1:8787'

export function reach(where: Where): Promise<Collector> {
  return where.folder === undefined ? remote(where.url) : local(where.folder, where.project)
}

async function remote(text: string): Promise<Collector> {
  if (!/^https?:\/\/[^/]/.test(text) || !URL.canParse(text)) {
    throw new Failure(
      `The address of the collector has to be like ${DEFAULT_URL}; found "${text}". It is given by --url or CARROT_BASE_URL.`,
      EXIT.usage,
    )
  }
  const { origin } = new URL(text)
  const key = process.env.CARROT_API_KEY
  return {
    name: origin,
    async ask(path, init = {}) {
      const headers = new Headers(init.headers)
      if (key) headers.set('authorization', `Bearer ${key}`)
      // A redirect would take the key elsewhere.
      const request = { ...init, headers, redirect: 'manual' as const }
      try {
        return await fetch(`${origin}${path}`, request)
      } catch (error) {
        const cause = error instanceof Error && error.cause ? error.cause : error
        throw new Failure(
          `Nothing answers at ${origin} (${reasonOf(cause)}). Is the collector running? \`carrot dev\` starts one; --url or CARROT_BASE_URL says where it is.`,
          EXIT.failed,
          { cause: error },
        )
      }
    },
    close: async () => {},
  }
}

async function local(folder: string, project: string | undefined): Promise<Collector> {
  const file = join(folder, DIRECTORY_FILE)
  if (!existsSync(file)) {
    throw new Failure(
      `There is no collector in ${folder}: it has no ${DIRECTORY_FILE}. \`carrot dev\` or \`carrot serve\` makes one.`,
    )
  }
  const driver = nodeDriver(file)
  const book = directory(driver)
  const id = await projectOf(book, project)
  const store = projectFiles({ folder, price: pricing, prices: PRICES })
  // A key that is nowhere but here, and gone with this process.
  const key = newKey()
  const own = await hashKey(key)
  const grant = { id: 'command', project: id, scopes: SCOPES, origins: [] }
  const app = collector({
    store,
    directory: { ...book, grant: async (hash) => (hash === own ? grant : undefined) },
  })
  return {
    name: folder,
    async ask(path, init = {}) {
      const headers = new Headers(init.headers)
      headers.set('authorization', `Bearer ${key}`)
      return app.request(path, { ...init, headers })
    },
    async close() {
      await store.close()
      driver[Symbol.dispose]()
    },
  }
}

async function projectOf(book: Directory, wanted: string | undefined): Promise<string> {
  const projects = await book.projects()
  const found =
    wanted === undefined
      ? projects
      : projects.filter(({ id, name }) => wanted === id || wanted === name)
  const [first] = found
  if (first !== undefined && (found.length === 1 || wanted !== undefined)) return first.id
  const names = projects.map(({ name }) => name).join(', ') || 'none'
  throw new Failure(
    wanted === undefined
      ? `Say which project with --project; there are: ${names}.`
      : `There is no project "${wanted}"; there are: ${names}.`,
    EXIT.usage,
  )
}

/** The JSON of an answer; anything but success is a failure that says why. */
export async function answered({ name }: Collector, response: Response): Promise<Json> {
  if (response.ok) return parse(await response.text()) ?? null
  throw await refusal(name, response)
}

export async function refusal(name: string, response: Response): Promise<Failure> {
  const body = fields(parse(await response.text()))
  const reason = string(body.detail) ?? string(body.error) ?? response.statusText
  const { status } = response
  if (status === 401 || status === 403) {
    return new Failure(
      `${name} refuses the key (${status}): ${reason}. The key is given by CARROT_API_KEY${process.env.CARROT_API_KEY ? '' : ', which is not set'}.`,
      EXIT.refused,
    )
  }
  return new Failure(
    status >= 300 && status < 400
      ? `${name} leads elsewhere (${status}): give the address itself.`
      : `${name} answered ${status}: ${reason}.`,
    status === 400 ? EXIT.usage : EXIT.failed,
  )
}
