/**
 * The Markdown pages of the project: their headings, and where they lead.
 *
 * @module
 */

import { globSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { root } from './snippets.ts'

/** By their paths in the project. */
export const pages: readonly string[] = globSync('**/*.md', {
  cwd: root,
  exclude: (name) => /(?:^|\/)(?:node_modules|dist|site\/pages|\.[\w-]+)$/.test(String(name)),
}).toSorted()

export interface Link {
  /** As it is written. */
  written: string
  /** The file or folder that it names, by its path in the project. */
  path: string
  /** What of it. */
  anchor: string | undefined
}

/** Those that stay in the project. */
export function linksOf(page: string): Link[] {
  const found = proseOf(page).matchAll(/\]\(([^)\s]+)\)|(?:href|src|srcset)="([^"\s]+)"/g)
  return [...found].flatMap(([, markdown, html]) => {
    const written = markdown ?? html ?? ''
    if (/^\w+:/.test(written)) return []
    const [file = '', anchor] = written.split('#')
    const path = file === '' ? page : normalize(join(dirname(page), file)).replace(/\/$/, '')
    return [{ written, path, anchor }]
  })
}

/** What is wrong with a link, if anything is. */
export function problemOf({ written, path, anchor }: Link): string | undefined {
  if (!statSync(join(root, path), { throwIfNoEntry: false }))
    return `${written}: there is no ${path}`
  if (anchor === undefined || !path.endsWith('.md')) return undefined
  return anchorsOf(path).has(anchor) ? undefined : `${written}: ${path} has no heading for it`
}

/** As GitHub makes them: a heading that comes again has a number. */
function anchorsOf(page: string): Set<string> {
  const anchors = new Set<string>()
  for (const [, heading = ''] of proseOf(page).matchAll(/^#+ (.+)$/gm)) {
    const words = heading.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1').toLowerCase()
    const anchor = words.replace(/[^\p{L}\p{N}\p{M}\s_-]/gu, '').replaceAll(' ', '-')
    let unique = anchor
    for (let again = 1; anchors.has(unique); again += 1) unique = `${anchor}-${again}`
    anchors.add(unique)
  }
  return anchors
}

/** Without code, which may look like anything. */
function proseOf(page: string): string {
  return readFileSync(join(root, page), 'utf8')
    .replace(/^(`{3,})[\s\S]*?^\1$/gm, '')
    .replace(/`[^`\n]*`/g, (code) => code.replace(/[[\]()]/g, '').replaceAll('`', ''))
}
