/**
 * What an address can be asked to do, for who asks for something else.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110#name-405-method-not-allowed
 * @module
 */

import type { Context } from 'hono'
import type { ProjectEnv } from '../auth/access.ts'
import { problem } from './problem.ts'

/** To be put behind the routes of an address. */
export function onlyBy(...methods: readonly string[]) {
  return (context: Context<ProjectEnv>): Response => {
    context.header('allow', methods.join(', '))
    return problem(context, 405, `this is there for ${methods.join(', ')} alone`)
  }
}
