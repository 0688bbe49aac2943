/**
 * The fields of a form that was sent.
 *
 * @module
 */

import type { Context } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { Invalid } from '../auth/invalid.ts'

export type Form = Record<string, string | File | (string | File)[]>

/** Before any form is read. */
export const small = bodyLimit({
  maxSize: 64 * 1024,
  onError: (context) => context.text('The form is too large.', 413),
})

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
