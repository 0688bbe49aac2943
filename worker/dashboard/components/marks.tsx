/**
 * Marks for kinds and states. Each has a shape of its own and a word: colour is never alone.
 *
 * The shapes stand once per page, in `Sprite`, and are referred to by every row.
 *
 * @module
 */

import type { SpanKind, SpanStatus } from '../../../src/lib/record.ts'

const SHAPES: Record<SpanKind | SpanStatus, string> = {
  workflow: 'M4 2.5v9.25a.75.75 0 0 0 .75.75H8M4 5.5h4M9 3.75h4v3.5H9zM9 10.75h4v3.5H9z',
  agent: 'M8 1.8l5.4 3.1v6.2L8 14.2l-5.4-3.1V4.9zM8 6v4M6 8h4',
  task: 'M4.5 2.75h7A1.75 1.75 0 0 1 13.25 4.5v7a1.75 1.75 0 0 1-1.75 1.75h-7A1.75 1.75 0 0 1 2.75 11.5v-7A1.75 1.75 0 0 1 4.5 2.75z',
  tool: 'M13.2 4.6l-2 2-1.8-1.8 2-2a3.6 3.6 0 0 0-4.6 4.5L2.4 11.7l1.9 1.9 4.4-4.4a3.6 3.6 0 0 0 4.5-4.6z',
  retriever: 'M7 2.75a4.25 4.25 0 1 1 0 8.5 4.25 4.25 0 0 1 0-8.5zM10.2 10.2l3.4 3.4',
  embedding: 'M3 3h2v2H3zM7 3h2v2H7zM11 3h2v2h-2zM3 7h2v2H3zM11 7h2v2h-2zM3 11h2v2H3zM7 11h2v2H7z',
  generation: 'M8 1.8l1.7 4.5L14.2 8l-4.5 1.7L8 14.2l-1.7-4.5L1.8 8l4.5-1.7z',
  guardrail: 'M8 1.9l5 1.9v3.9c0 3-2.1 5.2-5 6.4-2.9-1.2-5-3.4-5-6.4V3.8z',
  evaluator: 'M8 2a6 6 0 1 1 0 12A6 6 0 0 1 8 2zM5.3 8.2l1.9 1.9 3.5-4',
  success: 'M3.5 8.5l3 3 6-6.5',
  error: 'M8 2a6 6 0 1 1 0 12A6 6 0 0 1 8 2zM8 4.8v4M8 10.8v.4',
  running: 'M8 2.5A5.5 5.5 0 1 1 2.5 8',
}

export function Sprite() {
  return (
    <svg class="sprite" width="0" height="0" aria-hidden="true" focusable="false">
      {Object.entries(SHAPES).map(([name, path]) => (
        <symbol id={`m-${name}`} viewBox="0 0 16 16">
          <path d={path} />
        </symbol>
      ))}
    </svg>
  )
}

export function Kind({ kind }: { kind: SpanKind }) {
  return (
    <svg class={`mark k-${kind}`} role="img" aria-label={kind}>
      <use href={`#m-${kind}`} />
    </svg>
  )
}

export function Status({ status }: { status: SpanStatus }) {
  return (
    <span class={`status s-${status}`}>
      <StatusMark status={status} />
    </span>
  )
}

export function StatusMark({ status }: { status: SpanStatus }) {
  return (
    <>
      <svg class="mark" aria-hidden="true">
        <use href={`#m-${status}`} />
      </svg>
      {status}
    </>
  )
}
