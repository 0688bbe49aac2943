/**
 * Watches one exchange to its end, for the cassette; the reader of the answer sets the pace.
 *
 * @module
 */

import { isolate, observe, type Observer } from '../capture/observe.ts'
import { isWatchable, rewrap } from '../capture/rewrap.ts'
import { stopwatch } from '../clock.ts'
import { reasonOf } from '../errors.ts'
import { mask } from '../redact.ts'
import { chunksOf, headOf, type TimedBytes } from './answered.ts'
import { MAX_BODY_BYTES, type Asked } from './asked.ts'
import type { Recording } from './recording.ts'

export interface Exchange {
  response(native: Response): Response
  failed(error: unknown): void
}

/**
 * @param keep Given what there is of the answer: its head when it has come, as clients drop the answer of
 * a failed attempt unread; all of it when it has ended; nothing where it is not to be kept after all.
 */
export function follow(
  { signal }: Asked,
  report: (error: unknown) => void,
  keep: (answer: Omit<Recording, 'request'> | undefined) => void,
): Exchange {
  const elapsed = stopwatch()
  return {
    response(native) {
      const head = headOf(native, elapsed())
      if (!isWatchable(native)) {
        keep({ response: head, ended: 'complete' })
        return native
      }
      keep({ response: { ...head, chunks: [] }, ended: 'cancelled' })
      const came: TimedBytes[] = []
      let bytes = 0
      const observer: Observer = {
        chunk(chunk) {
          bytes += chunk.byteLength
          if (bytes > MAX_BODY_BYTES) {
            came.length = 0
            keep(undefined)
            throw new Error(`its answer has more than ${MAX_BODY_BYTES} bytes`)
          }
          came.push([elapsed(), chunk.slice()])
        },
        end(outcome, error) {
          const response = { ...head, chunks: chunksOf(came) }
          if (outcome === 'closed') return keep({ response, ended: 'complete' })
          const isLeft = outcome !== 'failed' || signal?.aborted === true
          keep({ response, ...(isLeft ? { ended: 'cancelled' } : failure(error)) })
        },
      }
      return rewrap(native, observe(native.body, isolate(observer, report)))
    },
    failed(error) {
      keep(signal?.aborted ? { ended: 'cancelled' } : failure(error))
    },
  }
}

function failure(thrown: unknown): Pick<Recording, 'ended' | 'error'> {
  if (!(thrown instanceof Error)) {
    return { ended: 'failed', error: { name: 'Error', message: mask(reasonOf(thrown)) } }
  }
  const { name, message, cause } = thrown
  const why = cause instanceof Error ? { cause: mask(reasonOf(cause)) } : {}
  return { ended: 'failed', error: { name, message: mask(message), ...why } }
}
