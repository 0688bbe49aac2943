/**
 * One trace, each of its steps, and what scripts ask of both.
 *
 * @module
 */

import { type Context, Hono } from 'hono'
import type { ProjectEnv } from '../../auth/access.ts'
import type { SpanRow, Store } from '../../store/store.ts'
import type { Live } from '../../store/live.ts'
import { type Kept, MAX_WITHIN_CHARS, readView, stepAddress, type View } from '../addresses.ts'
import { axis, readAxis } from '../trace/axis.ts'
import { cacheFacts } from '../cache/cache-view.ts'
import { StepPanel } from '../components/step-panel.tsx'
import { readFilters, toQuestion } from '../list/filters.ts'
import { readFind } from '../trace/find-steps.ts'
import { jsonText } from '../json-text.ts'
import { neighbours } from '../trace/neighbours.ts'
import { outline } from '../trace/outline.ts'
import { Missing } from '../pages/problem.tsx'
import { firstStep, TracePage, TracePart } from '../pages/trace.tsx'
import { readRow, readRows } from '../trace/part.ts'
import { removeTraces } from './remove-traces.ts'
import { send, wantsFragment } from '../send.tsx'
import { totals } from '../trace/totals.ts'
import { tree } from '../trace/tree.ts'
import { viewSearch } from '../list/view-address.ts'

export interface TraceRoutesOptions {
  store: Store
  live: Live['transport'] | undefined
  now: () => number
}

export function traceRoutes({ store, live, now }: TraceRoutesOptions): Hono<ProjectEnv> {
  const app = new Hono<ProjectEnv>()

  app.get('/traces/:trace', async (c) => {
    const id = c.req.query('span')
    const traceId = c.req.param('trace')
    if (id) return c.redirect(stepAddress(traceId, id, readView(c.req.query('view')), keptOf(c)))
    const spans = await store.trace(c.get('project'), traceId)
    if (!isSome(spans)) return missing(c, 'trace')
    return trace(c, spans, firstStep(spans, readFind(c.req.query('find'))).id)
  })

  app.get('/traces/:trace/outline', async (c) => {
    const spans = await store.trace(c.get('project'), c.req.param('trace'))
    if (!isSome(spans)) return missing(c, 'trace')
    return c.text(outline(tree(spans), axis(spans, now())))
  })

  app.get('/traces/:trace/spans/:span', async (c) => {
    const { trace: traceId, span: id } = c.req.param()
    const project = c.get('project')
    const raw = c.req.query('raw')
    if (raw === undefined && !wantsFragment(c)) {
      const spans = await store.trace(project, traceId)
      if (!isSome(spans)) return missing(c, 'trace')
      return spans.some((span) => span.id === id) ? trace(c, spans, id) : missing(c, 'step')
    }
    const [step] = await store.spans(project, [id])
    if (step?.traceId !== traceId) return missing(c, 'step')
    if (raw !== undefined) return sendRaw(c, raw === 'output' ? step.output : step.input)
    const view = readView(c.req.query('view'))
    const cache = await cacheOf(c, view, step)
    return send(c, <StepPanel span={step} {...{ view, cache }} kept={keptOf(c)} />)
  })

  async function trace(c: Context<ProjectEnv>, spans: Some<SpanRow>, selected: string) {
    const { traceId } = spans[0]
    const view: View = readView(c.req.query('view'))
    const { reading, search } = within(c)
    const find = readFind(c.req.query('find'))
    const place = {
      kept: { find, within: search },
      from: readRow(c.req.query('from')),
      only: readRows(c.req.query('rows')),
      on: readAxis(c.req.query('axis')),
    }
    const part = { traceId, spans, selected, view, ...place, nowMs: now() }
    if (wantsFragment(c)) return send(c, <TracePart {...part} />)
    const project = c.get('project')
    const here = { traceId, startUs: totals(spans).startUs }
    const [[step], beside] = await Promise.all([
      store.spans(project, [selected]),
      neighbours(store, project, toQuestion(reading, now()), here),
    ])
    const cache = await cacheOf(c, view, step, spans)
    const { filters } = reading
    const page = { ...part, project, live, step, cache, filters }
    return send(c, <TracePage {...page} neighbours={beside} />)
  }

  async function cacheOf(
    c: Context<ProjectEnv>,
    view: View,
    step: SpanRow | undefined,
    spans?: readonly SpanRow[],
  ) {
    if (view !== 'cache' || !step) return undefined
    return cacheFacts(store, c.get('project'), step, c.req.query('with'), spans)
  }

  // Whether one of our own pages asked is for the door to say.
  app.post('/traces/:trace/delete', async (c) => {
    await removeTraces(store, c.get('project'), [c.req.param('trace')])
    return c.redirect('/traces', 303)
  })

  return app
}

type Some<T> = readonly [T, ...T[]]

function isSome<T>(list: readonly T[]): list is Some<T> {
  return list.length > 0
}

/** The search that a trace was opened from; that of all where there is none, or one too long. */
function within(c: Context<ProjectEnv>) {
  const text = c.req.query('in') ?? ''
  const reading = readFilters(new URLSearchParams(text.length > MAX_WITHIN_CHARS ? '' : text))
  return { reading, search: viewSearch(reading.filters) }
}

function keptOf(c: Context<ProjectEnv>): Kept {
  return { find: readFind(c.req.query('find')), within: within(c).search }
}

function missing(c: Context<ProjectEnv>, what: 'trace' | 'step'): Response {
  return send(c, <Missing project={c.get('project')} what={what} />, 404)
}

/** As it was captured; a browser shows it as text and never as a page. */
function sendRaw(c: Context<ProjectEnv>, value: unknown): Response {
  const text = jsonText(value, 2)
  if (text === undefined) throw new Error('A body is nested too deeply to be written as JSON')
  c.header('content-type', 'application/json; charset=utf-8')
  return c.body(text)
}
