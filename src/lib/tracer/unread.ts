/**
 * Calls to models that no format reads: counted by host, and told of once a host.
 *
 * @module
 */

import { isModelLike, modelLikeness } from '../formats/model-like.ts'
import { parse } from '../json.ts'
import { mask } from '../redact.ts'
import type { Core } from './span.ts'

/** More hosts than any program calls models at. */
const MAX_HOSTS = 100

/** @param body Of the request, where it was at hand; it is looked into only where the address leaves it open. */
export function countUnread({ unread, settings, report }: Core, url: URL, body?: unknown): void {
  const likeness = modelLikeness(url)
  if (likeness === 'no') return
  if (likeness === 'maybe') {
    const isAtHand = typeof body === 'string' && body.length <= settings.maxBytes
    if (!isAtHand || !isModelLike(url, parse(body))) return
  }
  const { host } = url
  const count = unread.get(host) ?? 0
  if (count === 0 && unread.size === MAX_HOSTS) return
  unread.set(host, count + 1)
  if (count > 0) return
  report(
    'unread_call',
    `A request to ${host}${mask(url.pathname)} looks like a call to a model, and is of no format ` +
      `that is known: it is not recorded. Pass a format for it in the option "formats".`,
  )
}
