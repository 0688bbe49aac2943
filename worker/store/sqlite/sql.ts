/**
 * The questions and changes that have one text each. `test/store/plans.test.ts` holds each to its index.
 *
 * Whatever comes in numbers is one parameter, an array as JSON: engines limit parameters, not their
 * length. CROSS JOIN keeps the order of the tables: SQLite would put the large one outside.
 *
 * @module
 */

import type { SpanColumns } from './rows.ts'
import type { TraceColumns } from './trace-rows.ts'

export const SPAN_COLUMNS: readonly (keyof SpanColumns)[] = [
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
  'cost_nano',
  'first_text_us',
  'user_id',
  'session_id',
  'environment',
  'tags',
  'input_preview',
  'output_preview',
  'facts',
]

const TRACE_COLUMNS: readonly (keyof TraceColumns)[] = [
  'key',
  'trace_id',
  'start_us',
  'name',
  'kind',
  'status',
  'duration_us',
  'input_tokens',
  'output_tokens',
  'cost_nano',
  'cost_missing',
  'first_text_us',
  'span_count',
  'error_count',
  'input_preview',
  'output_preview',
]

export const SUMMARY: string = TRACE_COLUMNS.map((column) => `trace.${column}`).join(', ')

const spanColumns = (row: string) =>
  ['key', 'rev', ...SPAN_COLUMNS].map((column) => `${row}.${column}`).join(', ')

const SPAN = spanColumns('span')
const WHOLE = `${SPAN}, body.input, body.output`
const WITH_BODY = `LEFT JOIN body ON body.span = span.key`
const MAX_EXACT = Number.MAX_SAFE_INTEGER

const FOLLOWERS = `family (id, span_id) AS (
    SELECT follower.id, follower.span_id FROM json_each(?1) AS wanted
      CROSS JOIN span AS follower ON follower.parent_id = wanted.value AND follower.trace_told = 0
    UNION
    SELECT follower.id, follower.span_id FROM family
      CROSS JOIN span AS follower ON follower.parent_id = family.span_id AND follower.trace_told = 0)`

export const sql = {
  spans: `SELECT ${WHOLE} FROM json_each(?1) AS wanted
    CROSS JOIN span ON span.id = wanted.value ${WITH_BODY}`,
  // Sorted by the caller: asked for by start, SQLite would walk an index of all traces.
  spansOfTrace: `SELECT ${SPAN} FROM span WHERE trace_id = ?1`,
  spansFrom: `SELECT ${WHOLE} FROM span ${WITH_BODY} WHERE key > ?1 ORDER BY key LIMIT ?2`,
  textsOfTraces: `SELECT span.key, facts, input, output FROM json_each(?1) AS wanted
    CROSS JOIN span ON span.trace_id = wanted.value ${WITH_BODY} LIMIT ?2`,
  pieces: `SELECT piece.name, coding, data FROM json_each(?1) AS wanted
    CROSS JOIN piece ON piece.name = wanted.value`,
  knownPieces: `SELECT piece.name FROM json_each(?1) AS wanted
    CROSS JOIN piece ON piece.name = wanted.value`,
  state: `SELECT value FROM state WHERE name = ?1`,
  putState: `INSERT INTO state (name, value) VALUES (?1, ?2)
    ON CONFLICT (name) DO UPDATE SET value = excluded.value`,
  dropState: `DELETE FROM state WHERE name = ?1`,
  // All that wait for these, by their span ids, and all that wait for those.
  followers: `WITH RECURSIVE ${FOLLOWERS}
    SELECT ${WHOLE} FROM family CROSS JOIN span ON span.id = family.id ${WITH_BODY}`,
  // Two records may share the last half of their ids; the smaller id is the parent.
  parents: `SELECT ${SPAN} FROM json_each(?1) AS wanted CROSS JOIN span ON span.span_id = wanted.value`,
  removed: `SELECT trace_id FROM json_each(?1) AS wanted
    CROSS JOIN removed ON removed.trace_id = wanted.value`,

  // ?1 is [id, rev] of what was read, ?2 how often families changed or NULL, ?3 the pieces relied upon.
  clash: `INSERT INTO clash (at) SELECT 1 WHERE
    EXISTS (SELECT 1 FROM json_each(?1) AS seen LEFT JOIN span ON span.id = seen.value ->> 0
      WHERE coalesce(span.rev, -1) != seen.value ->> 1)
    OR coalesce(?2 != coalesce((SELECT value FROM state WHERE name = 'families'), '0'), 0)
    OR EXISTS (SELECT 1 FROM json_each(?3) AS needed LEFT JOIN piece ON piece.name = needed.value
      WHERE piece.name IS NULL)`,
  countFamilies: `INSERT INTO state (name, value) VALUES ('families', '1')
    ON CONFLICT (name) DO UPDATE SET value = CAST(value + 1 AS TEXT)`,

  putSpans: `INSERT INTO span (rev, ${SPAN_COLUMNS.join(', ')})
    SELECT 1, ${SPAN_COLUMNS.map((_, index) => `value ->> ${index}`).join(', ')} FROM json_each(?1) WHERE true
    ON CONFLICT (id) DO UPDATE SET rev = rev + 1, ${SPAN_COLUMNS.filter((column) => column !== 'id')
      .map((column) => `${column} = excluded.${column}`)
      .join(', ')}`,
  // ?1 is [id, input, output].
  putBodies: `INSERT INTO body (span, input, output)
    SELECT span.key, told.value ->> 1, told.value ->> 2
    FROM json_each(?1) AS told CROSS JOIN span ON span.id = told.value ->> 0 WHERE true
    ON CONFLICT (span) DO UPDATE SET input = excluded.input, output = excluded.output`,
  dropBodies: `DELETE FROM body WHERE span IN (SELECT value FROM json_each(?1))`,
  dropSpans: `DELETE FROM span WHERE key IN (SELECT value FROM json_each(?1))`,

  usePieces: `UPDATE piece SET uses = uses + (used.value ->> 1) FROM json_each(?1) AS used
    WHERE piece.name = used.value ->> 0`,
  dropPieces: `DELETE FROM piece WHERE name IN (SELECT value FROM json_each(?1)) AND uses <= 0`,

  // What the steps of a trace come to. A root comes first, then who started first.
  putTraces: `INSERT INTO trace (${TRACE_COLUMNS.slice(1).join(', ')})
    SELECT totals.trace_id, totals.start_us,
      coalesce(root.name, root.model, root.kind, ${kindOf('root')}),
      coalesce(root.kind, ${kindOf('root')}),
      coalesce(root.status, 'running'),
      iif(coalesce(root.status, 'running') = 'running' OR totals.end_us IS NULL, NULL,
        min(max(0, totals.end_us - totals.start_us), ${MAX_EXACT})),
      totals.input_tokens, totals.output_tokens, totals.cost_nano, totals.cost_missing,
      totals.first_text_us, totals.spans, totals.errors,
      coalesce(root.input_preview, ''), coalesce(root.output_preview, '')
    FROM (
      SELECT wanted.value AS trace_id, count(*) AS spans,
        count(*) FILTER (WHERE span.status = 'error') AS errors,
        min(span.start_us) AS start_us, max(span.end_us) AS end_us,
        sum(span.input_tokens) AS input_tokens, sum(span.output_tokens) AS output_tokens,
        sum(span.cost_nano) AS cost_nano,
        count(*) FILTER (WHERE span.cost_nano IS NULL AND span.input_tokens IS NOT NULL) AS cost_missing,
        max(span.first_text_us) AS first_text_us
      FROM json_each(?1) AS wanted CROSS JOIN span ON span.trace_id = wanted.value
      GROUP BY wanted.value) AS totals
    CROSS JOIN span AS root ON root.key = (
      SELECT key FROM span WHERE span.trace_id = totals.trace_id
      ORDER BY (parent_id IS NOT NULL), start_us, id LIMIT 1)
    WHERE true
    ON CONFLICT (trace_id) DO UPDATE SET ${TRACE_COLUMNS.slice(2)
      .map((column) => `${column} = excluded.${column}`)
      .join(', ')}`,
  dropTraces: `DELETE FROM trace WHERE trace_id IN (SELECT value FROM json_each(?1))
    AND NOT EXISTS (SELECT 1 FROM span WHERE span.trace_id = trace.trace_id)`,
  // Before their traces.
  dropLabels: `DELETE FROM label WHERE trace IN (
    SELECT trace.key FROM json_each(?1) AS wanted CROSS JOIN trace ON trace.trace_id = wanted.value
    WHERE NOT EXISTS (SELECT 1 FROM span WHERE span.trace_id = trace.trace_id))`,
  // ?1 is [trace_id, field, value, how many more].
  countLabels: `INSERT INTO label (trace, field, value, start_us, spans)
    SELECT trace.key, change.value ->> 1, change.value ->> 2, trace.start_us, change.value ->> 3
    FROM json_each(?1) AS change CROSS JOIN trace ON trace.trace_id = change.value ->> 0 WHERE true
    ON CONFLICT (trace, field, value) DO UPDATE SET spans = spans + excluded.spans`,
  dropUnused: `DELETE FROM label WHERE spans <= 0 AND trace IN (
    SELECT trace.key FROM json_each(?1) AS wanted CROSS JOIN trace ON trace.trace_id = wanted.value)`,
  putStatus: `INSERT INTO label (trace, field, value, start_us, spans)
    SELECT trace.key, 'status', trace.status, trace.start_us, 1
    FROM json_each(?1) AS wanted CROSS JOIN trace ON trace.trace_id = wanted.value WHERE true
    ON CONFLICT (trace, field, value) DO NOTHING`,
  // A status that it has no more, and a start that it has no more.
  dropStatus: `DELETE FROM label WHERE (trace, field, value) IN (
    SELECT trace.key, 'status', other.value FROM json_each(?1) AS wanted
    CROSS JOIN trace ON trace.trace_id = wanted.value
    CROSS JOIN json_each('["running", "success", "error"]') AS other ON other.value != trace.status)`,
  dateLabels: `UPDATE label SET start_us = (SELECT start_us FROM trace WHERE trace.key = label.trace)
    WHERE (trace, field, value) IN (
      SELECT other.trace, other.field, other.value FROM json_each(?1) AS wanted
      CROSS JOIN trace ON trace.trace_id = wanted.value
      CROSS JOIN label AS other ON other.trace = trace.key AND other.start_us != trace.start_us)`,

  // ?1 is [id, 0 for the input or 1 for the output, text].
  putUnread: `INSERT INTO unread (number, text)
    SELECT 2 * span.key + (told.value ->> 1), told.value ->> 2
    FROM json_each(?1) AS told CROSS JOIN span ON span.id = told.value ->> 0 WHERE true
    ON CONFLICT (number) DO UPDATE SET text = excluded.text`,
  readWords: `INSERT OR REPLACE INTO words (rowid, text)
    SELECT number, text FROM unread ORDER BY number LIMIT ?1`,
  dropRead: `DELETE FROM unread WHERE number IN (SELECT number FROM unread ORDER BY number LIMIT ?1)`,
  isUnread: `SELECT 1 AS yes FROM unread LIMIT 1`,
  dropWords: `DELETE FROM words WHERE rowid IN (SELECT value FROM json_each(?1))`,
  dropUnread: `DELETE FROM unread WHERE number IN (SELECT value FROM json_each(?1))`,

  remember: `INSERT INTO removed (trace_id, at_us) SELECT value, ?2 FROM json_each(?1) WHERE true
    ON CONFLICT (trace_id) DO NOTHING`,
  forget: `DELETE FROM removed WHERE at_us < ?1`,
  oldest: `SELECT trace_id FROM trace WHERE start_us < ?1 ORDER BY start_us LIMIT ?2`,

  labelsOf: `SELECT label.trace, label.value FROM json_each(?1) AS wanted
    CROSS JOIN label ON label.trace = wanted.value AND label.field = ?2`,
}

/** Of a step that does not say: a call if a model is named; else it depends on where it stands. */
function kindOf(row: string): string {
  return `iif(${row}.model IS NOT NULL, 'generation', iif(${row}.parent_id IS NULL, 'workflow', 'task'))`
}

export function spanValues(columns: SpanColumns) {
  return SPAN_COLUMNS.map((column) => columns[column])
}
