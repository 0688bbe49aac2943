/**
 * The site: every page of the project, the reference made from docstrings, and a search over both.
 *
 * @module
 */

import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { fileURLToPath } from 'node:url'
import { defineConfig, type DefaultTheme, type MarkdownOptions } from 'vitepress'

const root = fileURLToPath(new URL('../..', import.meta.url))
/** Where the source can be seen, such as `https://example.com/carrot-trace/blob/main/`. */
const source = process.env.SITE_SOURCE

const PACKAGE = 'carrot-trace'

/** The index is written once, for readers of files; here it is the side bar. */
function sidebar(): DefaultTheme.SidebarItem[] {
  const groups: DefaultTheme.SidebarItem[] = []
  for (const line of readFileSync(join(root, 'docs/README.md'), 'utf8').split('\n')) {
    const [, title] = /^\*\*(.+)\*\*$/.exec(line) ?? []
    if (title) groups.push({ text: title, items: [], collapsed: title === 'Decisions' })
    const [, text = '', link = ''] = /^- \[(.+?)\]\((.+?)\)/.exec(line) ?? []
    const path = normalize(join('docs', link)).replace(/(?:README)?\.md$/, '')
    if (link) groups.at(-1)?.items?.push({ text: text.replaceAll('`', ''), link: `/${path}` })
  }
  return [...groups, { text: 'Reference', collapsed: true, items: entries() }]
}

function entries(): DefaultTheme.SidebarItem[] {
  return globSync('site/pages/api/*.md', { cwd: root })
    .toSorted()
    .map((file) => file.slice('site/pages/api/'.length, -'.md'.length))
    .filter((name) => name !== 'overview')
    .map((name) =>
      name === 'index'
        ? { text: PACKAGE, link: '/api/' }
        : { text: `${PACKAGE}/${name.replace('-', '/')}`, link: `/api/${name}` },
    )
}

/** What a link leads to that is no page: the source, where it can be seen, and else nowhere. */
const markdown: MarkdownOptions = {
  config(md) {
    md.core.ruler.push('source', ({ tokens, env }) => {
      const page = String(env.relativePath)
      // A page of the reference is called after its file; it is that of an entry.
      const [, entry] = /^api\/(.+)\.md$/.exec(page) ?? []
      const title = tokens.find(({ type }, at) => type === 'inline' && tokens[at - 1]?.tag === 'h1')
      const [text] = title?.children ?? []
      if (entry && text)
        text.content = entry === 'index' ? PACKAGE : `${PACKAGE}/${entry.replace('-', '/')}`
      for (const token of tokens.flatMap((token) => [token, ...(token.children ?? [])])) {
        if (!token.type.startsWith('html')) continue
        // As the bundler has to have it, to take the picture along.
        token.content = token.content.replace(/\b(src|srcset)="(?![./]|\w+:)/g, '$1="./')
      }
      for (const token of tokens.flatMap(({ children }) => children ?? [])) {
        const href = token.attrGet('href')
        if (token.type !== 'link_open' || href === null || /^(?:\w+:|#)/.test(href)) continue
        const path = normalize(join(dirname(page), href.replace(/#.*/, '')))
        if (path.endsWith('.md') || !existsSync(join(root, path))) continue
        if (source) token.attrSet('href', source + path)
        else token.attrs = []
      }
    })
  },
}

export default defineConfig({
  title: 'Carrot Trace',
  description: 'Traces LLM calls by wrapping fetch, on any JavaScript runtime.',
  srcDir: 'pages',
  outDir: 'dist',
  cacheDir: '.cache',
  cleanUrls: true,
  srcExclude: ['api/overview.md'],
  rewrites: (id) => id.replace(/(^|\/)README\.md$/, '$1index.md'),
  markdown,
  themeConfig: {
    search: { provider: 'local' },
    outline: [2, 3],
    sidebar: sidebar(),
    nav: [
      { text: 'Documentation', link: '/docs/' },
      { text: 'Quick start', link: '/docs/guides/runtimes' },
      { text: 'Reference', link: '/api/' },
    ],
  },
})
