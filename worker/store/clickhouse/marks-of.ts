/**
 * The marks of a trace by their field, in SQL.
 *
 * @module
 */

/** What a row of `trace` has of a field, as a list of texts. */
export function namesOf(field: 'session' | 'user' | 'tag'): string {
  return `arrayMap(mark -> substring(mark, ${field.length + 2}),
    arrayFilter(mark -> startsWith(mark, '${field}\\n'), arrayDistinct(marks)))`
}
