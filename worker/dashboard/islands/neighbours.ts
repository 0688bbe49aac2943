/**
 * `J` and `K`: the next and the previous trace, as in the list.
 *
 * @module
 */

export function neighbourKeys(): void {
  addEventListener('keydown', ({ key, target, altKey, ctrlKey, metaKey }) => {
    if (altKey || ctrlKey || metaKey || (key !== 'J' && key !== 'K')) return
    if (target instanceof Element && target.closest('input,select,textarea')) return
    const rel = key === 'J' ? 'next' : 'prev'
    document.querySelector<HTMLAnchorElement>(`.beside a[rel=${rel}]`)?.click()
  })
}
