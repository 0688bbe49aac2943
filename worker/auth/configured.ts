/**
 * How people get in, as it is set where a host is deployed: the same names on every host.
 *
 * @module
 */

import { byAccess } from './cloudflare-access.ts'
import { byPassword, type PasswordOptions } from './password-login.ts'
import type { People } from './people.ts'

export interface PeopleVariables {
  /**
   * A secret: the password of the dashboard, 12 characters or more, or its hash as
   * `npm run -s password` prints it. Without it, and without Access, the dashboard is closed.
   */
  CARROT_PASSWORD?: string | undefined
  /** People come in through Cloudflare Access: the team's domain, `example.cloudflareaccess.com`. */
  CARROT_ACCESS_TEAM?: string | undefined
  /** And the audience tag of the application that stands in front. */
  CARROT_ACCESS_AUDIENCE?: string | undefined
}

/** Access, once anything of it is set: half of it lets nobody in, and a password nobody around it. */
export function configuredPeople(
  variables: PeopleVariables,
  host: Pick<PasswordOptions, 'directory' | 'addressOf'>,
): People {
  const { CARROT_PASSWORD, CARROT_ACCESS_TEAM = '', CARROT_ACCESS_AUDIENCE = '' } = variables
  return CARROT_ACCESS_TEAM || CARROT_ACCESS_AUDIENCE
    ? byAccess({ team: CARROT_ACCESS_TEAM, audience: CARROT_ACCESS_AUDIENCE })
    : byPassword({ secret: CARROT_PASSWORD, ...host })
}
