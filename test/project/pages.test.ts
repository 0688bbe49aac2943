import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { linksOf, pages, problemOf } from './pages.ts'
import { root } from './snippets.ts'

describe('the pages', () => {
  it.each(pages.map((page) => ({ page })))('lead somewhere: $page', ({ page }) => {
    expect(linksOf(page).flatMap((link) => problemOf(link) ?? [])).toEqual([])
  })

  it('are all in the index', () => {
    const index = new Set(linksOf('docs/README.md').map(({ path }) => path))
    const own = pages.filter((page) => page.startsWith('docs/') && page !== 'docs/README.md')
    expect(own.filter((page) => !index.has(page))).toEqual([])
  })
})

describe('a link', () => {
  it.each([
    ['nowhere.md', 'nowhere.md: there is no docs/nowhere.md'],
    ['limits.md#nothing', 'limits.md#nothing: docs/limits.md has no heading for it'],
    ['limits.md#the-collector-taking', undefined],
  ])('%s: %s', (written, problem) => {
    const [file = '', anchor] = written.split('#')
    expect(problemOf({ written, path: join('docs', file), anchor })).toBe(problem)
  })
})

describe('docs/troubleshooting.md', () => {
  it('names every code that an error can have', () => {
    const source = readFileSync(join(root, 'src/lib/errors.ts'), 'utf8')
    const codes = [...source.matchAll(/^ {2}\| '(\w+)'$/gm)].map(([, code]) => code)
    const page = readFileSync(join(root, 'docs/troubleshooting.md'), 'utf8')
    const named = [...page.matchAll(/^\| `(\w+)` +\|/gm)].map(([, code]) => code)
    expect(codes.length).toBeGreaterThan(10)
    expect(new Set(named)).toEqual(new Set(codes))
  })
})
