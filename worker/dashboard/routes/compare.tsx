/**
 * `/compare`: two traces, or two steps, side by side.
 *
 * @module
 */

import { type Context, Hono } from 'hono'
import type { Child } from 'hono/jsx'
import type { ProjectEnv } from '../../auth/access.ts'
import type { SpanDetail, Store } from '../../store/store.ts'
import { compareAddress, traceAddress } from '../addresses.ts'
import { type Asked, BEFORE, type Named, readAsked, readId } from '../compare/asked.ts'
import { compareTraces } from '../compare/comparison.ts'
import { type Pair, pageEffort } from '../compare/sequence.ts'
import { CompareAsk, ComparePage, CompareStepsPage } from '../pages/compare.tsx'
import { sendPage } from '../send.tsx'
import { totals } from '../trace/totals.ts'

/** A list answers a stretch at a time; the one before is looked for in this many. */
const MAX_STRETCHES = 20

export function compare(store: Store): Hono<ProjectEnv> {
  const app = new Hono<ProjectEnv>()

  app.get('/compare', async (c) => {
    const asked = readAsked(new URL(c.req.url).searchParams)
    const [a, b] = [asked.a, asked.b].map(readId)
    const ask = (problem?: Child, status: 200 | 400 | 404 = 400) => {
      const before = b?.type === 'trace' && !asked.a ? b.id : undefined
      const page = <CompareAsk {...{ asked, problem, before }} project={c.get('project')} />
      return sendPage(c, page, status)
    }
    // One of the two, or none: the page asks for the rest.
    if ((!asked.a && (b || !asked.b)) || (!asked.b && a)) return ask(undefined, 200)
    if (asked.a === BEFORE && b) return before(c, b, ask)
    if (!a || !b) {
      const [badA, badB] = [asked.a && !a, asked.b && !b]
      const which = badA && badB ? 'A and B are' : badA ? 'A is' : 'B is'
      return ask(
        `${which} not an id: those of traces have 32 digits from 0 to f, those of steps dashes as well.`,
      )
    }
    if (a.id === b.id) {
      return ask(`A and B are the same ${a.type}: there is nothing to compare.`)
    }
    if (a.type !== b.type) {
      return ask('One is a trace and the other a step: name two of a kind.')
    }
    return a.type === 'trace' ? traces(c, asked, [a, b], ask) : steps(c, [a, b], ask)
  })

  type Ask = (problem: Child, status?: 400 | 404) => Response

  async function traces(c: Context<ProjectEnv>, asked: Asked, [a, b]: [Named, Named], ask: Ask) {
    const project = c.get('project')
    const [spansA, spansB] = await Promise.all([
      store.trace(project, a.id),
      store.trace(project, b.id),
    ])
    if (!isSome(spansA) || !isSome(spansB)) {
      return ask(missing('trace', !isSome(spansA), !isSome(spansB)), 404)
    }
    const effort = pageEffort()
    const found = compareTraces(spansA, spansB, effort)
    const pair = asked.step && (await pairOf(project, asked.step, [a.id, b.id]))
    return sendPage(c, <ComparePage {...{ project, found, asked, pair, effort }} />)
  }

  /** The two steps of an address, each of its own trace; nothing where one is of neither. */
  async function pairOf(
    project: string,
    step: NonNullable<Asked['step']>,
    [traceA, traceB]: [string, string],
  ): Promise<Pair<SpanDetail> | undefined> {
    const ids = [step.a, step.b].flatMap((id) => id ?? [])
    const found = await store.spans(project, ids)
    const a = found.find(({ id, traceId }) => id === step.a && traceId === traceA)
    const b = found.find(({ id, traceId }) => id === step.b && traceId === traceB)
    if (Boolean(a) !== Boolean(step.a) || Boolean(b) !== Boolean(step.b)) return undefined
    if (a) return b ? { a, b } : { a, b: undefined }
    return b && { a: undefined, b }
  }

  async function steps(c: Context<ProjectEnv>, named: [Named, Named], ask: Ask) {
    const project = c.get('project')
    const found = await store.spans(
      project,
      named.map(({ id }) => id),
    )
    const [a, b] = named.map(({ id }) => found.find((span) => span.id === id))
    if (!a || !b) return ask(missing('step', !a, !b), 404)
    return sendPage(c, <CompareStepsPage {...{ project, a, b }} effort={pageEffort()} />)
  }

  /** Leads to the trace of the same name that began before this one. */
  async function before(c: Context<ProjectEnv>, { type, id }: Named, ask: Ask) {
    const project = c.get('project')
    const spans = type === 'trace' ? await store.trace(project, id) : []
    if (!isSome(spans)) return ask(missing('trace', false, true), 404)
    const { name, startUs } = totals(spans)
    const asks = {
      terms: [{ field: 'name' as const, values: [name] }],
      toUs: startUs,
    }
    let cursor: string | undefined
    for (let stretch = 0; stretch < MAX_STRETCHES; stretch += 1) {
      const page = await store.list(project, { ...asks, ...(cursor && { before: cursor }) })
      const found = page.traces.find((trace) => trace.name === name && trace.traceId !== id)
      if (found) return c.redirect(compareAddress({ a: found.traceId, b: id }))
      cursor = page.next
      if (cursor === undefined) break
    }
    return ask(
      <>
        No trace of the same name that began before <a href={traceAddress(id)}>this one</a> was
        found. Name another one as A.
      </>,
      404,
    )
  }

  return app
}

function isSome<T>(list: readonly T[]): list is readonly [T, ...T[]] {
  return list.length > 0
}

function missing(what: 'trace' | 'step', a: boolean, b: boolean): string {
  const which = a && b ? 'Neither A nor B is' : `${a ? 'A' : 'B'} is not`
  return `${which} a ${what} of this project. It may not have arrived yet, or was removed.`
}
