/**
 * The reading API as one app: traces and steps, series and facets, export, and removing what was read.
 *
 * @module
 */

import { Hono } from 'hono'
import type { ProjectEnv } from '../auth/access.ts'
import type { Door } from '../auth/door.ts'
import { StoreError } from '../store/errors.ts'
import type { Store } from '../store/store.ts'
import { exporting } from './export.ts'
import { onlyBy } from './methods.ts'
import { problem } from './problem.ts'
import { Refused } from './refused.ts'
import { removal } from './removal.ts'
import { failure, type Report } from './report.ts'
import { scoring } from './scoring.ts'
import { series } from './series.ts'
import { storeAnswer } from './store-answer.ts'
import { traces } from './traces.ts'

export interface ReadingOptions {
  store: Store
  /** Who may read and who may remove, and in which project. */
  door: Door
  report: Report
}

const UNANSWERED = 'the question could not be answered now'
const READ_ONLY = ['/v1/spans/:id', '/v1/series', '/v1/sessions', '/v1/facets', '/v1/export.jsonl']

export function reading({ store, door, report }: ReadingOptions): Hono<ProjectEnv> {
  const app = new Hono<ProjectEnv>()
  const reader = door('read')

  app.route('/', traces(store, reader))
  app.route('/', series(store, reader))
  app.route('/', exporting(store, reader))
  app.route('/', scoring(store, door('ingest')))
  app.route('/', removal(store, door('admin')))
  for (const path of READ_ONLY) app.all(path, onlyBy('GET', 'HEAD'))
  app.all('/v1/scores', onlyBy('POST'))
  app.all('/v1/traces', onlyBy('GET', 'HEAD', 'POST', 'DELETE')) // OTLP's is elsewhere
  app.all('/v1/traces/:id', onlyBy('GET', 'HEAD', 'DELETE'))

  app.onError((error, context) => {
    if (error instanceof Refused) return problem(context, error.status, error.message)
    if (error instanceof StoreError && error.code === 'invalid_cursor') {
      return problem(context, 400, error.message)
    }
    report(failure(context, 'read failed', error))
    if (!(error instanceof StoreError)) return problem(context, 500, UNANSWERED)
    const { status, reason } = storeAnswer(context, error, UNANSWERED)
    return problem(context, status, reason)
  })
  return app
}
