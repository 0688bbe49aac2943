/**
 * The page of sums over time.
 *
 * @module
 */

import { Hono } from 'hono'
import type { ProjectEnv } from '../../auth/access.ts'
import type { Store } from '../../store/store.ts'
import { lastDay } from '../list/last-day.ts'
import { BY, overview } from '../sums/overview.ts'
import { OverviewPage } from '../pages/overview.tsx'
import { sendPage } from '../send.tsx'

export function overviewRoutes(store: Store, now: () => number): Hono<ProjectEnv> {
  const app = new Hono<ProjectEnv>()

  app.get('/overview', async (c) => {
    const { searchParams } = new URL(c.req.url)
    const by = BY.find((one) => one === searchParams.get('by')) ?? 'model'
    searchParams.delete('by')
    const day = lastDay(searchParams, now())
    if (!day) return c.redirect('/overview')
    const { reading, asked, question, fromUs, toUs } = day
    const project = c.get('project')
    const found = await overview(store, project, { question, by, fromUs, toUs })
    return sendPage(c, <OverviewPage {...{ project, reading, asked, by }} overview={found} />)
  })

  return app
}
