/**
 * Searches that a project keeps under a name, as somebody asks for them, and as the directory keeps them.
 *
 * What a search says is read where it is used, each time: whatever is kept, it leads to the list alone.
 *
 * @module
 */

import { fields, isObject, type Json, string } from '../../src/lib/json.ts'
import { Invalid } from './invalid.ts'

export interface SavedView {
  name: string
  /** As in the address of the list, after the `?`. */
  search: string
}

/** By the name, which is kept once; without a search it is forgotten. */
export interface ViewChange {
  name: string
  search: string | null
}

export const MAX_VIEWS = 50
export const MAX_VIEW_NAME_CHARS = 60
export const MAX_VIEW_CHARS = 2000

/** What the address of a list can say. A page of it is no view: it ends with what it was counted from. */
const PARAMETERS = ['q', 'range', 'from', 'to', 'sort']

/**
 * Such as `{"Failed today": "q=status:error&range=24h", "Old": null}`.
 *
 * @throws {Invalid}
 */
export function readViewChanges(value: Json): ViewChange[] {
  if (!isObject(value)) throw new Invalid('`views` must be an object of searches by their names')
  return Object.entries(value).map(([name, search = null]) => ({
    name: readViewName(name),
    search: search === null ? null : readSearch(search),
  }))
}

/** @throws {Invalid} */
export function readViewName(text: string): string {
  const name = text.trim()
  if (name === '' || name.length > MAX_VIEW_NAME_CHARS || /\p{Cc}|\p{Cs}/u.test(name)) {
    throw new Invalid(
      `the name of a view must have 1 to ${MAX_VIEW_NAME_CHARS} characters, and none that controls text`,
    )
  }
  return name
}

function readSearch(value: Json): string {
  const search = string(value)
  if (search === undefined || search.length > MAX_VIEW_CHARS) {
    throw new Invalid(`the search of a view must be a text of up to ${MAX_VIEW_CHARS} characters`)
  }
  const names = [...new URLSearchParams(search).keys()]
  if (names.length === 0 || names.some((name) => !PARAMETERS.includes(name))) {
    throw new Invalid(`a view is a search such as q=status:error; it has ${PARAMETERS.join(', ')}`)
  }
  return search
}

/** @throws {Invalid} */
export function checkRoom(views: readonly SavedView[], changes: readonly ViewChange[]): void {
  const names = new Set(views.map(({ name }) => name))
  for (const { name, search } of changes) {
    if (search === null) names.delete(name)
    else names.add(name)
  }
  if (names.size > MAX_VIEWS) {
    throw new Invalid(`a project may have ${MAX_VIEWS} views: remove one first`)
  }
}

/** In the order of their names. A view that a newer or broken program wrote is as if it were not. */
export function storedViews(value: Json | undefined): SavedView[] {
  const views = Object.entries(fields(value)).flatMap(([name, search]) =>
    typeof search === 'string' ? [{ name, search }] : [],
  )
  return views.toSorted((one, other) => one.name.localeCompare(other.name, 'en', { numeric: true }))
}

/** As the API shows them, and the directory keeps them. */
export function viewsJson(views: readonly ViewChange[]): Record<string, string | null> {
  return Object.fromEntries(views.map(({ name, search }) => [name, search]))
}
