/**
 * Logging in and out.
 *
 * @module
 */

import { type Context, Hono } from 'hono'
import type { ProjectEnv } from '../../auth/access.ts'
import type { PasswordLogin } from '../../auth/people.ts'
import { FOREIGN, isOwnRequest } from '../../auth/same-origin.ts'
import { formText, readForm, smallForm } from '../form.ts'
import { RefusedPage } from '../pages/refused.tsx'
import { LoginPage } from '../pages/login.tsx'
import { sendPage } from '../send.tsx'

export function loginRoutes(login: PasswordLogin): Hono<ProjectEnv> {
  const app = new Hono<ProjectEnv>()

  app.get('/login', (context) => sendPage(context, <LoginPage to="/traces" />))
  app.post('/login', smallForm(), async (context) => {
    if (!isOwnRequest(context)) return foreign(context)
    const form = await readForm(context)
    const to = ownAddress(formText(form, 'to'))
    const answer = await login.enter(context, formText(form, 'password'))
    if (answer === 'in') return context.redirect(to, 303)
    if (answer === 'wrong') {
      return sendPage(context, <LoginPage to={to} problem="That is not the password." />, 401)
    }
    context.header('retry-after', String(answer.wait))
    const minutes = Math.ceil(answer.wait / 60)
    const problem = `There were too many attempts. Try again in ${minutes} ${minutes === 1 ? 'minute' : 'minutes'}.`
    return sendPage(context, <LoginPage to={to} problem={problem} />, 429)
  })
  app.post('/logout', (context) => {
    if (!isOwnRequest(context)) return foreign(context)
    login.leave(context)
    return context.redirect('/login', 303)
  })
  return app
}

function foreign(context: Context<ProjectEnv>): Response {
  return sendPage(context, <RefusedPage title="Not done" reason={FOREIGN} />, 403)
}

/** An address of our own pages: whoever made the link sends nobody elsewhere with it. */
export function ownAddress(to: string): string {
  return /^\/(?:traces|settings)(?:[/?][\x21-\x5b\x5d-\x7e]*)?$/.test(to) ? to : '/traces'
}
