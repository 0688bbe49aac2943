/**
 * The trace's name on requests to programs that go on with it: to the hosts that are listed, and no
 * others.
 *
 * A request that already names a trace keeps its name. All others pass as the very objects they are.
 *
 * @module
 */

import { addressed, changed } from '../capture/request.ts'
import type { Sent } from './carrier.ts'
import type { Context } from './context.ts'
import { toCarrier } from './distributed.ts'
import type { TraceIds } from '../record.ts'

/**
 * @param from What the request comes from.
 * @param hosts Names, with the port where it is not the usual one; `*.example.com` for all below it.
 */
export function withTrace(
  sent: Sent,
  from: () => Context | undefined,
  hosts: readonly string[],
): Sent {
  if (hosts.length === 0) return sent
  const { input, init } = sent
  const { url } = addressed(input, init) ?? {}
  const context = from()
  const { trace } = context ?? {}
  if (!trace || !url || !hosts.some((host) => isMeant(host.toLowerCase(), url))) return sent
  return nameTrace(sent, { ...context, trace })
}

/** The same request, naming the span that it comes from. */
export function nameTrace(
  { input, init }: Sent,
  context: Context & { readonly trace: TraceIds },
): Sent {
  const own = init?.headers
  const request = !own && input instanceof Request ? new Request(input) : undefined
  const headers = request?.headers ?? new Headers(own)
  if (!headers.has('traceparent')) {
    for (const [name, value] of Object.entries(toCarrier(context))) headers.set(name, value)
  }
  return request ? { input: request, init } : { input, init: changed(init ?? {}, { headers }) }
}

function isMeant(host: string, { host: withPort, hostname }: URL): boolean {
  if (host.startsWith('*.')) return hostname.endsWith(host.slice(1))
  return host === withPort || host === hostname
}
