/**
 * Which clicks are ours.
 *
 * @module
 */

/** A click that asks for a new tab or a download is the browser's. */
export function isForBrowser(event: MouseEvent): boolean {
  return event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey
}
