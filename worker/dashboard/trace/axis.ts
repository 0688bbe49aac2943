/**
 * The one time axis of a trace, and where each step lies on it, in percent of its width.
 *
 * @module
 */

import type { SpanRow } from '../../store/store.ts'
import { readCall } from '../step/call.ts'

export interface Axis {
  startUs: number
  endUs: number
  ticks: Tick[]
}

export interface Tick {
  at: number
  offsetUs: number
}

/** Of a call that was tried again the last attempt, with the failed ones before it. */
export interface Bar {
  at: number
  width: number
  /** The part that passed before the first token, or before the answer began. */
  head: number
  failed: { at: number; width: number }[]
}

/** A step that has not been heard of for longer is shown as it was, not stretched until now. */
export const SILENCE_US = 10 * 60 * 1_000_000

/** Narrower than this a bar cannot be seen, nor what is marked in it. */
const MIN_WIDTH = 0.4
const MIN_HEAD = 0.2
const TICKS = 4
const STEPS = [
  1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 43_200, 86_400,
]

export function axis(spans: readonly SpanRow[], nowMs: number): Axis {
  let startUs = Infinity
  let endUs = -Infinity
  let running = false
  for (const span of spans) {
    startUs = Math.min(startUs, span.startUs)
    endUs = Math.max(endUs, span.endUs ?? span.startUs)
    running ||= span.status === 'running'
  }
  if (startUs === Infinity) return axisBetween(0, 1)

  const nowUs = nowMs * 1000
  if (running && nowUs > endUs && nowUs - endUs < SILENCE_US) endUs = nowUs
  return axisBetween(startUs, endUs)
}

/** For rows that join others on a page: the bars of a trace that runs are all drawn as of one moment. */
export function axisBetween(startUs: number, toUs: number): Axis {
  const endUs = Math.max(toUs, startUs + 1)
  return { startUs, endUs, ticks: ticks(endUs - startUs) }
}

/** As `outline` writes it. */
export function readAxis(text: string | undefined): Axis | undefined {
  const [, start, end] = /^(\d{1,17})-(\d{1,17})$/.exec(text ?? '') ?? []
  return start === undefined ? undefined : axisBetween(Number(start), Number(end))
}

function ticks(length: number): Tick[] {
  const step = tickStep(length / TICKS)
  const list: Tick[] = []
  // A line at the very end would say no more than the end itself.
  for (let offsetUs = 0; offsetUs < length * 0.98; offsetUs += step) {
    list.push({ at: percent(offsetUs / length), offsetUs })
  }
  return list
}

function tickStep(least: number): number {
  const second = 1_000_000
  if (least >= second) {
    const step = STEPS.find((seconds) => seconds * second >= least)
    return (step ?? Math.ceil(least / second / 86_400) * 86_400) * second
  }
  const magnitude = 10 ** Math.floor(Math.log10(Math.max(least, 1)))
  return magnitude * ([1, 2, 5, 10].find((factor) => factor * magnitude >= least) ?? 10)
}

export function bar(span: SpanRow, { startUs, endUs }: Axis): Bar {
  const length = endUs - startUs
  const share = (us: number) => percent(us / length)
  const start = Math.min(share(span.startUs - startUs), 100 - MIN_WIDTH)
  const end = span.endUs ?? (span.status === 'running' ? endUs : span.startUs)
  const { time, attempts } = readCall(span)
  const at = (ms: number) => Math.min(sum(start, share(ms * 1000)), 100 - MIN_WIDTH)
  const waitedMs = attempts.at(-1)?.startMs ?? 0
  const width = share(Math.max(end - span.startUs - waitedMs * 1000, 0))
  const head = share(((time.firstTextMs ?? time.headersMs ?? waitedMs) - waitedMs) * 1000)
  return {
    at: at(waitedMs),
    width: Math.max(width, MIN_WIDTH),
    head: head < MIN_HEAD ? 0 : Math.min(head, width),
    failed: attempts.slice(0, -1).map(({ startMs, endMs }) => ({
      at: at(startMs),
      width: Math.max(share((endMs - startMs) * 1000), MIN_WIDTH),
    })),
  }
}

function sum(one: number, other: number): number {
  return percent((one + other) / 100)
}

function percent(share: number): number {
  return Math.round(share * 10_000) / 100
}
