/**
 * What is found, over time: how many traces and failures, and how long they took. Small, above the list.
 *
 * Each bar is a link to its own time. The numbers stand in a table as well.
 *
 * @module
 */

import type { Bucket } from '../../store/query.ts'
import type { Filters } from '../list/filters.ts'
import { percentile } from '../../store/histogram.ts'
import { addTotals } from '../../store/sum-all.ts'
import { between, listAddress } from '../list/list-address.ts'
import { type Slot, slots, type Stretch } from '../sums/timeline.ts'
import { count, duration, moment, plural } from '../units.ts'
import { Dash } from './text.tsx'

/** As many bars as can be told apart, and hit. */
export const BARS = 40

const HEIGHT = 44

interface StripProps {
  stretch: Stretch
  buckets: readonly Bucket[]
  filters: Filters
}

interface Bar {
  startUs: number
  total: number
  failed: number
  p50: number | null
  p90: number | null
}

export function Strip({ stretch, buckets, filters }: StripProps) {
  const bars = slots(stretch, buckets).map(barOf)
  const most = Math.max(...bars.map(({ total }) => total), 1)
  const scale = scaleOf(bars)
  const total = bars.reduce((sum, bar) => sum + bar.total, 0)
  const failed = bars.reduce((sum, bar) => sum + bar.failed, 0)
  if (total === 0) return <></>
  const props = { bars, stretch }
  const link = ({ startUs }: Bar) =>
    listAddress(between(filters, startUs, startUs + stretch.stepUs))
  return (
    <section class="strip" aria-label="Over time">
      <Figure
        {...props}
        words={`${plural(total, 'trace')}, ${count(failed)} failed`}
        top={count(most)}
      >
        {(bar, at) => (
          <a href={link(bar)} tabindex={-1}>
            <title>{said(bar)}</title>
            <svg {...at}>
              <rect class="hit" />
              <Volume bar={bar} most={most} />
            </svg>
          </a>
        )}
      </Figure>
      <Figure {...props} words="Latency, p50 and p90" top={`${duration(scale.most)}, logarithmic`}>
        {(bar, at) => (
          <svg {...at}>
            <Latency bar={bar} scale={scale} />
          </svg>
        )}
      </Figure>
      <Numbers bars={bars} />
    </section>
  )
}

function barOf({ startUs, buckets }: Slot): Bar {
  const { count, errors, latency } = addTotals(buckets)
  return {
    startUs,
    total: count,
    failed: errors,
    p50: percentile(latency, 0.5),
    p90: percentile(latency, 0.9),
  }
}

interface Scale {
  /** Stands below all that is drawn. */
  least: number
  most: number
}

function scaleOf(bars: readonly Bar[]): Scale {
  const known = bars.flatMap(({ p50, p90 }) => [p50, p90]).filter((us) => us !== null)
  return { least: Math.max(Math.min(...known, 1e9), 2) / 2, most: Math.max(...known, 2) }
}

interface Place {
  x: string
  width: string
}

interface FigureProps {
  bars: readonly Bar[]
  stretch: Stretch
  words: string
  /** What the full height stands for. */
  top: string
  children: (bar: Bar, at: Place) => unknown
}

function Figure({ bars, stretch, words, top, children }: FigureProps) {
  const width = 100 / bars.length
  const place = (index: number) => ({
    x: `${(index * width).toFixed(2)}%`,
    width: `${(width * 0.84).toFixed(2)}%`,
  })
  return (
    <figure>
      <figcaption>
        {words} <small>up to {top}</small>
      </figcaption>
      <svg
        class="chart"
        height={HEIGHT}
        role="group"
        aria-label={words}
        data-from={stretch.fromUs}
        data-to={stretch.toUs}
      >
        {bars.map((bar, index) => bar.total > 0 && children(bar, place(index)))}
      </svg>
    </figure>
  )
}

/** The chart stands on its head: heights are all that differs. */
function Volume({ bar, most }: { bar: Bar; most: number }) {
  return (
    <>
      <Column height={(bar.total / most) * HEIGHT} paint="some" />
      {bar.failed > 0 && <Column height={(bar.failed / most) * HEIGHT} paint="bad" />}
    </>
  )
}

/** By its logarithm: beside one trace of minutes, those of seconds would be a line. */
function Latency({ bar, scale: { least, most } }: { bar: Bar; scale: Scale }) {
  const height = (us: number) => (Math.log(us / least) / Math.log(most / least)) * HEIGHT
  return (
    <>
      {bar.p90 !== null && <Column height={height(bar.p90)} paint="some" />}
      {bar.p50 !== null && <Column height={height(bar.p50)} paint="half" />}
    </>
  )
}

function Column({ height, paint }: { height: number; paint: 'some' | 'half' | 'bad' }) {
  return <rect class={paint} height={Math.max(height, 2).toFixed(1)} />
}

function said({ startUs, total, failed, p50, p90 }: Bar): string {
  const { day, clock } = moment(startUs)
  const times = p50 === null || p90 === null ? [] : [`p50 ${duration(p50)}`, `p90 ${duration(p90)}`]
  const failures = failed > 0 ? [`${count(failed)} failed`] : []
  return [`${day} ${clock} UTC`, plural(total, 'trace'), ...failures, ...times].join(', ')
}

/** The way to a time is its bar. */
function Numbers({ bars }: { bars: readonly Bar[] }) {
  const some = bars.filter(({ total }) => total > 0)
  if (some.length === 0) return <></>
  return (
    <details>
      <summary>Numbers</summary>
      <table>
        <thead>
          <tr>
            {['From (UTC)', 'Traces', 'Failed', 'p50', 'p90'].map((name) => (
              <th scope="col">{name}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {some.map((bar) => (
            <tr>
              <th scope="row">{`${moment(bar.startUs).day} ${moment(bar.startUs).clock}`}</th>
              <td>{count(bar.total)}</td>
              <td>{count(bar.failed)}</td>
              <td>{bar.p50 === null ? <Dash /> : duration(bar.p50)}</td>
              <td>{bar.p90 === null ? <Dash /> : duration(bar.p90)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  )
}
