/**
 * How long traces are kept.
 *
 * @module
 */

import { MAX_RETENTION_DAYS, type Settings } from '../../auth/settings.ts'

export function Retention({ settings: { retentionDays } }: { settings: Settings }) {
  return (
    <section aria-labelledby="retention">
      <h2 id="retention">Retention</h2>
      <form class="line" method="post" action="/settings/retention">
        <label>
          <span>Days that traces are kept; empty: all of them for ever</span>
          <input
            type="number"
            name="days"
            min={1}
            max={MAX_RETENTION_DAYS}
            step={1}
            value={retentionDays ?? ''}
          />
        </label>
        <button class="plain">Save</button>
      </form>
    </section>
  )
}
