/**
 * A host that runs until it is told to stop.
 *
 * @module
 */

import type { Failure as FailureReport } from '../api/report.ts'
import { startHost, type Host, type HostOptions } from '../host/host.ts'
import { EXIT, Failure } from './failure.ts'
import { note } from './terminal.ts'

/** To the error output, a line of JSON each: for who collects logs. */
export function report(failure: FailureReport): void {
  note(JSON.stringify({ level: 'error', ...failure }))
}

export async function start(options: Omit<HostOptions, 'report'>): Promise<Host> {
  const isLogged = process.env.CARROT_LOG === 'requests'
  try {
    return await startHost({
      ...options,
      report,
      ...(isLogged && { log: (line) => note(JSON.stringify({ level: 'info', ...line })) }),
    })
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    const isTaken = /EADDRINUSE|address (?:is )?already in use|in use/i.test(reason)
    throw new Failure(
      isTaken
        ? `Port ${options.port} on ${options.host} is taken: stop what has it, or choose another with --port.`
        : `The collector cannot start: ${reason}`,
      1,
      { cause: error },
    )
  }
}

/** Until a signal comes. A second one does not wait for anything. */
export async function untilStopped(host: Host): Promise<never> {
  let isStopping = false
  await new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.on(signal, () => {
        if (isStopping) process.exit(1)
        isStopping = true
        resolve()
      })
    }
  })
  await host.stop()
  process.exit(EXIT.done) // Deno would wait for connections that nobody uses any more
}
