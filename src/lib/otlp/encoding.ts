/**
 * How a request is written: as JSON, which nearly every receiver takes, unless another is passed.
 *
 * @module
 */

import { parse, type Json } from '../json.ts'
import type { ExportRequest } from './shape.ts'

export interface Encoding {
  readonly contentType: string
  encode(request: ExportRequest): string | Uint8Array<ArrayBuffer>
  /** The answer to it, as JSON would say it. Called on what came, which may be anything. */
  decode(answer: Uint8Array): Json | undefined
}

interface Text extends Encoding {
  encode(request: ExportRequest): string
}

export const json: Text = {
  contentType: 'application/json',
  encode: (request) => JSON.stringify(request),
  decode: (answer) => parse(new TextDecoder().decode(answer)),
}
