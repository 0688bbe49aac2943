/**
 * The page of tools.
 *
 * @module
 */

import { Hono } from 'hono'
import type { ProjectEnv } from '../../auth/access.ts'
import type { Store } from '../../store/store.ts'
import { lastDay } from '../list/last-day.ts'
import { ToolsPage } from '../pages/tools.tsx'
import { sendPage } from '../send.tsx'
import { toolUses } from '../sums/tool-use.ts'

export function toolRoutes(store: Store, now: () => number): Hono<ProjectEnv> {
  const app = new Hono<ProjectEnv>()

  app.get('/tools', async (c) => {
    const { searchParams } = new URL(c.req.url)
    const day = lastDay(searchParams, now())
    if (!day) return c.redirect('/tools')
    const { reading, asked, question, fromUs, toUs } = day
    const project = c.get('project')
    const uses = await toolUses(store, project, { question, fromUs, toUs })
    return sendPage(c, <ToolsPage {...{ project, reading, asked, uses }} />)
  })

  return app
}
