/**
 * A request's body with gzip, where the runtime has it.
 *
 * @module
 */

/** Below this the headers of the request weigh more than what is saved. */
const MIN_CHARS = 2_000

/** Nothing where it cannot be done, or does not pay. */
export async function compressed(text: string): Promise<ArrayBuffer | undefined> {
  if (text.length < MIN_CHARS || typeof CompressionStream !== 'function') return undefined
  const stream = new Blob([text]).stream().pipeThrough(new CompressionStream('gzip'))
  return new Response(stream).arrayBuffer()
}

/** The network that saving pays for is not there between two programs of one machine. */
export function isOnThisMachine({ hostname }: URL): boolean {
  return /^(?:localhost|127(?:\.\d+){3}|\[::1\]|.*\.localhost)$/.test(hostname)
}
