/**
 * A fixture: what is asked of an API, its answers as they come over the wire, and what the record says.
 *
 * Each format has a folder in `test/fixtures`, with a file for every answer and one `manifest.json` that
 * says the rest.
 *
 * @module
 */

/** One answer. All answers of a fixture give the same record. */
export interface Answer {
  file: string
  /** Its `content-type`. */
  type: string
  /** Where it is asked for, if that is another address than the fixture's. */
  url?: string
  /** 200 unless told. */
  status?: number
  headers?: Record<string, string>
}

export interface Fixture {
  name: string
  url: string
  request: object
  /** Whole and streamed, where the API has both. */
  answers: Answer[]
  /** Of the record, as far as it is told. */
  record: object
}

/** Of the name of a fixture the name of its files. */
export function slug(name: string): string {
  return name
    .toLowerCase()
    .normalize('NFKD')
    .replace(/[’']/g, '')
    .replace(/[^a-z\d]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 80)
}
