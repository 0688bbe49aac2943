/**
 * What Bedrock's operations have in common: the model in the address, and counts that leave out what
 * was cached.
 *
 * @module
 */

import { number, type Json } from '../json.ts'
import type { ModelCall } from '../model-call.ts'
import { exclusiveUsage } from './usage.ts'

/** Whether the address is of this operation: `/model/{model}/{operation}`. */
export function isOperation(pathname: string, operation: string): boolean {
  return new RegExp(`/model/[^/]+/${operation}/?$`).test(pathname)
}

/** The model, which may be a profile or an ARN, and whether a stream is asked for. */
export function readAddress({ http, request }: ModelCall): void {
  const [, model = '', operation = ''] = /\/model\/([^/]+)\/([\w-]+)/.exec(http.url) ?? []
  request.stream = operation.endsWith('-stream')
  try {
    request.model = decodeURIComponent(model)
  } catch {
    request.model = model
  }
}

/** Writes counts that leave out what was cached; the last word. */
export function count(
  call: ModelCall,
  [input, output, cacheRead, cacheWrite, cacheWrite1h]: readonly (Json | undefined)[],
  raw?: Json,
): void {
  if (number(input) === undefined && number(output) === undefined) return
  call.usage = exclusiveUsage(
    {
      input: number(input),
      output: number(output),
      cacheRead: number(cacheRead),
      cacheWrite: number(cacheWrite),
      cacheWrite1h: number(cacheWrite1h),
    },
    raw,
  )
}
