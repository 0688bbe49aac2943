/**
 * A button to copy what stands in a block of code.
 *
 * @module
 */

export function copyButtons(root: ParentNode): void {
  // Only where the browser lets a page write to the clipboard.
  if (!('clipboard' in navigator)) return
  for (const code of root.querySelectorAll<HTMLElement>('pre[data-copy]')) {
    const text = code.textContent
    const button = document.createElement('button')
    button.textContent = 'Copy'
    button.addEventListener('click', () => {
      void navigator.clipboard.writeText(text).then(() => {
        button.textContent = 'Copied'
      })
    })
    code.append(button)
  }
}
