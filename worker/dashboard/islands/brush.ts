/**
 * Drawing over a chart narrows the time to what was drawn over.
 *
 * @module
 */

/** Less is a click, which the link below answers. */
const LEAST_PX = 6

export function brush(chart: SVGSVGElement): void {
  const [from, to] = [Number(chart.dataset.from), Number(chart.dataset.to)]
  let start: number | undefined
  let isDrawn = false
  const mark = document.createElementNS('http://www.w3.org/2000/svg', 'rect')
  mark.classList.add('brush')
  mark.setAttribute('height', '100%')

  const share = (x: number) => {
    const { left, width } = chart.getBoundingClientRect()
    return Math.min(Math.max((x - left) / width, 0), 1)
  }
  const widthOf = (x: number) => Math.abs(share(x) - (start ?? 0)) * chart.clientWidth

  chart.addEventListener('pointerdown', (event) => {
    if (event.button !== 0 || event.pointerType === 'touch') return
    start = share(event.clientX)
    isDrawn = false
  })
  chart.addEventListener('dragstart', (event) => event.preventDefault()) // of the links in it
  chart.addEventListener('pointermove', (event) => {
    if (start === undefined || (!isDrawn && widthOf(event.clientX) < LEAST_PX)) return
    if (!isDrawn) {
      isDrawn = true
      chart.setPointerCapture(event.pointerId)
      chart.append(mark)
    }
    const end = share(event.clientX)
    mark.setAttribute('x', `${Math.min(start, end) * 100}%`)
    mark.setAttribute('width', `${Math.abs(end - start) * 100}%`)
  })
  chart.addEventListener('pointerup', (event) => {
    if (isDrawn && start !== undefined) {
      const ends = [start, share(event.clientX)].toSorted((one, other) => one - other)
      go(ends.map((at) => from + at * (to - from)))
    }
    start = undefined
  })
  chart.addEventListener('pointercancel', () => {
    start = undefined
    mark.remove()
  })
  chart.addEventListener(
    'click',
    (event) => {
      if (!isDrawn) return
      event.preventDefault()
      event.stopPropagation()
    },
    true,
  )
}

function go(ends: readonly number[]): void {
  const url = new URL(location.href)
  for (const name of ['range', 'before', 'from', 'to']) url.searchParams.delete(name)
  for (const [index, name] of ['from', 'to'].entries()) {
    url.searchParams.set(name, new Date((ends[index] ?? 0) / 1000).toISOString())
  }
  location.assign(url)
}
