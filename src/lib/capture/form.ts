/**
 * A form as JSON: its texts, and of its files the name, type and size.
 *
 * Forms are in memory, and looking at one changes nothing of what is sent.
 *
 * @module
 */

import type { Json } from '../json.ts'

/** Names stand as they are sent. What is repeated, or named `field[]`, is a list. */
export function formText(form: FormData): string {
  const names = [...new Set(form.keys())]
  const fields = names.map((name): [string, Json] => {
    const values = form.getAll(name).map(read)
    const [only] = values
    const isList = only === undefined || values.length > 1 || name.endsWith('[]')
    return [name, isList ? values : only]
  })
  return JSON.stringify(Object.fromEntries(fields))
}

function read(value: FormDataEntryValue): Json {
  return typeof value === 'string'
    ? value
    : { name: value.name, type: value.type, size: value.size }
}
