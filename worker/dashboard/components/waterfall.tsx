/**
 * When each step ran, on the one axis of its trace.
 *
 * Geometry is in SVG attributes, in percent: the pages have no inline styles, and a bar needs no
 * script to follow the width of its column.
 *
 * @module
 */

import type { SpanRow } from '../../store/store.ts'
import { bar, type Axis } from '../trace/axis.ts'
import { duration } from '../units.ts'

/** Labels so far to the right would not end before the axis does: they stand before their line. */
const LATE = 75

export function Bar({ span, axis }: { span: SpanRow; axis: Axis }) {
  const { at, width, head, failed } = bar(span, axis)
  const paint = span.status === 'success' ? `k-${span.kind}` : `s-${span.status}`
  return (
    <svg class={`bar ${paint}`} aria-hidden="true">
      <use href="#ticks" />
      {failed[0] && <line class="wait" x1={`${failed[0].at}%`} x2={`${at}%`} y1="14" y2="14" />}
      {failed.map((attempt) => (
        <rect class="failed" x={`${attempt.at}%`} width={`${attempt.width}%`} />
      ))}
      <rect x={`${at}%`} width={`${width}%`} />
      {head > 0 && <rect x={`${at}%`} width={`${head}%`} />}
    </svg>
  )
}

/** The heading of the bars. Its lines are drawn once and referred to by every row. */
export function Scale({ axis }: { axis: Axis }) {
  return (
    <svg class="scale" aria-hidden="true">
      <defs>
        <g id="ticks">
          {axis.ticks.map(({ at }) => (
            <line class="tick" x1={`${at}%`} x2={`${at}%`} y1="0" y2="100%" />
          ))}
        </g>
      </defs>
      <use href="#ticks" />
      {axis.ticks.map(({ at, offsetUs }) => (
        <text x={`${at}%`} dx={at > LATE ? -4 : 4} y="17" class={at > LATE ? 'late' : undefined}>
          {offsetUs === 0 ? '0' : `+${short(duration(offsetUs))}`}
        </text>
      ))}
    </svg>
  )
}

/** `+2.00 s` says no more than `+2 s`, on an axis of round numbers. */
function short(text: string): string {
  return text.replace(/\.0+\b/, '').replace(/(\.\d*[1-9])0+\b/, '$1')
}

/** What a bar without an end is painted with. Once per page. */
export function Stripes() {
  return (
    <svg class="sprite" width="0" height="0" aria-hidden="true">
      <pattern
        id="stripes"
        width="8"
        height="8"
        patternUnits="userSpaceOnUse"
        patternTransform="rotate(45)"
      >
        <rect class="stripe" width="4" height="8" />
      </pattern>
    </svg>
  )
}
