/**
 * People who come in through Cloudflare Access: its token is verified with every request.
 *
 * A header can be sent by anyone who finds a way around Access, so only the signature counts, by the
 * keys of the one team, for the one application, within its time.
 *
 * @see https://developers.cloudflare.com/cloudflare-one/access-controls/applications/http-apps/authorization-cookie/validating-json/
 * @module
 */

import { getCookie } from 'hono/cookie'
import { createRemoteJWKSet, customFetch, errors, jwtVerify } from 'jose'
import { nobody, type People } from './people.ts'

export interface AccessOptions {
  /** The team's domain, such as `example.cloudflareaccess.com`. */
  team: string
  /** The application's audience tag. */
  audience: string
  fetch?: typeof fetch
  now?: () => number
}

export function byAccess({
  team,
  audience,
  fetch: send = (...request) => fetch(...request),
  now = Date.now,
}: AccessOptions): People {
  if (!/^[a-z0-9-]+(\.[a-z0-9-]+)+$/i.test(team) || audience === '') {
    return nobody(
      'Cloudflare Access needs the domain of the team and the audience of the application',
    )
  }
  const issuer = `https://${team.toLowerCase()}`
  // Keys are fetched when a token needs them, and kept.
  const keys = createRemoteJWKSet(new URL(`${issuer}/cdn-cgi/access/certs`), {
    [customFetch]: send,
  })

  return {
    logout: { address: '/cdn-cgi/access/logout' },
    async judge(context) {
      const token =
        context.req.header('cf-access-jwt-assertion') ?? getCookie(context, 'CF_Authorization')
      const refused = { status: 401, reason: 'come in through Cloudflare Access' } as const
      if (token === undefined) return refused
      try {
        await jwtVerify(token, keys, {
          issuer,
          audience,
          algorithms: ['RS256'],
          requiredClaims: ['exp'],
          currentDate: new Date(now()),
        })
        return undefined
      } catch (error) {
        return isAnswer(error) ? refused : { status: 503, reason: UNREACHABLE }
      }
    },
  }
}

const UNREACHABLE = 'the keys of Cloudflare Access could not be read; try again in a moment'

/** Whether the token was read and refused, rather than the keys to read it with not found. */
function isAnswer(error: unknown): boolean {
  return (
    error instanceof errors.JOSEError &&
    error.code !== errors.JWKSTimeout.code &&
    error.code !== errors.JOSEError.code // as for an answer that is none
  )
}
