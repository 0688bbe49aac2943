/**
 * What the Worker is given by `wrangler.toml` and by who starts it.
 *
 * @module
 */

import type { PeopleVariables } from './auth/configured.ts'
import type { Directory } from './auth/directory-object.ts'
import type { LimitVariables } from './limits.ts'
import type { Project } from './index.ts'

export interface Bindings extends PeopleVariables, LimitVariables {
  /** One object per project. */
  PROJECT: DurableObjectNamespace<Project>
  /** One object in all: projects and keys. */
  DIRECTORY: DurableObjectNamespace<Directory>
  /** Where it is bound, all spans are kept in this database, and none in objects. */
  DATABASE?: D1Database

  /** Of ClickHouse's HTTP interface: spans are kept there and not in objects. See docs/clickhouse.md. */
  CLICKHOUSE_URL?: string
  /** `carrot` unless told; made if it is not there. */
  CLICKHOUSE_DATABASE?: string
  CLICKHOUSE_USER?: string
  /** Secret. */
  CLICKHOUSE_PASSWORD?: string

  /** `requests`: a line in the log for each of them. Failures are always in it. */
  CARROT_LOG?: string

  /** Known as a key to everything in the project `local`. Set by the local start command. */
  CARROT_LOCAL_KEY?: string
  /** `true` on a host that listens on loopback only: no login. Set by the local start command. */
  CARROT_LOCAL?: string
}

declare global {
  namespace Cloudflare {
    interface Env extends Bindings {}
  }
}
