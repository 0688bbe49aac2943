/**
 * The one place where text becomes HTML: fragments that our own server rendered.
 *
 * A page's policy allows this name and no other, so nothing else on it can do the same.
 *
 * @see https://www.w3.org/TR/trusted-types/
 * @module
 */

interface PolicyFactory {
  /** Typed as text, as `innerHTML` is; a browser gives a `TrustedHTML`. */
  createPolicy(name: string, rules: Rules): Rules
}

interface Rules {
  createHTML(text: string): string
}

declare global {
  interface Window {
    readonly trustedTypes?: PolicyFactory
  }
}

const TYPE = 'text/html-fragment'
const asIs: Rules = { createHTML: (text) => text }
const policy = window.trustedTypes?.createPolicy('fragment', asIs) ?? asIs

/** Fetches a part of a page. Fails for anything that is not a fragment from this origin. */
export async function fetchFragment(
  address: string | URL,
  signal?: AbortSignal,
): Promise<DocumentFragment> {
  const url = new URL(address, location.href)
  if (url.origin !== location.origin) throw new Error('It is not of this origin')

  const response = await fetch(url, {
    headers: { accept: TYPE },
    redirect: 'error',
    signal: signal ?? null,
  })
  const type = response.headers.get('content-type') ?? ''
  if (!response.ok || !type.startsWith(`${TYPE};`)) {
    throw new Error(`The server answered ${response.status}`)
  }
  return frag(await response.text())
}

function frag(text: string): DocumentFragment {
  const template = document.createElement('template')
  template.innerHTML = policy.createHTML(text)
  return template.content
}
