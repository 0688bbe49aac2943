/**
 * What a request may touch: the one project it was let in for.
 *
 * The project comes from the key or the session and never from the address or the body, so that no
 * route can be talked into another project's data.
 *
 * @module
 */

/** The Hono environment of every route behind a key or a login. */
export interface ProjectEnv {
  Variables: { project: string }
}
