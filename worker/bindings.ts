/**
 * What the Worker is given by `wrangler.toml` and by who starts it.
 *
 * @module
 */

import type { Directory } from './auth/directory-object.ts'
import type { Project } from './index.ts'

export interface Bindings {
  /** One object per project. */
  PROJECT: DurableObjectNamespace<Project>
  /** One object in all: projects and keys. */
  DIRECTORY: DurableObjectNamespace<Directory>

  /**
   * Secret. The password of the dashboard, 12 characters or more, or its hash
   * (`npm run -s password`). Without it, and without Access, the dashboard is closed.
   */
  CARROT_PASSWORD?: string
  /** People come in through Cloudflare Access: the team's domain, `example.cloudflareaccess.com`. */
  CARROT_ACCESS_TEAM?: string
  /** And the audience tag of the application that stands before this Worker. */
  CARROT_ACCESS_AUDIENCE?: string

  /** Requests with records by one key in a minute, per isolate; 120000 unless told. */
  CARROT_INGEST_PER_MINUTE?: string
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
