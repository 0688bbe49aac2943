/**
 * A click with Alt on a value asks for all traces but those that have it.
 *
 * @module
 */

/** The link's search is the one of this page with a term more, at its end. */
export function excludeByAlt(): void {
  // In the capture phase: a browser would save the page that the link leads to.
  addEventListener(
    'click',
    (event) => {
      const link = event.target instanceof Element ? event.target.closest('a') : null
      if (!event.altKey || !link?.closest('.traces tbody, .facets')) return
      const url = new URL(link.href)
      const shown = new URLSearchParams(location.search).get('q')?.trim() ?? ''
      const wanted = url.searchParams.get('q') ?? ''
      const term = wanted.slice(shown.length).trim()
      if (!wanted.startsWith(shown) || !term || term.startsWith('-')) return
      event.preventDefault()
      event.stopPropagation()
      url.searchParams.set('q', `${shown} -${term}`.trim())
      location.assign(url)
    },
    true,
  )
}
