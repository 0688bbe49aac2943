/**
 * The names of a function's parameters, as its source has them.
 *
 * @module
 */

const PLAIN_LIST = /^(?:async\b\s*)?(?:function\b)?\s*\*?\s*[\w$#]*\s*\(([^()]*)\)/
const SINGLE = /^(?:async\b\s*)?([\w$]+)\s*=>/
const IDENTIFIER = /^[\w$]+$/

/** In order; `undefined` unless all are plain identifiers, for then no name can be wrong. */
export function parameterNames(fn: object): string[] | undefined {
  const source = sourceOf(fn)
  const single = SINGLE.exec(source)?.[1]
  if (single) return [single]
  const list = PLAIN_LIST.exec(source)?.[1]?.trim()
  if (!list) return undefined
  const names = list
    .replace(/,$/, '')
    .split(',')
    .map((name) => name.trim())
  return names.every((name) => IDENTIFIER.test(name)) ? names : undefined
}

/** A function's source, whatever it has put in the place of its `toString`. */
export function sourceOf(fn: object): string {
  return Function.prototype.toString.call(fn)
}
