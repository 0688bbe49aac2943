/**
 * The list of traces, as a page and as CSV.
 *
 * @module
 */

import { Hono } from 'hono'
import type { ProjectEnv } from '../../auth/access.ts'
import type { DashboardOptions } from '../dashboard.tsx'
import { csv } from '../list/csv.ts'
import { FACETS } from '../components/facets.tsx'
import { readFilters, toQuery, toQuestion } from '../list/filters.ts'
import { listAddress } from '../list/list-address.ts'
import { TraceList, TracesPage } from '../pages/traces.tsx'
import { send, wantsFragment } from '../send.tsx'
import { mayChange } from './views.ts'
import { volumeOf } from '../list/volume.ts'

export function listRoutes(options: DashboardOptions, now: () => number): Hono<ProjectEnv> {
  const { store, views, ingestUrl } = options
  const live = options.live?.transport
  const app = new Hono<ProjectEnv>()

  app.get('/traces', async (c) => {
    const { searchParams } = new URL(c.req.url)
    const reading = readFilters(searchParams)
    const { filters, problems } = reading
    // An empty form leaves empty parts behind; the address to share has none.
    if ([...searchParams.values()].includes('')) return c.redirect(listAddress(filters))
    const project = c.get('project')
    const list = () => store.list(project, toQuery(reading, now()))
    if (wantsFragment(c)) return send(c, <TraceList page={await list()} reading={reading} />)
    const question = toQuestion(reading, now())
    const [page, facets, saved] = await Promise.all([
      list().catch((error: unknown) => {
        if (!filters.before) throw error
        // Most likely a cursor that no list gave. Should the store have failed, it fails again.
        problems.push('before does not name a page of this list; here is the first')
        delete filters.before
        return list()
      }),
      store.facets(project, { ...question, fields: FACETS }),
      views?.(project),
    ])
    const isFirst = !filters.before
    const volume = await volumeOf(store, project, { question, page, isFirst, nowUs: now() * 1000 })
    const found = { page, facets, volume, span: question, saved, mayChange: mayChange(c) }
    const props = { project, live, reading, ...found, ingestUrl: ingestUrl(c) }
    return send(c, <TracesPage {...props} />)
  })

  app.get('/traces.csv', (c) => {
    const reading = readFilters(new URL(c.req.url).searchParams)
    c.header('content-type', 'text/csv; charset=utf-8; header=present')
    c.header('content-disposition', 'attachment; filename="traces.csv"')
    return c.body(csv(store, c.get('project'), toQuestion(reading, now())))
  })

  return app
}
