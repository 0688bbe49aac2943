/**
 * How an invocation that ends with its reply is kept alive until what it recorded has been sent.
 *
 * Each platform says so in its own way, and each is asked for what it can do: none of these packages
 * or modules has to be there. Processes need nothing of it.
 *
 * @module
 */

import { isAnyObject } from '../json.ts'
import { globals } from './globals.ts'
import { importBuiltIn, nothing } from './workerd.ts'

/** Keeps the present invocation alive until the promise has settled. */
export type WaitUntil = (promise: Promise<unknown>) => void

let workers: unknown
importBuiltIn(
  () => import(/* webpackIgnore: true */ /* @vite-ignore */ 'cloudflare:workers').catch(nothing),
  (module) => (workers = module),
)

const VERCEL = Symbol.for('@vercel/request-context')
const NEXT = Symbol.for('@next/request-context')

/**
 * Where a `waitUntil` is found, by platform.
 *
 * @see https://developers.cloudflare.com/workers/runtime-apis/context/#import-waituntil-from-cloudflareworkers
 * @see https://vercel.com/docs/functions/functions-api-reference/vercel-functions-package#waituntil
 * @see https://nextjs.org/docs/app/api-reference/functions/after#self-hosting
 * @see https://docs.netlify.com/build/functions/api/#netlify-specific-context-object
 * @see https://supabase.com/docs/guides/functions/background-tasks
 */
const PLATFORMS: readonly (readonly [name: string, holder: () => unknown])[] = [
  ['cloudflare:workers', () => workers],
  ['@vercel/request-context', () => provided(VERCEL)],
  ['@next/request-context', () => provided(NEXT)],
  ['Netlify.context', () => globals.Netlify?.context],
  ['EdgeRuntime', () => globals.EdgeRuntime],
]

/** The `waitUntil` of whichever invocation is running when it is called; none where programs are processes. */
export function findWaitUntil(): WaitUntil | undefined {
  const holder = find()?.[1]
  return holder && ((promise) => holder.waitUntil(promise))
}

/** Whose it is. */
export function nameOfWaitUntil(): string | undefined {
  return find()?.[0]
}

function find(): readonly [string, { waitUntil: WaitUntil }] | undefined {
  for (const [name, get] of PLATFORMS) {
    const holder = get()
    if (hasWaitUntil(holder)) return [name, holder]
  }
  return undefined
}

/** Vercel, Next.js and those who host it give out the context of a request under a symbol known to all. */
function provided(name: symbol): unknown {
  const provider: unknown = Reflect.get(globals, name)
  return isAnyObject(provider) && typeof provider.get === 'function' ? provider.get() : undefined
}

function hasWaitUntil(holder: unknown): holder is { waitUntil: WaitUntil } {
  return isAnyObject(holder) && typeof holder.waitUntil === 'function'
}
