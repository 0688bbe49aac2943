/**
 * Whether options are what they have to be, and a clear word on those that are not.
 *
 * @module
 */

import { TraceError } from '../errors.ts'
import { isAnyObject } from '../json.ts'

export type Check = (value: unknown) => boolean
export const isString: Check = (value) => typeof value === 'string'
export const isText: Check = (value) => typeof value === 'string' && value !== ''
/** What a header can hold; an ellipsis of a manual, say, it cannot. */
export const isKey: Check = (value) => typeof value === 'string' && /^[!-~]+$/.test(value)
export const isFunction: Check = (value) => typeof value === 'function'
export const isObject: Check = (value) => isAnyObject(value) && !Array.isArray(value)
export const isList: Check = Array.isArray
export const isCount: Check = (value) => Number.isSafeInteger(value) && Number(value) >= 0
export const isTexts: Check = (value) =>
  Array.isArray(value) && value.every((item) => typeof item === 'string')

/** What there is, each with what it has to be and the words for that. */
export type Known = Readonly<Record<string, readonly [holds: Check, wanted: string]>>

/** @throws {TraceError} `invalid_option`. Values are described by their type: they may be secrets. */
export function check(place: string, options: object, known: Known): void {
  sift(place, options, known, (error) => {
    throw error
  })
}

/** The options that are as they have to be. The others are told of. */
export function sift<Options extends object>(
  place: string,
  options: Options,
  known: Known,
  tell: (error: TraceError) => void,
): Partial<Options> {
  if (!isObject(options)) {
    tell(invalid(`The options have to be an object; found ${describe(options)}.`))
    return {}
  }
  const kept = Object.entries(options).filter(([name, value]) => {
    const mistake = value === undefined ? undefined : mistakeIn(place, name, value, known)
    if (mistake) tell(invalid(mistake))
    return !mistake
  })
  return Object.fromEntries(kept) as Partial<Options> // entries of the options themselves
}

function mistakeIn(place: string, name: string, value: unknown, known: Known): string | undefined {
  const [holds, wanted] = Object.hasOwn(known, name) ? (known[name] ?? []) : []
  if (holds?.(value)) return undefined
  if (holds) return `The option "${place}${name}" has to be ${wanted}; found ${describe(value)}.`
  const names = Object.keys(known)
  const meant = names.find((candidate) => candidate.toLowerCase() === name.toLowerCase())
  return `There is no option "${place}${name}". ${meant ? `Write "${place}${meant}"` : `The options are ${names.join(', ')}`}.`
}

export function invalid(message: string): TraceError {
  return new TraceError('invalid_option', message)
}

/** What was found, without saying it: it may be a secret. */
export function describe(value: unknown): string {
  if (value === '') return 'an empty string'
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'an array'
  return typeof value === 'number' ? String(value) : typeof value
}
