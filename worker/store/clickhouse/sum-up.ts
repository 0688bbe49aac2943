/**
 * What the spans of traces come to, added up by the engine itself.
 *
 * The version of a trace is the sum of its spans' versions: it grows with every change of one of them.
 * A span that moved away leaves a row behind, so that it grows then as well.
 *
 * @module
 */

import { listOf } from './client.ts'

/** 1 January 2026 in microseconds: the sum of fifty thousand versions fits for ten years. */
const EPOCH_US = 1_767_225_600_000_000

const HERE = 'gone = 0'

/** Of a root before all others, then of who started first. */
const first = (column: string) => `argMinIf(${column}, (root = 0, start_us, id), ${HERE})`

const STATUS = first('status')

export const SUM_UP = `INSERT INTO trace
  SELECT project, trace_id,
    sum(version - ${EPOCH_US}) AS sum_version,
    countIf(${HERE}) AS all_spans,
    countIf(${HERE} AND status = 'error') AS all_errors,
    minIf(start_us, ${HERE}) AS first_us,
    if(${STATUS} = 'running' OR countIf(${HERE} AND end_us IS NOT NULL) = 0, NULL,
      least(greatest(0, maxIf(assumeNotNull(end_us), ${HERE} AND end_us IS NOT NULL) - first_us), ${Number.MAX_SAFE_INTEGER})) AS duration,
    ${first('name')} AS root_name, ${first('kind')} AS root_kind, ${STATUS} AS root_status,
    sumIf(input_tokens, ${HERE}) AS all_input, sumIf(output_tokens, ${HERE}) AS all_output,
    sumIf(cost_nano, ${HERE}) AS all_cost,
    countIf(${HERE} AND cost_nano IS NULL AND input_tokens IS NOT NULL) AS all_missing,
    maxIf(first_text_us, ${HERE}) AS last_first_text,
    arrayPushBack(groupUniqArrayArrayIf(marks, ${HERE}), concat('status\\n', root_status)) AS all_marks,
    ${first('input_preview')} AS root_input, ${first('output_preview')} AS root_output
  FROM span FINAL WHERE project = {project:String} AND trace_id IN ${listOf('some')}
  GROUP BY project, trace_id`
