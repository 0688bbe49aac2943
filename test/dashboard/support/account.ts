/**
 * The dashboard with its settings on a directory in memory, for who is logged in as who may see all.
 *
 * @module
 */

import { Hono } from 'hono'
import type { ProjectEnv } from '../../../worker/auth/access.ts'
import { directory, type Directory } from '../../../worker/auth/directory.ts'
import { rememberedKeys } from '../../../worker/auth/keys.ts'
import { byPassword } from '../../../worker/auth/password-login.ts'
import { site } from '../../../worker/dashboard/site.tsx'
import { nodeDriver } from '../../../worker/node/node-driver.ts'
import { memoryStore } from './memory-store.ts'
import { samples } from './samples.ts'
import { assets, INGEST_URL } from './server.ts'

export const PASSWORD = 'correct horse battery'

export interface Account {
  app: Hono<ProjectEnv>
  known: Directory
}

export function account(): Account {
  const known = directory(nodeDriver(':memory:'))
  const people = byPassword({ secret: PASSWORD, directory: known, addressOf: () => undefined })
  const app = new Hono<ProjectEnv>()
  app.route('/', assets())
  app.route(
    '/',
    site({
      store: memoryStore(samples),
      directory: known,
      keys: rememberedKeys(known),
      people,
      removeData: async () => false,
      ingestUrl: () => INGEST_URL,
      onError: (error) => {
        throw error
      },
    }),
  )
  return { app, known }
}
