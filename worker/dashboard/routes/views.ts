/**
 * Changing the views that a project keeps: `/settings/views`.
 *
 * @module
 */

import { type Context, Hono } from 'hono'
import type { ProjectEnv } from '../../auth/access.ts'
import { changeSettings } from '../../auth/change-settings.ts'
import type { Directory } from '../../auth/directory.ts'
import { Invalid } from '../../auth/invalid.ts'
import { readViewChanges, readViewName } from '../../auth/saved-views.ts'
import type { Store } from '../../store/store.ts'
import { readFilters } from '../list/filters.ts'
import { type Form, formText, readForm, smallForm } from '../form.ts'
import { firstPage, listAddress } from '../list/list-address.ts'
import { viewAddress, viewSearch } from '../list/view-address.ts'

/** Whether who looks may change what a project keeps. */
export function mayChange(context: Context<ProjectEnv>): boolean {
  return (context.get('scopes') ?? []).includes('admin')
}

export interface ViewOptions {
  store: Store
  directory: Directory
}

/** Whether one of our own pages asked is for the door to say. */
export function viewRoutes({ store, directory }: ViewOptions): Hono<ProjectEnv> {
  const app = new Hono<ProjectEnv>()
  const small = smallForm()

  const change = (context: Context<ProjectEnv>, views: Record<string, string | null>) =>
    changeSettings(directory, store, context.get('project'), { views: readViewChanges(views) })

  /** @param make Gives the address of the list that is shown next. */
  function form(path: string, make: (context: Context<ProjectEnv>, form: Form) => Promise<string>) {
    app.post(path, small, async (context) => {
      if (!mayChange(context)) throw new Invalid('whoever may only read cannot change views')
      return context.redirect(await make(context, await readForm(context)), 303)
    })
  }

  form('/settings/views/save', async (context, sent) => {
    const { filters, problems } = readFilters(new URLSearchParams(formText(sent, 'search')))
    if (problems.length > 0) throw new Invalid('a part of the search is not understood')
    await change(context, { [readViewName(formText(sent, 'name'))]: viewSearch(filters) })
    return listAddress(firstPage(filters))
  })

  form('/settings/views/rename', async (context, sent) => {
    const { views } = await directory.settings(context.get('project'))
    const view = views.find(({ name }) => name === formText(sent, 'view'))
    if (!view) throw new Invalid('there is no such view any more')
    const name = readViewName(formText(sent, 'name'))
    if (name === view.name) return viewAddress(view)
    if (views.some((other) => other.name === name)) {
      throw new Invalid('a view has this name already')
    }
    await change(context, { [view.name]: null, [name]: view.search })
    return viewAddress(view)
  })

  form('/settings/views/remove', async (context, sent) => {
    await change(context, { [formText(sent, 'view')]: null })
    return '/traces'
  })

  return app
}
