/**
 * Between a search as a project keeps it and the address of its list.
 *
 * An address is written anew from what is understood of the search, each time it is shown, so that a view
 * leads to the list and nowhere else.
 *
 * @module
 */

import type { SavedView } from '../../auth/saved-views.ts'
import { type Filters, readFilters } from './filters.ts'
import { firstPage, listAddress } from './list-address.ts'

/** Where a view leads. */
export function viewAddress({ search }: SavedView): string {
  return listAddress(firstPage(readFilters(new URLSearchParams(search)).filters))
}

/** As a view keeps it; empty for the list of all. */
export function viewSearch(filters: Filters): string {
  return listAddress(firstPage(filters), '').slice(1)
}
