/**
 * The dashboard: pages rendered on the server, complete without scripts.
 *
 * It reads the store for the one project that the request was let in for, and nothing else. A page
 * and the fragment of it that a script asks for have one address and one renderer.
 *
 * @module
 */

import { Hono, type Context } from 'hono'
import { HTTPException } from 'hono/http-exception'
import type { Child } from 'hono/jsx'
import type { ProjectEnv } from '../auth/access.ts'
import { Invalid } from '../auth/invalid.ts'
import type { SavedView } from '../auth/saved-views.ts'
import type { Live } from '../store/live.ts'
import type { SpanRow, Store } from '../store/store.ts'
import { type Kept, MAX_WITHIN_CHARS, readView, stepAddress, type View } from './addresses.ts'
import { cacheFacts } from './cache-view.ts'
import { compare } from './compare.tsx'
import { axis, readAxis } from './axis.ts'
import { csv } from './csv.ts'
import { FACETS } from './components/facets.tsx'
import { StepPanel } from './components/step-panel.tsx'
import { readFind } from './find-steps.ts'
import { readFilters, toQuery, toQuestion } from './filters.ts'
import { jsonText } from './json-text.ts'
import { lastDay } from './last-day.ts'
import { listAddress } from './list-address.ts'
import { neighbours } from './neighbours.ts'
import { BY, overview } from './overview.ts'
import { outline } from './outline.ts'
import { OverviewPage } from './pages/overview.tsx'
import { Failed, Missing } from './pages/problem.tsx'
import { RefusedPage } from './pages/refused.tsx'
import { firstStep, TracePage, TracePart } from './pages/trace.tsx'
import { TraceList, TracesPage } from './pages/traces.tsx'
import { readRow, readRows } from './part.ts'
import { securityHeaders } from './security.ts'
import { scoreRoutes } from './score-routes.tsx'
import { sessionRoutes } from './session-routes.tsx'
import { rendered, sendPage } from './send.tsx'
import { toolRoutes } from './tool-routes.tsx'
import { totals } from './totals.ts'
import { viewSearch } from './view-address.ts'
import { mayChange } from './views.ts'
import { tree } from './tree.ts'
import { volumeOf } from './volume.ts'

export interface DashboardOptions {
  store: Store
  /** How open pages hear of changes; without it they ask every few seconds. */
  live?: Live
  /** The searches that a project keeps. */
  views?: (project: string) => Promise<readonly SavedView[]>
  /** Where an application sends its records, as seen by who asks: the origin, or the whole address. */
  ingestUrl: (c: Context<ProjectEnv>) => string
  /** Told of what the reader is not: why a page could not be made. */
  onError?: (error: unknown, c: Context<ProjectEnv>) => void
  /** Milliseconds since 1970. */
  now?: () => number
}

/** What a script asks for and a browser never does, so that neither gets the other's. */
const FRAGMENT = 'text/html-fragment'

/** All that has a page. */
export const PATHS = [
  '/',
  '/compare',
  '/overview',
  '/session',
  '/sessions',
  '/tools',
  '/traces',
  '/traces.csv',
  '/traces/*',
]

/** A call of the store removes a slice; a request goes on this often. */
const MAX_SLICES = 50

export function dashboard(options: DashboardOptions): Hono<ProjectEnv> {
  const { store, views, ingestUrl, onError, now = Date.now } = options
  const live = options.live?.transport
  const app = new Hono<ProjectEnv>()

  for (const path of PATHS) app.use(path, securityHeaders)

  app.onError((error, c) => {
    if (error instanceof HTTPException) return error.getResponse()
    if (error instanceof Invalid) {
      return sendPage(c, <RefusedPage title="Not done" reason={error.message} />, 400)
    }
    onError?.(error, c)
    return send(c, <Failed project={c.get('project')} address={c.req.path} />, 500)
  })

  app.get('/', (c) => c.redirect('/traces'))
  app.route('/', sessionRoutes(store, now))
  app.route('/', toolRoutes(store, now))
  app.route('/', compare(store))
  app.route('/', scoreRoutes(store, now))

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

  // Whether one of our own pages asked is for the door to say.
  app.post('/traces/:trace/delete', async (c) => {
    const traces = [c.req.param('trace')]
    for (let slice = 0; slice < MAX_SLICES; slice += 1) {
      if (!(await store.remove(c.get('project'), { traces })).more)
        return c.redirect('/traces', 303)
    }
    throw new Error('a trace was longer than could be removed at once')
  })

  app.get('/overview', async (c) => {
    const { searchParams } = new URL(c.req.url)
    const by = BY.find((one) => one === searchParams.get('by')) ?? 'model'
    searchParams.delete('by')
    const day = lastDay(searchParams, now())
    if (!day) return c.redirect('/overview')
    const { reading, asked, question, fromUs, toUs } = day
    const project = c.get('project')
    const found = await overview(store, project, { question, by, fromUs, toUs })
    return send(c, <OverviewPage {...{ project, reading, asked, by }} overview={found} />)
  })

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

function wantsFragment(c: Context<ProjectEnv>): boolean {
  return c.req.header('accept') === FRAGMENT
}

function missing(c: Context<ProjectEnv>, what: 'trace' | 'step'): Response {
  return send(c, <Missing project={c.get('project')} what={what} />, 404)
}

function send(c: Context<ProjectEnv>, page: Child, status: 200 | 404 | 500 = 200): Response {
  if (!wantsFragment(c) || status !== 200) return sendPage(c, page, status)
  c.header('content-type', `${FRAGMENT}; charset=utf-8`)
  return c.body(rendered(c, page))
}

/** As it was captured; a browser shows it as text and never as a page. */
function sendRaw(c: Context<ProjectEnv>, value: unknown): Response {
  const text = jsonText(value, 2)
  if (text === undefined) throw new Error('A body is nested too deeply to be written as JSON')
  c.header('content-type', 'application/json; charset=utf-8')
  return c.body(text)
}
