/**
 * `POST /v1/scores`: what a person or an evaluation thinks of a step, by the step's id or its trace's.
 *
 * @module
 */

import { Hono, type MiddlewareHandler } from 'hono'
import type { ProjectEnv } from '../auth/access.ts'
import { giveScore } from '../store/give-score.ts'
import { MAX_SCORES } from '../store/score.ts'
import type { SpanRow, Store } from '../store/store.ts'
import { readJson } from './admin.ts'
import { problem } from './problem.ts'
import { Refused } from './refused.ts'
import { expectScore, type ScoreRequest, scoresJson } from './score.ts'
import { traceIdOf } from './traces.ts'

export function scoring(
  store: Store,
  sender: MiddlewareHandler<ProjectEnv>,
  now: () => number = Date.now,
): Hono<ProjectEnv> {
  const app = new Hono<ProjectEnv>()

  app.post('/v1/scores', sender, async (context) => {
    const { of, name, score } = expectScore(await readJson(context))
    const project = context.get('project')
    const span = await find(project, of)
    if (span === undefined) {
      return problem(context, 404, 'there is no such step yet: records are sent every few seconds')
    }
    const scores = await giveScore(store, project, { span, name, score, nowMs: now() })
    if (scores === undefined) {
      throw new Refused(`a step may have ${MAX_SCORES} scores, and this one has them`)
    }
    return context.json({ id: span.id, trace_id: span.traceId, scores: scoresJson(scores) })
  })

  async function find(project: string, of: ScoreRequest['of']): Promise<SpanRow | undefined> {
    if ('id' in of) return (await store.spans(project, [of.id]))[0]
    const steps = await store.trace(project, traceIdOf(of.trace))
    return steps.find(({ parentId }) => parentId === null) ?? steps[0]
  }

  return app
}
