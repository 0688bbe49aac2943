/**
 * A reply, to where it really ends: its head, or the end of a stream that is being made.
 *
 * A body that is there already, a file or a text, is none of ours: the very response goes out, by the
 * platform's own path and with its length. One is followed only while something recorded goes on, or
 * where it is a stream of the application's own making.
 *
 * @module
 */

import { isByteStream, observe } from '../capture/observe.ts'
import { isWatchable, remake } from '../capture/rewrap.ts'
import type { Started } from '../tracer/create-scope.ts'

/**
 * @param isBusy Whether something inside goes on; unsaid where nobody will read the body.
 * @param release Called once, when it is over.
 */
export function followed(
  response: Response,
  root: Started,
  isBusy: boolean | undefined,
  release: () => void,
): Response {
  const { status } = response
  if (
    status >= 500 ||
    !isWatchable(response) ||
    isBusy === undefined ||
    !goesOn(response, isBusy)
  ) {
    over({ status })
    return response
  }
  let bytes = 0
  const body = observe(response.body, {
    chunk(chunk) {
      bytes += chunk.byteLength
    },
    end(how, error) {
      if (how === 'failed') root.span.fail(error)
      over({ status, bytes, ...(how !== 'closed' && { ended: how }) })
    },
  })
  return remake(response, body)

  function over(output: object): void {
    if (status < 500) root.finish(output)
    else {
      root.span.set({ output })
      root.span.fail(serverError(status))
    }
    release()
  }
}

/** What is encoded already would be so once more if it were made anew. */
function goesOn({ body, headers }: Response & { body: ReadableStream }, isBusy: boolean): boolean {
  return (isBusy || !isByteStream(body)) && !headers.has('content-encoding')
}

function serverError(status: number): Error {
  const error = new Error(`The reply has the status ${status}.`)
  error.name = String(status)
  delete error.stack // ours would tell nothing
  return error
}
