/**
 * The fields of a form that was sent.
 *
 * @module
 */

import type { Context, MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { HTTPException } from 'hono/http-exception'
import { timeout } from 'hono/timeout'
import { Invalid } from '../auth/invalid.ts'

export type Form = Record<string, string | File | (string | File)[]>

const MAX_BYTES = 64 * 1024
const SECONDS = 10

const late = () =>
  new HTTPException(408, { res: new Response('The form was not here in time.', { status: 408 }) })

/** Before any form is read: it has to be small, and all of it here in time. */
export function smallForm(seconds: number = SECONDS): MiddlewareHandler {
  const inTime = timeout(seconds * 1000, late)
  const limited = bodyLimit({
    maxSize: MAX_BYTES,
    onError: (context) => context.text('The form is too large.', 413),
  })

  return async (context, next) => {
    let refused: Response | undefined
    await inTime(context, async () => {
      const answer = await limited(context, async () => {
        await readForm(context).catch(() => {}) // kept, and told by who reads it again
      })
      if (answer instanceof Response) refused = answer
    })
    return refused ?? next()
  }
}

/** @throws {Invalid} */
export async function readForm(context: Context): Promise<Form> {
  try {
    return await context.req.parseBody({ all: true })
  } catch {
    throw new Invalid('the form could not be read')
  }
}

/** The first field of the name, if it is text. */
export function formText(form: Form, name: string): string {
  return formTexts(form, name)[0] ?? ''
}

export function formTexts(form: Form, name: string): string[] {
  return [form[name] ?? []].flat().filter((field) => typeof field === 'string')
}
