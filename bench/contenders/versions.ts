/**
 * Which versions were measured: of what is installed, as it says itself.
 *
 * @module
 */

import { readFileSync } from 'node:fs'
import type { Contender } from './contender.ts'

export function versionsOf(who: readonly Contender[]): Record<string, string> {
  const names = [...new Set(who.flatMap(({ packages }) => packages))]
  const own = versionIn(new URL('../../package.json', import.meta.url))
  return Object.fromEntries([
    ['carrot-trace', own],
    ...names.map((name) => [
      name,
      versionIn(new URL(`../node_modules/${name}/package.json`, import.meta.url)),
    ]),
  ])
}

function versionIn(file: URL): string {
  return JSON.parse(readFileSync(file, 'utf8')).version
}
