/**
 * The dashboard: pages rendered on the server, complete without scripts.
 *
 * It reads the store for the one project that the request was let in for, and nothing else. A page
 * and the fragment of it that a script asks for have one address and one renderer.
 *
 * @module
 */

import { Hono, type Context } from 'hono'
import type { Child } from 'hono/jsx'
import type { ProjectEnv } from '../auth/access.ts'
import type { SavedView } from '../auth/saved-views.ts'
import type { Live } from '../store/live.ts'
import type { SpanRow, Store } from '../store/store.ts'
import { MAX_WITHIN_CHARS, readView, stepAddress, type View } from './addresses.ts'
import { csv } from './csv.ts'
import { FACETS } from './components/facets.tsx'
import { StepPanel } from './components/step-panel.tsx'
import { readFilters, toQuery, toQuestion } from './filters.ts'
import { jsonText } from './json-text.ts'
import { listAddress } from './list-address.ts'
import { neighbours } from './neighbours.ts'
import { BY, overview } from './overview.ts'
import { OverviewPage } from './pages/overview.tsx'
import { Failed, Missing } from './pages/problem.tsx'
import { TracePage, TracePart } from './pages/trace.tsx'
import { TraceList, TracesPage } from './pages/traces.tsx'
import { securityHeaders } from './security.ts'
import { rendered, sendPage } from './send.tsx'
import { totals } from './totals.ts'
import { viewSearch } from './view-address.ts'
import { mayChange } from './views.ts'
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

/** A call of the store removes a slice; a request goes on this often. */
const MAX_SLICES = 50

/** Without a time, the overview is of the last day. */
const DAY_US = 24 * 3_600_000_000

export function dashboard(options: DashboardOptions): Hono<ProjectEnv> {
  const { store, views, ingestUrl, onError, now = Date.now } = options
  const live = options.live?.transport
  const app = new Hono<ProjectEnv>()

  for (const path of ['/', '/overview', '/traces', '/traces.csv', '/traces/*'])
    app.use(path, securityHeaders)

  app.onError((error, c) => {
    onError?.(error, c)
    return send(c, <Failed project={c.get('project')} address={c.req.path} />, 500)
  })

  app.get('/', (c) => c.redirect('/traces'))

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
    const reading = readFilters(searchParams)
    const { filters } = reading
    const asked = { ...filters }
    if (!filters.range && !filters.from && !filters.to) filters.range = '24h'
    const nowUs = now() * 1000
    const question = toQuestion(reading, now())
    const { toUs = nowUs } = question
    const { fromUs = toUs - DAY_US } = question
    if (fromUs >= toUs) return c.redirect('/overview')
    const project = c.get('project')
    const found = await overview(store, project, { question, by, fromUs, toUs })
    return send(c, <OverviewPage {...{ project, reading, asked, by }} overview={found} />)
  })

  app.get('/traces/:trace', async (c) => {
    const id = c.req.query('span')
    const traceId = c.req.param('trace')
    if (id)
      return c.redirect(stepAddress(traceId, id, readView(c.req.query('view')), within(c).search))
    const spans = await store.trace(c.get('project'), traceId)
    if (!isSome(spans)) return missing(c, 'trace')
    const root = spans.find((span) => span.parentId === null) ?? spans[0]
    return trace(c, spans, root.id)
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
    return send(
      c,
      <StepPanel span={step} view={readView(c.req.query('view'))} within={within(c).search} />,
    )
  })

  async function trace(c: Context<ProjectEnv>, spans: Some<SpanRow>, selected: string) {
    const { traceId } = spans[0]
    const view: View = readView(c.req.query('view'))
    const from = readRow(c.req.query('from'))
    const { reading, search } = within(c)
    const part = { traceId, spans, selected, view, within: search, from, nowMs: now() }
    if (wantsFragment(c)) return send(c, <TracePart {...part} />)
    const project = c.get('project')
    const here = { traceId, startUs: totals(spans).startUs }
    const [[step], beside] = await Promise.all([
      store.spans(project, [selected]),
      neighbours(store, project, toQuestion(reading, now()), here),
    ])
    const { filters } = reading
    return send(c, <TracePage {...{ ...part, project, live, step, filters }} neighbours={beside} />)
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

function readRow(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : undefined
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
