/**
 * Requests that outlive the page they come from.
 *
 * By the Fetch standard they may carry 64 KiB between them; what is more is refused, not shortened. So
 * what does not fit is sent at once as well, and arrives if the page stays for long enough.
 *
 * @see https://fetch.spec.whatwg.org/#http-network-or-cache-fetch
 * @module
 */

const MAX_BYTES = 65_536
let carried = 0 // of all exporters of the page

/** @param send Told whether the request is to outlive the page. */
export async function outliving(
  body: string | Uint8Array<ArrayBuffer>,
  send: (keepalive: boolean) => Promise<Response>,
): Promise<Response> {
  const { size } = new Blob([body])
  if (carried + size > MAX_BYTES) return send(false)
  carried += size
  try {
    return await send(true)
  } finally {
    carried -= size
  }
}
