/**
 * What was measured, as `results.json` keeps it: every round, unrounded by anybody.
 *
 * @module
 */

import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { cpus, loadavg } from 'node:os'
import type { Run } from './runner.ts'

export interface Results {
  measuredOn: string
  rounds: number
  minutes: number
  machine: { cores: number; processor: string; node: string; platform: string }
  /** Of the machine, over the last minute, before and after: more than 1 of 2 cores busy is noise. */
  load: { before: number; after: number }
  /** Of the packages measured. */
  versions: Record<string, string>
  /** By scenario, then by contender: one run a round; the bare client has two. */
  runs: Record<string, Record<string, Run[]>>
}

const FILE = new URL('results.json', import.meta.url)

export function hasResults(): boolean {
  return existsSync(FILE)
}

export function readResults(): Results {
  return JSON.parse(readFileSync(FILE, 'utf8')) // written by `writeResults`
}

export function writeResults(results: Results): void {
  writeFileSync(FILE, `${JSON.stringify(results, rounded, 1)}\n`)
}

/** Six digits are more than any clock here can tell. */
function rounded(_key: string, value: unknown): unknown {
  return typeof value === 'number' ? Number(value.toPrecision(6)) : value
}

export function machine(): Results['machine'] {
  const [first] = cpus()
  return {
    cores: cpus().length,
    processor: first?.model ?? 'unknown',
    node: process.versions.node,
    platform: `${process.platform} ${process.arch}`,
  }
}

export function load(): number {
  return loadavg()[0] ?? 0
}
