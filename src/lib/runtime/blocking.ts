/**
 * Requests of a process that may not wait any more: another thread makes them while this one stands still.
 *
 * For the moment in which a process ends, by `process.exit()` or by an error that nobody caught, when
 * nothing asynchronous is carried on. Node, Bun and Deno can do it.
 *
 * @module
 */

import { isAnyObject } from '../json.ts'
import { globals } from './globals.ts'

export interface PlainRequest {
  url: string
  headers: Readonly<Record<string, string>>
  body: string
}

/** What the thread runs. Each answer's status is written to its place; the first place counts them. */
const PROGRAM = `
const { workerData: { seen, requests } } = require('node:worker_threads')
requests.forEach(({ url, headers, body }, index) => {
  const done = (status) => {
    Atomics.store(seen, index + 1, status)
    if (Atomics.add(seen, 0, 1) + 1 === requests.length) Atomics.notify(seen, 0)
  }
  fetch(url, { method: 'POST', headers, body, redirect: 'manual' }).then(({ status }) => done(status), () => done(0))
})`

/** The status of each answer, 0 where there was none in time. */
export function sendBlocking(requests: readonly PlainRequest[], ms: number): readonly number[] {
  const seen = new Int32Array(new SharedArrayBuffer(4 * (requests.length + 1)))
  const start = performance.now()
  try {
    const threads = globals.process?.getBuiltinModule?.('node:worker_threads')
    if (hasWorkers(threads)) {
      const { Worker } = threads
      void new Worker(PROGRAM, { ...ALONE, workerData: { seen, requests } })
      for (;;) {
        const count = Atomics.load(seen, 0)
        const left = ms - (performance.now() - start)
        if (count === requests.length || left <= 0) break
        Atomics.wait(seen, 0, count, left)
      }
    }
  } catch {
    // No leave to start a thread: then there was no answer.
  }
  return [...seen.subarray(1)]
}

/** Without what the application has had loaded before itself. */
const ALONE = { eval: true, execArgv: [], env: {} }

type Threads = {
  Worker: new (
    program: string,
    options: typeof ALONE & { workerData: { seen: Int32Array; requests: readonly PlainRequest[] } },
  ) => unknown
}

function hasWorkers(threads: unknown): threads is Threads {
  return isAnyObject(threads) && typeof threads.Worker === 'function'
}
