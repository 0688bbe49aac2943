/**
 * One figure of a heading, under its name.
 *
 * @module
 */

import type { Child } from 'hono/jsx'

export function Stat({ label, children }: { label: Child; children: Child }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  )
}
