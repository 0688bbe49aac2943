/**
 * The tables, of one project's spans, as steps that only go forward.
 *
 * A step, once released, is never edited: a later one changes what it made.
 *
 * @module
 */

import type { Migration } from './migrate.ts'

/** Of a row of `span`. Written so in a question, it lets `span_call` serve. */
export const IS_CALL = `(kind IN ('generation', 'embedding') OR model IS NOT NULL)`

/** Likewise, for `span_tool`. */
export const IS_TOOL = `kind = 'tool'`

/** What version 1 kept of a field of `span`, as version 2 does. */
function oldText(field: 'input' | 'output' | 'facts'): string {
  return `(
    SELECT CASE WHEN count(*) = 0 THEN NULL WHEN min(name) IS NULL THEN min(text)
      ELSE '@' || json_group_array(name) END
    FROM (
      SELECT name, text FROM body_1 LEFT JOIN piece ON piece.name = body_1.span || field || part
      WHERE body_1.span = span.key AND field = '${field}' ORDER BY part))`
}

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
  // 2: costs, first texts, search, sums over time, texts stored once by what they are, removal.
  [
    // How often it was written: who read it before knows by this whether it still is as it was.
    `ALTER TABLE span ADD COLUMN rev INTEGER NOT NULL DEFAULT 0`,
    `ALTER TABLE span ADD COLUMN cost_nano INTEGER`,
    `ALTER TABLE span ADD COLUMN first_text_us INTEGER`,
    // Apart from what is read with every trace. JSON; or '@' and the names of its pieces, as 'facts' may be.
    `ALTER TABLE body RENAME TO body_1`,
    `CREATE TABLE body (span INTEGER PRIMARY KEY, input TEXT, output TEXT) STRICT`,
    // A text that is long, or a part of it, under a name made of its content; 'uses' by whole texts.
    `CREATE TABLE piece (
      name TEXT NOT NULL UNIQUE,
      uses INTEGER NOT NULL,
      -- 0: UTF-8. 1: that, deflated.
      coding INTEGER NOT NULL,
      data BLOB NOT NULL
    ) STRICT`,
    `INSERT INTO piece (name, uses, coding, data)
      SELECT span || field || part, 1, 0, CAST(text AS BLOB) FROM body_1
      WHERE field = 'facts' OR part > 0 OR length(text) > 4096
        OR (span, field) IN (SELECT span, field FROM body_1 WHERE part = 1)`,
    `INSERT INTO body (span, input, output)
      SELECT key, ${oldText('input')}, ${oldText('output')} FROM span
      WHERE EXISTS (SELECT 1 FROM body_1 WHERE body_1.span = span.key AND field != 'facts')`,
    `UPDATE span SET facts = ${oldText('facts')} WHERE facts IS NULL`,
    `DROP TABLE body_1`,

    `DROP INDEX span_parent`,
    `CREATE INDEX span_parent ON span (span_id)`,
    `DROP INDEX span_trace`,
    `CREATE INDEX span_trace ON span (
      trace_id, (parent_id IS NOT NULL), start_us, id, end_us, status, input_tokens, output_tokens,
      cost_nano, first_text_us
    )`,
    // Covers the sums over calls.
    `CREATE INDEX span_call ON span (
      start_us, kind, status, model, provider, end_us, first_text_us, input_tokens, output_tokens, cost_nano
    ) WHERE ${IS_CALL}`,

    `ALTER TABLE trace RENAME TO trace_1`,
    `DROP INDEX trace_start`,
    `CREATE TABLE trace (
      key INTEGER PRIMARY KEY,
      trace_id TEXT NOT NULL UNIQUE,
      start_us INTEGER NOT NULL,
      name TEXT NOT NULL,
      kind TEXT NOT NULL,
      status TEXT NOT NULL,
      duration_us INTEGER,
      input_tokens INTEGER,
      output_tokens INTEGER,
      cost_nano INTEGER,
      cost_missing INTEGER NOT NULL,
      first_text_us INTEGER,
      span_count INTEGER NOT NULL,
      error_count INTEGER NOT NULL,
      input_preview TEXT NOT NULL,
      output_preview TEXT NOT NULL
    ) STRICT`,
    `INSERT INTO trace (
        trace_id, start_us, name, kind, status, duration_us, input_tokens, output_tokens,
        cost_missing, span_count, error_count, input_preview, output_preview)
      SELECT trace_id, start_us, name, kind, status, duration_us, input_tokens, output_tokens,
        0, span_count, error_count, input_preview, output_preview FROM trace_1
      ORDER BY start_us, trace_id`,
    `DROP TABLE trace_1`,
    `CREATE INDEX trace_start ON trace (start_us)`,

    `DROP TABLE label`,
    // What a trace can be found by; 'spans' of them have it.
    `CREATE TABLE label (
      trace INTEGER NOT NULL,
      field TEXT NOT NULL,
      value TEXT NOT NULL,
      start_us INTEGER NOT NULL,
      spans INTEGER NOT NULL,
      PRIMARY KEY (trace, field, value)
    ) STRICT, WITHOUT ROWID`,
    `CREATE INDEX label_value ON label (field, value, start_us, trace)`,

    // Words of a text; it is numbered twice the span's key, and one more where it is the output.
    `CREATE VIRTUAL TABLE words USING fts5 (
      text, content = '', contentless_delete = 1, detail = none, tokenize = 'unicode61 remove_diacritics 2'
    )`,
    `CREATE TABLE unread (number INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT`,

    // Traces that were removed by name: their late steps are not taken.
    `CREATE TABLE removed (trace_id TEXT NOT NULL PRIMARY KEY, at_us INTEGER NOT NULL) STRICT, WITHOUT ROWID`,

    `CREATE TABLE state (name TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID`,
    // All that version 1 wrote is still to be read: labels, words and costs.
    `INSERT INTO state (name, value) SELECT 'reread', '0' WHERE EXISTS (SELECT 1 FROM span)`,
    // Writing to it fails: what comes before it in a transaction does not hold any more.
    `CREATE TABLE clash (at INTEGER CHECK (at = 0)) STRICT`,
  ],
  // 3: sessions, and sums of tools.
  [
    `CREATE INDEX label_session ON label (start_us, value, trace) WHERE field = 'session'`,
    // Covers the sums over runs of tools.
    `CREATE INDEX span_tool ON span (
      start_us, name, status, end_us, first_text_us, input_tokens, output_tokens, cost_nano
    ) WHERE ${IS_TOOL}`,
  ],
]
