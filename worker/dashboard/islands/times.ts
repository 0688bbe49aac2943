/**
 * Turns the server's UTC into the reader's own time. The words keep their width, so nothing moves.
 *
 * @module
 */

const DAY = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' })
const CLOCK = new Intl.DateTimeFormat('en-GB', {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
})

export function localTimes(root: ParentNode): void {
  for (const time of root.querySelectorAll<HTMLTimeElement>('time[datetime]')) {
    const date = new Date(time.dateTime)
    if (Number.isNaN(date.getTime())) continue
    say(time.firstElementChild, CLOCK.format(date))
    say(time.lastElementChild, DAY.format(date))
    time.title = time.dateTime
  }
  for (const zone of root.querySelectorAll('[data-zone]')) say(zone, offset())
}

function say(element: Element | null, text: string): void {
  if (element) element.textContent = text
}

/** `UTC`, `UTC+1`, `UTC-3:30`. */
function offset(): string {
  const minutes = -new Date().getTimezoneOffset()
  if (minutes === 0) return 'UTC'
  const rest = Math.abs(minutes) % 60
  const hours = `${minutes < 0 ? '-' : '+'}${Math.floor(Math.abs(minutes) / 60)}`
  return `UTC${hours}${rest ? `:${rest}` : ''}`
}
