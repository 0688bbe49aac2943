/**
 * Readers that refuse what is of the wrong type. What is missing or `null` says nothing: `null`.
 *
 * @module
 */

import { isObject, type Json, type JsonObject } from '../../src/lib/json.ts'
import { count, kindOf, Refused } from './refused.ts'
import { inRange, readTime } from './time.ts'

/** Nesting of one value. Real prompts have some ten levels; JSON functions of engines fail at thousands. */
const MAX_DEPTH = 500

const MAX_TAGS = 100
const MAX_TAG_CHARS = 200

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** @param field Its name in messages. */
export function expectText(value: Json | undefined, field: string, limit: number): string | null {
  if (value === undefined || value === null) return null
  if (typeof value !== 'string') {
    throw new Refused(`\`${field}\` must be a string, found ${kindOf(value)}`)
  }
  if (value.length > limit) {
    throw new Refused(
      `\`${field}\` may have ${count(limit)} characters, found ${count(value.length)}`,
    )
  }
  return value
}

export function expectObject(value: Json | undefined, field: string): JsonObject | null {
  if (value === undefined || value === null) return null
  if (!isObject(value)) throw new Refused(`\`${field}\` must be an object, found ${kindOf(value)}`)
  return value
}

export function expectOneOf<Word extends string>(
  value: Json | undefined,
  field: string,
  words: readonly Word[],
): Word | null {
  const found = words.find((word) => word === value)
  if (found === undefined && value !== undefined && value !== null) {
    const what = typeof value === 'string' ? 'another word' : kindOf(value)
    throw new Refused(`\`${field}\` must be one of ${words.join(', ')}, found ${what}`)
  }
  return found ?? null
}

/** A UUID in lower case. */
export function expectUuid(value: Json | undefined, field: string): string | null {
  if (value === undefined || value === null) return null
  if (typeof value !== 'string') {
    throw new Refused(`\`${field}\` must be a UUID, found ${kindOf(value)}`)
  }
  if (!UUID.test(value)) {
    throw new Refused(
      `\`${field}\` is not a UUID such as 550e8400-e29b-41d4-a716-446655440000, found ${count(value.length)} other characters`,
    )
  }
  return value.toLowerCase()
}

/** Lower-case hexadecimal digits, not all zero. */
export function expectHex(value: Json | undefined, field: string, digits: number): string | null {
  if (value === undefined || value === null) return null
  if (
    typeof value !== 'string' ||
    value.length !== digits ||
    !/^[0-9a-f]*[1-9a-f][0-9a-f]*$/i.test(value)
  ) {
    throw new Refused(`\`${field}\` must be ${digits} hexadecimal digits, not all zero`)
  }
  return value.toLowerCase()
}

/** ISO 8601 as microseconds. */
export function expectTime(value: Json | undefined, field: string): number | null {
  if (value === undefined || value === null) return null
  if (typeof value !== 'string') {
    throw new Refused(`\`${field}\` must be an ISO 8601 text, found ${kindOf(value)}`)
  }
  const us = readTime(value)
  if (us === undefined) {
    throw new Refused(
      `\`${field}\` is not an ISO 8601 time from 1900 to 2200 such as 2026-01-31T12:00:00.000Z`,
    )
  }
  return us
}

/** Milliseconds since 1970, with fractions, as microseconds. */
export function expectMillis(value: Json | undefined, field: string): number | null {
  if (value === undefined || value === null) return null
  const us = typeof value === 'number' ? Math.round(value * 1000) : Number.NaN
  if (!inRange(us)) {
    throw new Refused(`\`${field}\` must be milliseconds since 1970, of a time from 1900 to 2200`)
  }
  return us
}

export function expectTags(value: Json | undefined): string[] | null {
  if (value === undefined || value === null) return null
  if (!Array.isArray(value)) {
    throw new Refused(`\`tags\` must be an array of strings, found ${kindOf(value)}`)
  }
  if (value.length > MAX_TAGS) {
    throw new Refused(`\`tags\` may have ${MAX_TAGS} items, found ${count(value.length)}`)
  }
  return value.map((tag: Json, index) => {
    const text = expectText(tag, `tags[${index}]`, MAX_TAG_CHARS)
    if (text === null) {
      throw new Refused(`\`tags[${index}]\` must be a string, found ${kindOf(tag)}`)
    }
    return text
  })
}

export function expectShallow(value: Json | undefined, field: string): void {
  if (value !== undefined && isDeeper(value, MAX_DEPTH)) {
    throw new Refused(`\`${field}\` may be nested ${MAX_DEPTH} levels deep, found more`)
  }
}

function isDeeper(value: Json, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false
  return (
    levels === 0 ||
    Object.values(value).some((inner) => inner !== undefined && isDeeper(inner, levels - 1))
  )
}
