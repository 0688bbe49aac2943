/**
 * The keyboard in the list. Keys of one letter do nothing while somebody types, and can be switched off.
 *
 * @see https://www.w3.org/WAI/WCAG22/Understanding/character-key-shortcuts.html
 * @module
 */

export interface ListKeys {
  show(): void
}

/** In the browser's own memory: it is a habit of who sits there, and nothing of the project. */
export const OFF = 'carrot-keys-off'

export function listKeys({ show }: ListKeys): void {
  const box = document.querySelector<HTMLInputElement>('#q')
  const help = document.querySelector<HTMLDetailsElement>('#help')
  const toggle = document.querySelector<HTMLInputElement>('#keys-on')
  if (toggle) {
    toggle.checked = localStorage.getItem(OFF) === null
    toggle.closest('label')?.removeAttribute('hidden')
    toggle.addEventListener('change', () => {
      if (toggle.checked) localStorage.removeItem(OFF)
      else localStorage.setItem(OFF, '')
    })
  }

  const links = () => [...document.querySelectorAll<HTMLAnchorElement>('a.open')]
  const current = () => document.activeElement?.closest('table.traces tbody tr')

  function step(by: 1 | -1): boolean {
    const all = links()
    const at = all.findIndex((link) => link.closest('tr') === current())
    const next = all[at < 0 ? 0 : at + by]
    next?.focus()
    next?.scrollIntoView({ block: 'nearest' })
    return true
  }

  /** The next value of the row. */
  function toValue(): boolean {
    const values = [...(current()?.querySelectorAll<HTMLAnchorElement>('a:not(.open)') ?? [])]
    const at = values.findIndex((link) => link === document.activeElement)
    values[(at + 1) % values.length]?.focus()
    return values.length > 0
  }

  function act(key: string): boolean {
    switch (key) {
      case 'j':
        return step(1)
      case 'k':
        return step(-1)
      case '/':
        box?.focus()
        box?.select()
        return box !== null
      case 'f':
        return toValue()
      case 'n':
        show()
        return true
      case '?':
        if (help) help.open = !help.open
        if (help?.open) help.querySelector('summary')?.focus()
        return help !== null
    }
    return false
  }

  addEventListener('keydown', (event) => {
    const { target, key } = event
    if (event.altKey || event.ctrlKey || event.metaKey) return
    const isTyping = target instanceof Element && target.closest('input,select,textarea') !== null
    if (key === 'Escape') {
      if (help) help.open = false
      if (isTyping) links()[0]?.focus()
      return
    }
    if (isTyping || (key.length === 1 && toggle?.checked === false)) return
    if (act(key)) event.preventDefault()
  })
}
