/**
 * The last moments of a program, where programs are processes or pages, and what can be done in each.
 *
 * Nothing is taken from the application: who listens for a signal finds it as it would be without us,
 * and where nobody listens the process ends by the signal, a moment later.
 *
 * @module
 */

import { globals, type Process } from './globals.ts'

export interface LastMoments {
  /** Nothing is left to do. Work begun here is waited for. */
  idle(): void
  /** A signal asks the process to end, which waits for this; a second one ends it at once. */
  asked(): Promise<unknown>
  /** The page is hidden, perhaps for good: what is begun here has to be able to outlive it. */
  hidden(): void
  /** The process ends: nothing can be begun any more. */
  gone(): void
}

const SIGNALS = ['SIGTERM', 'SIGINT'] as const

// One listener for all tracers: a process warns of the eleventh.
const listening = new Set<LastMoments>()
let stop: (() => void) | undefined

/** Returns the undoing. */
export function onLastMoments(moments: LastMoments): () => void {
  listening.add(moments)
  stop ??= listen()
  return () => {
    listening.delete(moments)
    if (listening.size > 0) return
    stop?.()
    stop = undefined
  }
}

function listen(): () => void {
  const { process, document } = globals
  const undo = [
    ...(process?.on ? listenToProcess(process) : []),
    ...(document ? [listenToPage(document)] : []),
  ]
  return () => {
    for (const each of undo) each()
  }
}

function listenToProcess(process: Process): (() => void)[] {
  const idle = () => each(({ idle }) => idle())
  const gone = () => each(({ gone }) => gone())
  const end = () => {
    if (process.listenerCount?.('uncaughtException') === 0) gone()
  }
  process.on?.('beforeExit', idle)
  process.on?.('exit', gone)
  if (globals.Deno) process.on?.('uncaughtExceptionMonitor', end) // where no exit is told of
  return [
    () => process.off?.('beforeExit', idle),
    () => process.off?.('exit', gone),
    () => process.off?.('uncaughtExceptionMonitor', end),
    ...(globals.Deno ? [] : SIGNALS.map((signal) => listenToSignal(process, signal))),
  ]
}

/** Not in Deno, whose own signal listeners cannot be seen from here: a signal raised again would reach them twice. */
function listenToSignal(process: Process, signal: (typeof SIGNALS)[number]): () => void {
  const stopListening = () => void process.off?.(signal, end)
  process.prependListener?.(signal, end)
  return stopListening

  /** The first to hear of it, and gone before the others do: they may count who listens. */
  function end(): void {
    stopListening()
    const isHandled = (process.listenerCount?.(signal) ?? 0) > 0
    const done = Promise.all([...listening].map(({ asked }) => asked()))
    if (!isHandled) void done.finally(() => process.kill?.(process.pid, signal))
  }
}

/** @see https://developer.mozilla.org/docs/Web/API/Document/visibilitychange_event#sending_end-of-session_analytics_on_navigating_away */
function listenToPage(document: Document): () => void {
  const hidden = () => {
    if (document.visibilityState === 'hidden') each((moments) => moments.hidden())
  }
  document.addEventListener('visibilitychange', hidden)
  return () => document.removeEventListener('visibilitychange', hidden)
}

function each(tell: (moments: LastMoments) => void): void {
  for (const moments of listening) tell(moments)
}
