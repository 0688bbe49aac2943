/**
 * A chart of bars as SVG: no scripts, no fonts from elsewhere, light or dark as the reader's system
 * is. It has a ground of its own, so that it can be read on any page.
 *
 * @module
 */

export interface ChartBar {
  label: string
  value: number
  /** Drawn as a thin line over the bar's end. */
  least: number
  most: number
  /** Stands at the bar's end. */
  text: string
  kind: 'own' | 'reference' | 'peer'
}

const WIDTH = 720
const LABELS = 190
const VALUES = 130
const ROW = 24
const TOP = 48

const STYLE = `
svg { font: 13px system-ui, sans-serif; --ground: #fff; --ink: #1f2328; --soft: #59636e; --rule: #d1d9e0;
  --own: #d9480f; --reference: #868e96; --peer: #5c7cba }
@media (prefers-color-scheme: dark) { svg { --ground: #151b23; --ink: #f0f6fc; --soft: #9198a1;
  --rule: #3d444d; --own: #ff922b; --reference: #7d8590; --peer: #6f9ae8 } }
rect.ground { fill: var(--ground) } text { fill: var(--ink) } text.soft { fill: var(--soft) }
.own { fill: var(--own) } .reference { fill: var(--reference) } .peer { fill: var(--peer) }
text.own-label { font-weight: 600 } line { stroke: var(--ink); stroke-width: 1.5 } line.rule { stroke: var(--rule); stroke-width: 1 }
`

/** @param rule Where a line is drawn through all bars, such as at the bare client. */
export function chart(
  title: string,
  note: string,
  bars: readonly ChartBar[],
  rule?: number,
): string {
  const height = TOP + bars.length * ROW + 14
  const room = WIDTH - LABELS - VALUES
  const greatest = Math.max(
    ...bars.map(({ value, most }) => Math.max(value, most)),
    rule ?? 0,
    1e-9,
  )
  const x = (value: number): number => round(LABELS + (Math.max(0, value) / greatest) * room)
  const says = `${title}. ${bars.map(({ label, text }) => `${label}: ${text}`).join('; ')}.`
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img" aria-label="${escape(says)}">
<style>${STYLE}</style>
<rect class="ground" width="${WIDTH}" height="${height}" rx="8"/>
<text x="16" y="26" style="font-weight: 600">${escape(title)}</text>
<text class="soft" x="${WIDTH - 16}" y="26" text-anchor="end">${escape(note)}</text>
${rule === undefined ? '' : `<line class="rule" x1="${x(rule)}" x2="${x(rule)}" y1="${TOP - 6}" y2="${height - 10}"/>`}
${bars.map((bar, at) => row(bar, TOP + at * ROW, x)).join('\n')}
</svg>
`
}

function row(
  { label, value, least, most, text, kind }: ChartBar,
  y: number,
  x: (value: number) => number,
): string {
  const end = x(value)
  const middle = y + ROW / 2 - 2
  return [
    `<text class="${kind === 'own' ? 'own-label' : ''}" x="${LABELS - 10}" y="${middle + 4}" text-anchor="end">${escape(label)}</text>`,
    `<rect class="${kind}" x="${LABELS}" y="${y + 2}" width="${round(end - LABELS)}" height="${ROW - 8}" rx="2"/>`,
    least < most ? `<line x1="${x(least)}" x2="${x(most)}" y1="${middle}" y2="${middle}"/>` : '',
    `<text class="soft" x="${Math.max(end, x(most)) + 8}" y="${middle + 4}">${escape(text)}</text>`,
  ].join('')
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}

/** For text and for attributes in double quotes. */
function escape(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}
