/**
 * Two traces, or two steps of them, in numbers: both sides, each a link to its own page, and what lies
 * between them.
 *
 * @module
 */

import type { Child } from 'hono/jsx'
import type { SpanRow } from '../../store/store.ts'
import { stepAddress, traceAddress } from '../addresses.ts'
import { readCall } from '../step/call.ts'
import type { TraceSide } from '../compare/comparison.ts'
import { difference } from '../compare/figures.ts'
import type { Totals } from '../trace/totals.ts'
import { isCall } from '../trace/totals.ts'
import { count, dollars, duration } from '../units.ts'
import { Duration, Money, Time } from './figures.tsx'
import { Status } from './marks.tsx'
import { Dash, Text } from './text.tsx'

interface Line {
  label: string
  a: Child
  b: Child
  /** `undefined` where it cannot be said. */
  between: string | undefined
}

type Count = number | null | undefined

export function TraceSides({ a, b }: { a: TraceSide; b: TraceSide }) {
  const [ofA, ofB] = [a.totals, b.totals]
  const counted = (label: string, of: (totals: Totals) => number | null): Line =>
    countLine(label, of(ofA), of(ofB))
  const cost = (of: Totals) =>
    of.costUsd === null ? undefined : { usd: of.costUsd, atLeast: of.unpriced > 0 }
  // A sum that lacks a part has no difference to another one.
  const exact = (of: Totals) => (of.unpriced > 0 ? null : of.costUsd)
  const lines: Line[] = [
    latencyLine(
      ofA.durationUs,
      ofB.durationUs,
      [ofA, ofB].map(({ durationUs }) => durationUs === null),
    ),
    {
      label: 'Cost',
      a: <Money cost={cost(ofA)} />,
      b: <Money cost={cost(ofB)} />,
      between: difference(exact(ofA), exact(ofB), dollars),
    },
    counted('Tokens in', (of) => of.inputTokens),
    counted('Tokens out', (of) => of.outputTokens),
    counted('Steps', (of) => of.steps),
    counted('Model calls', (of) => of.calls),
    counted('Failed steps', (of) => of.errors),
  ]
  const head = ({ id, totals }: TraceSide) => (
    <Head href={traceAddress(id)} {...totals} name={totals.name} />
  )
  return <Sides label="Totals" lines={lines} a={head(a)} b={head(b)} />
}

export function StepSides({ a, b }: { a: SpanRow; b: SpanRow }) {
  const running = [a, b].map(({ status, endUs }) => status === 'running' && endUs === null)
  const lines: Line[] = [latencyLine(tookUs(a), tookUs(b), running)]
  if (isCall(a) || isCall(b)) {
    const [callA, callB] = [readCall(a), readCall(b)]
    const [firstA, firstB] = [callA, callB].map(({ time: { firstTextMs } }) =>
      firstTextMs === undefined ? null : firstTextMs * 1000,
    )
    const usd = ({ costNano }: SpanRow) => (costNano === null ? undefined : costNano / 1e9)
    const [usdA, usdB] = [usd(a), usd(b)]
    const money = (usd: number | undefined) => (
      <Money cost={usd === undefined ? undefined : { usd, atLeast: false }} />
    )
    if (firstA || firstB) lines.push(timeLine('First token', firstA, firstB))
    lines.push(
      {
        label: 'Cost',
        a: money(usdA),
        b: money(usdB),
        between: difference(usdA, usdB, dollars),
      },
      countLine('Tokens in', a.inputTokens, b.inputTokens),
      countLine('Tokens out', a.outputTokens, b.outputTokens),
    )
    const [readA, readB] = [callA.usage.cacheRead, callB.usage.cacheRead]
    if (readA !== undefined || readB !== undefined)
      lines.push(countLine('Read from cache', readA, readB))
  }
  const head = (span: SpanRow) => <Head href={stepAddress(span.traceId, span.id)} {...span} />
  return <Sides label="Numbers" lines={lines} a={head(a)} b={head(b)} />
}

function Sides({ label, lines, a, b }: { label: string; lines: Line[]; a: Child; b: Child }) {
  return (
    <table class="sides" aria-label={label}>
      <thead>
        <tr>
          <td></td>
          <th scope="col">
            <Letter side="a" /> {a}
          </th>
          <th scope="col">
            <Letter side="b" /> {b}
          </th>
          <th scope="col">B against A</th>
        </tr>
      </thead>
      <tbody>
        {lines.map(({ label, a, b, between }) => (
          <tr>
            <th scope="row">{label}</th>
            <td>{a}</td>
            <td>{b}</td>
            <td>{between === undefined ? <Dash /> : between}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

export function Letter({ side }: { side: 'a' | 'b' }) {
  return <b class={`letter side-${side}`}>{side.toUpperCase()}</b>
}

interface HeadProps extends Pick<SpanRow, 'name' | 'status' | 'startUs'> {
  href: string
}

function Head({ href, name, status, startUs }: HeadProps) {
  return (
    <>
      <a href={href} title={name}>
        <Text text={name || 'unnamed'} />
      </a>
      <span class="sub">
        <Status status={status} /> <Time us={startUs} /> UTC
      </span>
    </>
  )
}

function timeLine(label: string, a: Count, b: Count): Line {
  const [tookA, tookB] = [a, b].map((us) => <Duration us={us ?? null} />)
  // What took no time by the clock was not measured.
  return { label, a: tookA, b: tookB, between: difference(a || null, b || null, duration) }
}

/** @param running Whether A, and B, has not ended. */
function latencyLine(a: Count, b: Count, running: readonly boolean[]): Line {
  const line = timeLine('Latency', a, b)
  const [isA, isB] = running
  return { ...line, a: isA ? 'running' : line.a, b: isB ? 'running' : line.b }
}

function countLine(label: string, a: Count, b: Count): Line {
  return { label, a: tally(a), b: tally(b), between: difference(a, b, count) }
}

function tally(value: Count): Child {
  return value === null || value === undefined ? <Dash /> : count(value)
}

export function tookUs({ startUs, endUs }: SpanRow): number | null {
  return endUs === null ? null : endUs - startUs
}
