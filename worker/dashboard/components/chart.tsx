/**
 * A chart over time: bars that are stacked, or lines. Each point in time is a link to its traces, and
 * the numbers stand in a table as well.
 *
 * @module
 */

import type { Child } from 'hono/jsx'
import type { Stretch } from '../sums/timeline.ts'
import { moment } from '../units.ts'
import { Dash, Text } from './text.tsx'

export interface Series {
  name: string
  /** `null` where nothing is known. */
  values: readonly (number | null)[]
}

export interface ChartProps {
  title: string
  kind: 'bars' | 'lines'
  series: readonly Series[]
  stretch: Stretch
  starts: readonly number[]
  format: (value: number) => string
  /** The traces of a point in time. */
  link: (startUs: number) => string
  children?: Child
}

/** The inside is 100 wide and 100 high, whatever the page gives it. */
const FULL = 100

export function Chart(props: ChartProps) {
  const { title, kind, series, stretch, starts, format, children } = props
  const isEmpty = series.every(({ values }) => values.every((value) => value === null))
  const most = Math.max(...heights(props), 0)
  return (
    <section class="panel-chart" aria-label={title}>
      <h2>{title}</h2>
      {isEmpty ? (
        <p class="nothing">Nothing is known of it in this time.</p>
      ) : (
        <>
          <figure>
            <figcaption>
              <Legend kind={kind} series={series} /> <small>up to {format(most)}</small>
            </figcaption>
            <svg
              class="chart tall"
              viewBox={`0 0 ${FULL} ${FULL}`}
              preserveAspectRatio="none"
              role="group"
              aria-label={title}
              data-from={stretch.fromUs}
              data-to={stretch.toUs}
            >
              {kind === 'lines' &&
                series.map(({ values }, index) => (
                  <path
                    class={`l${index}`}
                    d={line(values, most)}
                    vector-effect="non-scaling-stroke"
                  />
                ))}
              {starts.map((_, at) => (
                <Point {...props} at={at} most={most} />
              ))}
            </svg>
            <p class="axis" aria-hidden="true">
              <span>{when(starts[0] ?? 0)}</span>
              <span>{when(stretch.toUs)} UTC</span>
            </p>
          </figure>
          {children}
          <Numbers {...props} />
        </>
      )}
    </section>
  )
}

function heights({ kind, series, starts }: ChartProps): number[] {
  return starts.flatMap((_, at) => {
    const values = series.map(({ values }) => values[at] ?? 0)
    return kind === 'bars' ? [values.reduce((sum, value) => sum + value, 0)] : values
  })
}

function Legend({ kind, series }: Pick<ChartProps, 'kind' | 'series'>) {
  if (series.length === 1) return <></>
  return (
    <>
      {series.map(({ name }, index) => (
        <span class="legend">
          <svg width="12" height="10" aria-hidden="true">
            {kind === 'bars' ? (
              <rect class={`g${index}`} width="10" height="10" />
            ) : (
              <path class={`l${index}`} d="M0 5h12" />
            )}
          </svg>
          <Text text={name} />
        </span>
      ))}
    </>
  )
}

function Point(props: ChartProps & { at: number; most: number }) {
  const { kind, series, starts, at, most, link } = props
  const width = FULL / starts.length
  const x = (at * width).toFixed(2)
  const known = series.filter(({ values }) => (values[at] ?? null) !== null)
  if (known.length === 0) return <></>
  return (
    <a href={link(starts[at] ?? 0)} tabindex={-1}>
      <title>{said(props, at)}</title>
      <rect class="hit" x={x} width={width.toFixed(2)} height={FULL} />
      {kind === 'bars' && <Stack {...{ series, at, most, x }} width={width * 0.84} />}
    </a>
  )
}

interface StackProps extends Pick<ChartProps, 'series'> {
  at: number
  most: number
  x: string
  width: number
}

function Stack({ series, at, most, x, width }: StackProps) {
  const tall = series.map(({ values }) => ((values[at] ?? 0) / (most || 1)) * FULL)
  return (
    <>
      {tall.map(
        (height, index) =>
          height > 0 && (
            <rect
              class={`g${index}`}
              x={x}
              width={width.toFixed(2)}
              y={tall
                .slice(0, index)
                .reduce((sum, below) => sum + below, 0)
                .toFixed(2)}
              height={height.toFixed(2)}
            />
          ),
      )}
    </>
  )
}

/** Broken where nothing is known. The chart stands on its head. */
function line(values: readonly (number | null)[], most: number): string {
  const width = FULL / values.length
  return values
    .map((value, at) => {
      if (value === null) return ''
      const y = ((value / (most || 1)) * FULL).toFixed(2)
      const x = ((at + 0.5) * width).toFixed(2)
      const isJoined = (values[at - 1] ?? null) !== null
      return isJoined ? `L${x} ${y}` : `M${x} ${y}h.01`
    })
    .join('')
}

function said({ series, starts, format }: ChartProps, at: number): string {
  const known = series.flatMap(({ name, values }) => {
    const value = values[at] ?? null
    if (value === null || (value === 0 && series.length > 1)) return []
    return series.length === 1 ? [format(value)] : [`${name} ${format(value)}`]
  })
  return `${when(starts[at] ?? 0)} UTC: ${known.join(', ')}`
}

function when(us: number): string {
  const { day, clock } = moment(us)
  return `${day} ${clock.slice(0, 5)}`
}

function Numbers({ series, starts, format, link }: ChartProps) {
  const rows = starts.flatMap((startUs, at) =>
    series.some(({ values }) => (values[at] ?? null) !== null) ? [{ startUs, at }] : [],
  )
  return (
    <details class="numbers">
      <summary>Numbers</summary>
      <table>
        <thead>
          <tr>
            <th scope="col">From (UTC)</th>
            {series.map(({ name }) => (
              <th scope="col">
                <Text text={name} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ startUs, at }) => (
            <tr>
              <th scope="row">
                <a href={link(startUs)}>{when(startUs)}</a>
              </th>
              {series.map(({ values }) => (
                <td>{values[at] === null ? <Dash /> : format(values[at] ?? 0)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  )
}
