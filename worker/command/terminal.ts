/**
 * What the command writes: results to the output, all else beside it, so that a pipe gets results alone.
 *
 * @module
 */

import { COLORS, type Paint, PLAIN } from '../../src/lib/export/console-text.ts'
import { mayColor } from '../../src/lib/runtime/colors.ts'

export function paint(): Paint {
  return mayColor() ? COLORS : PLAIN
}

export function print(text: string): void {
  process.stdout.write(`${text}\n`)
}

/** For who watches, and not for a pipe. */
export function note(text: string): void {
  process.stderr.write(`${text}\n`)
}

export function printJson(value: unknown): void {
  print(JSON.stringify(value, null, 2))
}

export interface Progress {
  show(text: string): void
  /** Leaves the last line to what comes after. */
  end(): void
}

const EVERY_MS = 100

/** One line that is written over again and again; on a terminal alone. */
export function progress(): Progress {
  const { stderr } = process
  let shownMs = -Infinity
  let isShown = false
  return {
    show(text) {
      if (!stderr.isTTY || performance.now() - shownMs < EVERY_MS) return
      shownMs = performance.now()
      isShown = true
      stderr.write(`\r${text.slice(0, stderr.columns - 1)}\u001b[K`)
    },
    end() {
      if (isShown) stderr.write('\r\u001b[K')
    },
  }
}

/** What a terminal would carry out, or be led astray by. */
// oxlint-disable-next-line no-control-regex -- that is what is looked for
const CONTROLS = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g

/** Captured text, harmless and in one line. */
export function shown(text: string, width = Infinity): string {
  const harmless = text.replace(CONTROLS, '·')
  return harmless.length > width ? `${harmless.slice(0, Math.max(0, width - 1))}…` : harmless
}

/** Rows in columns, the last of which may be as long as it is. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => (row[column] ?? '').length)),
  )
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}
