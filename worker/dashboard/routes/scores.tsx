/**
 * The form that scores a step.
 *
 * @module
 */

import { Hono } from 'hono'
import type { ProjectEnv } from '../../auth/access.ts'
import { Invalid } from '../../auth/invalid.ts'
import { giveScore } from '../../store/give-score.ts'
import {
  MAX_NOTE_CHARS,
  MAX_SCORE_CHARS,
  MAX_SCORES,
  type Score,
  SCORE_NAME,
} from '../../store/score.ts'
import type { Store } from '../../store/store.ts'
import { stepAddress } from '../addresses.ts'
import { type Form, formText, readForm, smallForm } from '../form.ts'
import { Missing } from '../pages/problem.tsx'
import { sendPage } from '../send.tsx'

export function scoreRoutes(store: Store, now: () => number): Hono<ProjectEnv> {
  const app = new Hono<ProjectEnv>()

  // Whether one of our own pages asked is for the door to say.
  app.post('/traces/:trace/spans/:span/score', smallForm(), async (c) => {
    const project = c.get('project')
    const { trace, span: id } = c.req.param()
    const { name, score } = readScore(await readForm(c))
    const [span] = await store.spans(project, [id])
    if (span?.traceId !== trace) {
      return sendPage(c, <Missing project={project} what="step" />, 404)
    }
    if (!(await giveScore(store, project, { span, name, score, nowMs: now() }))) {
      throw new Invalid(`a step may have ${MAX_SCORES} scores, and this one has them`)
    }
    return c.redirect(stepAddress(trace, id, 'score'), 303)
  })

  return app
}

/** @throws {Invalid} */
function readScore(form: Form): { name: string; score: Omit<Score, 'atMs'> } {
  const name = formText(form, 'name').trim()
  if (!SCORE_NAME.test(name)) {
    throw new Invalid('the name of a score is a letter, then at most 59 letters, digits, _, . or -')
  }
  if (formText(form, 'back') !== '') return { name, score: { value: null } }
  const text = formText(form, 'value').trim()
  if (text === '' || text.length > MAX_SCORE_CHARS) {
    throw new Invalid(`a score is a number, or a word of at most ${MAX_SCORE_CHARS} characters`)
  }
  const note = formText(form, 'note').trim()
  if (note.length > MAX_NOTE_CHARS) {
    throw new Invalid(`a note may have ${MAX_NOTE_CHARS} characters`)
  }
  const value = NUMBER.test(text) ? Number(text) : text
  return { name, score: { value, ...(note && { note }) } }
}

const NUMBER = /^-?\d+(\.\d+)?$/
