/**
 * The searches that a project keeps: a link each, and forms to keep this one, rename and remove.
 *
 * @module
 */

import { MAX_VIEW_NAME_CHARS, type SavedView } from '../../auth/saved-views.ts'
import type { Filters } from '../list/filters.ts'
import { count } from '../units.ts'
import { viewAddress, viewSearch } from '../list/view-address.ts'
import { named, Text } from './text.tsx'

/** The others fold. */
const SHOWN = 8

export interface SavedViewsProps {
  views: readonly SavedView[]
  /** Those of the list that is shown. */
  filters: Filters
  /** Whether the forms are there. */
  mayChange: boolean
  /** A part of the search was not understood, and cannot be kept. */
  isPart: boolean
}

export function SavedViews({ views, filters, mayChange, isPart }: SavedViewsProps) {
  const search = viewSearch(filters)
  const current = views.find((view) => viewAddress(view) === `/traces?${search}`)
  const canSave = mayChange && search !== '' && !isPart
  if (views.length === 0 && !canSave) return <></>
  const link = (view: SavedView) => (
    <a href={viewAddress(view)} aria-current={view === current ? 'true' : undefined}>
      <Text text={view.name} />
    </a>
  )
  const rest = views.slice(SHOWN)
  return (
    <div class="saved">
      {views.length > 0 && (
        <nav aria-label="Saved views">
          <span class="note">Saved</span>
          {views.slice(0, SHOWN).map(link)}
          {rest.length > 0 && (
            <details class="act" open={rest.some((view) => view === current)}>
              <summary>{count(rest.length)} more</summary>
              {rest.map(link)}
            </details>
          )}
        </nav>
      )}
      {canSave && <Save search={search} name={current?.name} />}
      {mayChange && views.length > 0 && <Change views={views} />}
    </div>
  )
}

function Save({ search, name }: { search: string; name: string | undefined }) {
  return (
    <details class="act">
      <summary>Save this view</summary>
      <form method="post" action="/settings/views/save" aria-label="Save this view">
        <input type="hidden" name="search" value={search} />
        <Name label="Name; the same name replaces" value={name} />
        <button class="plain">Save</button>
      </form>
    </details>
  )
}

/** One form, however many there are. The first button is the one that Enter presses: it removes nothing. */
function Change({ views }: { views: readonly SavedView[] }) {
  return (
    <details class="act">
      <summary>Change views</summary>
      <form method="post" action="/settings/views/rename" aria-label="Change views">
        <label>
          <span>View</span>
          <select name="view">
            {views.map(({ name }) => (
              <option value={name}>{named(name)}</option>
            ))}
          </select>
        </label>
        <Name label="New name" value={undefined} />
        <button class="plain">Rename</button>
        <button class="plain" formaction="/settings/views/remove" formnovalidate>
          Remove
        </button>
      </form>
    </details>
  )
}

function Name({ label, value }: { label: string; value: string | undefined }) {
  return (
    <label>
      <span>{label}</span>
      <input
        name="name"
        value={value}
        maxlength={MAX_VIEW_NAME_CHARS}
        required
        autocomplete="off"
      />
    </label>
  )
}
