/**
 * What is done with several traces of the list at once.
 *
 * @module
 */

import { Hono } from 'hono'
import type { ProjectEnv } from '../../auth/access.ts'
import { Invalid } from '../../auth/invalid.ts'
import type { Store } from '../../store/store.ts'
import { compareAddress, exportAddress } from '../addresses.ts'
import { formTexts, readForm, smallForm } from '../form.ts'
import { readSelected, readTraces } from '../list/selected.ts'
import { DeletePage } from '../pages/delete.tsx'
import { Missing } from '../pages/problem.tsx'
import { sendPage } from '../send.tsx'
import { removeTraces } from './remove-traces.ts'

export function selectedRoutes(store: Store): Hono<ProjectEnv> {
  const app = new Hono<ProjectEnv>()

  app.get('/selected', async (c) => {
    const { traces, to } = readSelected(new URL(c.req.url).searchParams)
    const [a, b = '', ...others] = traces
    if (to === 'compare') {
      if (b === '' || others.length > 0) {
        throw new Invalid(`two traces are compared, and ${traces.length} were selected`)
      }
      return c.redirect(compareAddress({ ...(a !== undefined && { a }), b }))
    }
    if (to !== 'delete') return c.redirect(exportAddress(traces.join('|'), to))
    const project = c.get('project')
    const found = await store.list(project, {
      terms: [{ field: 'trace', values: traces }],
      limit: traces.length,
    })
    if (found.traces.length === 0) {
      return sendPage(c, <Missing project={project} what="trace" />, 404)
    }
    return sendPage(c, <DeletePage project={project} traces={found.traces} />)
  })

  // Whether one of our own pages asked is for the door to say.
  app.post('/selected/delete', smallForm(), async (c) => {
    const traces = readTraces(formTexts(await readForm(c), 'trace'))
    await removeTraces(store, c.get('project'), traces)
    return c.redirect('/traces', 303)
  })

  return app
}
