/**
 * The headers of every page.
 *
 * Captured text is the input of strangers, so a page may run and fetch nothing but our own files,
 * and a script may turn text into HTML only through the one policy in `islands/fragment.ts`.
 *
 * @see https://www.w3.org/TR/CSP3/
 * @see https://www.w3.org/TR/trusted-types/
 * @module
 */

import type { MiddlewareHandler } from 'hono'

const POLICY = [
  `default-src 'none'`,
  `script-src 'self'`,
  `style-src 'self'`,
  `img-src 'self' data:`,
  `media-src 'self' data:`,
  `connect-src 'self'`,
  `form-action 'self'`,
  `base-uri 'none'`,
  `frame-ancestors 'none'`,
  `require-trusted-types-for 'script'`,
  `trusted-types fragment`,
].join('; ')

const HEADERS = {
  'content-security-policy': POLICY,
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  // Not `no-referrer`: forms would come with `Origin: null`, and could not be told from foreign ones.
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  // Traces are private and change; a page and its fragment share one address.
  'cache-control': 'private, no-cache',
  vary: 'Accept, Cookie',
} as const

/** Sets them before the handler runs, so that an error page has them too. */
export const securityHeaders: MiddlewareHandler = async (c, next) => {
  for (const [name, value] of Object.entries(HEADERS)) c.header(name, value)
  await next()
}
