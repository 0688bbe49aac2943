/**
 * Who takes part, in the order of the tables.
 *
 * @module
 */

import type { Contender } from './contender.ts'

export const contenders: readonly Contender[] = [
  {
    name: 'bare',
    title: 'bare client',
    traces: 'nothing',
    baseline: 'bare',
    packages: ['openai'],
    imports: [],
    load: () => import('./bare.ts'),
  },
  {
    name: 'floor',
    title: 'floor',
    traces: 'fetch',
    baseline: 'bare',
    packages: [],
    imports: [],
    load: () => import('./floor.ts'),
  },
  {
    name: 'carrot',
    title: 'carrot-trace',
    traces: 'fetch',
    baseline: 'bare',
    packages: [],
    imports: ['../dist/index.js'],
    load: () => import('./carrot.ts'),
  },
]

/** Those that are measured by `npm run bench` without `--peers`. */
export const OWN: readonly string[] = ['bare', 'floor', 'carrot']
