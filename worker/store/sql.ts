/**
 * The questions, one text each. `test/store/plans.test.ts` holds each to its index.
 *
 * @module
 */

import type { SpanColumns, TraceColumns } from './rows.ts'

const SPAN_COLUMNS: readonly (keyof SpanColumns)[] = [
  'id',
  'trace_id',
  'trace_told',
  'start_told',
  'start_us',
  'span_id',
  'parent_id',
  'seq',
  'name',
  'kind',
  'status',
  'end_us',
  'model',
  'provider',
  'input_tokens',
  'output_tokens',
  'user_id',
  'session_id',
  'environment',
  'tags',
  'input_preview',
  'output_preview',
  'facts',
]

const TRACE_COLUMNS: readonly (keyof TraceColumns)[] = [
  'trace_id',
  'start_us',
  'name',
  'kind',
  'status',
  'duration_us',
  'input_tokens',
  'output_tokens',
  'span_count',
  'error_count',
  'input_preview',
  'output_preview',
]

const RELATIVE = `id, span_id, parent_id, trace_id, trace_told`

// Upper bound and place in the list in one: what starts earlier, or at that time with a smaller id.
// A row value comparison would say the same and walk the index from its end.
const BETWEEN = (row: string) =>
  `${row}.start_us >= ?1 AND ${row}.start_us <= ?2 AND (${row}.start_us < ?2 OR ${row}.trace_id < ?3)`

const SUMMARY = TRACE_COLUMNS.map((column) => `trace.${column}`).join(', ')

export const sql = {
  span: `SELECT key, ${SPAN_COLUMNS.join(', ')} FROM span WHERE id = ?`,
  // Sorted by the caller: asked for by start, SQLite would walk an index of all traces.
  spansOfTrace: `SELECT key, ${SPAN_COLUMNS.join(', ')} FROM span WHERE trace_id = ?`,
  putSpan: upsert('span', SPAN_COLUMNS, 'id', 'RETURNING key'),
  moveSpan: `UPDATE span SET trace_id = ? WHERE id = ?`,

  // Two records may share the last half of their ids; the smaller id is the parent.
  parent: `SELECT ${RELATIVE} FROM span WHERE span_id = ? ORDER BY id LIMIT 1`,
  // The literal lets the partial index serve.
  followers: `SELECT ${RELATIVE} FROM span WHERE parent_id = ? AND trace_told = 0`,

  body: `SELECT text FROM body WHERE span = ? AND field = ? ORDER BY part`,
  putPart: `INSERT INTO body (span, field, part, text) VALUES (?, ?, ?, ?)
    ON CONFLICT (span, field, part) DO UPDATE SET text = excluded.text WHERE text != excluded.text`,
  cutBody: `DELETE FROM body WHERE span = ? AND field = ? AND part >= ?`,

  totals: `SELECT count(*) AS spans, count(*) FILTER (WHERE status = 'error') AS errors,
    min(start_us) AS start_us, max(end_us) AS end_us,
    sum(input_tokens) AS input_tokens, sum(output_tokens) AS output_tokens
    FROM span WHERE trace_id = ?`,
  root: `SELECT key, ${SPAN_COLUMNS.join(', ')} FROM span WHERE trace_id = ?
    ORDER BY (parent_id IS NOT NULL), start_us, id LIMIT 1`,
  putTrace: upsert('trace', TRACE_COLUMNS, 'trace_id'),
  dropTrace: `DELETE FROM trace WHERE trace_id = ?`,

  labels: `SELECT kind, value FROM label WHERE trace_id = ? AND kind = ? ORDER BY value LIMIT ?`,
  countLabel: `INSERT INTO label (trace_id, kind, value, start_us, spans) VALUES (?, ?, ?, 0, ?)
    ON CONFLICT (trace_id, kind, value) DO UPDATE SET spans = spans + excluded.spans`,
  dropUnused: `DELETE FROM label WHERE trace_id = ? AND spans <= 0`,
  putStatus: `INSERT INTO label (trace_id, kind, value, start_us, spans) VALUES (?, 'status', ?, 0, 1)
    ON CONFLICT (trace_id, kind, value) DO NOTHING`,
  dropStatus: `DELETE FROM label WHERE trace_id = ? AND kind = 'status' AND value != ?`,
  dateLabels: `UPDATE label SET start_us = ?1 WHERE trace_id = ?2 AND start_us != ?1`,
  dropLabels: `DELETE FROM label WHERE trace_id = ?`,

  list: `SELECT ${SUMMARY} FROM trace WHERE ${BETWEEN('trace')}
    ORDER BY start_us DESC, trace_id DESC LIMIT ?4`,
  // One label leads; ?7 is a JSON array of [kind, value], all of which the trace has as well.
  // CROSS JOIN keeps the order of the tables.
  listLabelled: `SELECT ${SUMMARY} FROM label CROSS JOIN trace ON trace.trace_id = label.trace_id
    WHERE label.kind = ?5 AND label.value = ?6 AND ${BETWEEN('label')}
    AND NOT EXISTS (SELECT 1 FROM json_each(?7) AS wanted WHERE NOT EXISTS (
      SELECT 1 FROM label AS other WHERE other.trace_id = label.trace_id
      AND other.kind = wanted.value ->> 0 AND other.value = wanted.value ->> 1))
    ORDER BY label.start_us DESC, label.trace_id DESC LIMIT ?4`,
  // How common a label is, counted no further than it takes to choose.
  commonness: `SELECT count(*) AS traces FROM
    (SELECT 1 FROM label WHERE kind = ? AND value = ? LIMIT 1000)`,
  // From one value to the next by the index; DISTINCT would read every row.
  values: `WITH RECURSIVE step (value) AS (
      SELECT min(value) FROM label WHERE kind = ?1
      UNION ALL
      SELECT (SELECT min(value) FROM label WHERE kind = ?1 AND value > step.value)
      FROM step WHERE step.value IS NOT NULL LIMIT ?2)
    SELECT value FROM step WHERE value IS NOT NULL`,
}

export function spanValues(columns: SpanColumns) {
  return SPAN_COLUMNS.map((column) => columns[column])
}

export function traceValues(columns: TraceColumns) {
  return TRACE_COLUMNS.map((column) => columns[column])
}

function upsert(table: string, columns: readonly string[], key: string, rest = ''): string {
  const set = columns
    .filter((column) => column !== key)
    .map((column) => `${column} = excluded.${column}`)
  return `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})
    ON CONFLICT (${key}) DO UPDATE SET ${set.join(', ')} ${rest}`
}
