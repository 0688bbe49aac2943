/**
 * The tables, of one project's spans, as steps that only go forward.
 *
 * A step, once released, is never edited: a later one changes what it made.
 *
 * @module
 */

import type { Migration } from './migrate.ts'

export const SPAN_MIGRATIONS: readonly Migration[] = [
  [
    `CREATE TABLE span (
      key INTEGER PRIMARY KEY,
      id TEXT NOT NULL UNIQUE,
      trace_id TEXT NOT NULL,
      -- Whether the record named the trace, and the start: else they are ours and give way.
      trace_told INTEGER NOT NULL,
      start_told INTEGER NOT NULL,
      start_us INTEGER NOT NULL,
      span_id TEXT NOT NULL,
      parent_id TEXT,
      seq INTEGER NOT NULL,
      name TEXT,
      kind TEXT,
      status TEXT,
      end_us INTEGER,
      model TEXT,
      provider TEXT,
      input_tokens INTEGER,
      output_tokens INTEGER,
      user_id TEXT,
      session_id TEXT,
      environment TEXT,
      tags TEXT,
      input_preview TEXT,
      output_preview TEXT,
      -- JSON of error, call and metadata; NULL where it is too long for a row and is in body.
      facts TEXT
    ) STRICT`,
    // Covers the sums over a trace; a root comes first, then who started first.
    `CREATE INDEX span_trace ON span (
      trace_id, (parent_id IS NOT NULL), start_us, id, end_us, status, input_tokens, output_tokens
    )`,
    `CREATE INDEX span_parent ON span (span_id, id)`,
    `CREATE INDEX span_follower ON span (parent_id) WHERE trace_told = 0`,
    `CREATE TABLE body (
      span INTEGER NOT NULL,
      field TEXT NOT NULL,
      part INTEGER NOT NULL,
      text TEXT NOT NULL,
      UNIQUE (span, field, part)
    ) STRICT`,
    `CREATE TABLE trace (
      trace_id TEXT NOT NULL PRIMARY KEY,
      start_us INTEGER NOT NULL,
      name TEXT NOT NULL,
      kind TEXT NOT NULL,
      status TEXT NOT NULL,
      duration_us INTEGER,
      input_tokens INTEGER,
      output_tokens INTEGER,
      span_count INTEGER NOT NULL,
      error_count INTEGER NOT NULL,
      input_preview TEXT NOT NULL,
      output_preview TEXT NOT NULL
    ) STRICT`,
    `CREATE INDEX trace_start ON trace (start_us, trace_id)`,
    // What a trace can be found by: its status, and every model and tag of its spans.
    `CREATE TABLE label (
      trace_id TEXT NOT NULL,
      kind TEXT NOT NULL,
      value TEXT NOT NULL,
      start_us INTEGER NOT NULL,
      spans INTEGER NOT NULL,
      PRIMARY KEY (trace_id, kind, value)
    ) STRICT, WITHOUT ROWID`,
    `CREATE INDEX label_value ON label (kind, value, start_us, trace_id)`,
  ],
]
