/**
 * Rejections that nobody has handled, in a Worker. Those of old dates are told too early, and then
 * taken back.
 *
 * @module
 */

interface Rejection {
  promise: Promise<unknown>
  reason: unknown
}

const open = new Map<Promise<unknown>, string>()
const events: {
  addEventListener(name: string, listener: (rejection: Rejection) => void): void
} = globalThis
events.addEventListener('unhandledrejection', ({ promise, reason }) =>
  open.set(promise, String(reason)),
)
events.addEventListener('rejectionhandled', ({ promise }) => open.delete(promise))

export function unhandled(): string[] {
  return [...open.values()]
}
