/** Requests to ingest and their answers, as data. `newId` of the tests counts up from `f01`. */

import { id } from '../../store/changes.ts'

export interface IngestCase {
  name: string
  /** What is not a string is sent as JSON. */
  body: string | object
  headers?: Record<string, string>
  status: number
  reply: object
}

export const kept = (...ids: string[]) => ({
  traces: ids.map((each) => ({ id: each })),
  errors: [],
})
export const one = (record: unknown) => ({ traces: [record] })

export function accepts(name: string, body: string | object, ...ids: string[]): IngestCase {
  return { name, body, status: 202, reply: kept(...(ids.length > 0 ? ids : [id(0xf01)])) }
}

export function refuses(
  name: string,
  body: string | object,
  error: string,
  status = 400,
): IngestCase {
  return { name, body, status, reply: { error } }
}

export const NOT_ISO = (field: string) =>
  `\`${field}\` is not an ISO 8601 time from 1900 to 2200 such as 2026-01-31T12:00:00.000Z`
export const NOT_UUID = (length: number) =>
  `\`id\` is not a UUID such as 550e8400-e29b-41d4-a716-446655440000, found ${length} other characters`
