/** The D1 database of this test run. */

import { env } from 'cloudflare:workers'

function bound(): D1Database {
  if (env.DATABASE === undefined) throw new Error('the tests have no D1 database')
  return env.DATABASE
}

export const database: D1Database = bound()
