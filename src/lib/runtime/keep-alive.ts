/**
 * How long the program lives, and how to have the time to send what was recorded.
 *
 * Where an invocation ends with its reply (Workers), the runtime has to be asked to wait. Where a
 * process ends when it has nothing left to do, its last moment has to be caught.
 *
 * @module
 */

import { isAnyObject } from '../json.ts'
import { globals } from './globals.ts'
import { importBuiltIn, nothing } from './workerd.ts'

/** Keeps the present invocation alive until the promise has settled. */
export type WaitUntil = (promise: Promise<unknown>) => void

let imported: WaitUntil | undefined
importBuiltIn(
  () => import(/* webpackIgnore: true */ /* @vite-ignore */ 'cloudflare:workers').catch(nothing),
  (module) => {
    if (hasWaitUntil(module)) imported = (promise) => module.waitUntil(promise)
  },
)

/**
 * The `waitUntil` of whichever invocation is running when it is called; none where programs are processes.
 *
 * @see https://developers.cloudflare.com/workers/runtime-apis/context/#import-waituntil-from-cloudflareworkers
 */
export function findWaitUntil(): WaitUntil | undefined {
  return imported
}

function hasWaitUntil(module: unknown): module is { waitUntil: WaitUntil } {
  return isAnyObject(module) && typeof module.waitUntil === 'function'
}

const lastWords = new Set<() => void>()

/** Calls back when a process has nothing left to do; work begun there is waited for. Returns the undoing. */
export function onBeforeExit(listener: () => void): () => void {
  // One listener for all: a process warns of the eleventh.
  if (lastWords.size === 0) globals.process?.on?.('beforeExit', sayLastWords)
  lastWords.add(listener)
  return () => {
    lastWords.delete(listener)
    if (lastWords.size === 0) globals.process?.off?.('beforeExit', sayLastWords)
  }
}

function sayLastWords(): void {
  for (const listener of lastWords) listener()
}

/** A timer that does not keep a process alive by itself. Returns the undoing. */
export function unobtrusiveTimer(callback: () => void, ms: number): () => void {
  const timer = setTimeout(callback, ms)
  const handle: unknown = timer // a number on the Web platform, an object in processes
  if (isAnyObject(handle) && typeof handle.unref === 'function') handle.unref()
  return () => clearTimeout(timer)
}
