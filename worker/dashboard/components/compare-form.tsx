/**
 * The question which two to compare, for when an address does not say it.
 *
 * @module
 */

import { MAX_ID_CHARS } from '../compare/asked.ts'

export function CompareForm({ a, b }: { a: string; b: string }) {
  return (
    <form class="filters" action="/compare" method="get">
      <IdField name="a" value={a} />
      <IdField name="b" value={b} />
      <button type="submit">Compare</button>
    </form>
  )
}

function IdField({ name, value }: { name: 'a' | 'b'; value: string }) {
  return (
    <label class="box">
      <span>{name.toUpperCase()}: id or address of a trace or step</span>
      <input
        name={name}
        value={value}
        required
        maxlength={MAX_ID_CHARS}
        autocomplete="off"
        spellcheck={false}
      />
    </label>
  )
}
