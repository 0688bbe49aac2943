/**
 * Of what the table has no attribute for: where it goes instead, or why it goes nowhere.
 *
 * For the documentation alone; nothing that is shipped needs it.
 *
 * @module
 */

/** By the field's place in the record. `span`: a field of the span itself. */
export const ELSEWHERE: Readonly<Record<string, { span: string } | { why: string }>> = {
  v: { why: 'it is of the record, not of what it records' },
  'trace.traceId': { span: '`traceId`' },
  'trace.spanId': { span: '`spanId`' },
  'trace.parentSpanId': { span: '`parentSpanId`' },
  'trace.sampled': { span: '`flags`' },
  name: { span: '`name`; of a tool and an agent after `execute_tool`, `invoke_agent`' },
  status: { span: '`status.code`: `ERROR`, else unset' },
  startUnixMs: { span: '`startTimeUnixNano`' },
  endUnixMs: { span: '`endTimeUnixNano`' },
  input: { span: 'the attributes of content, below' },
  output: { span: 'the attributes of content, below' },
  'error.message': { span: '`status.message`, and `exception.message` in the event `exception`' },
  'error.status': { why: 'it is `call.http.status`' },
  'error.stack': { span: '`exception.stacktrace` in the event `exception`' },
  'error.cause': { span: '`exception.stacktrace`, after “Caused by:”' },
  'resource.sdk': { span: '`scope.name`, `scope.version`' },
  'call.time.endMs': { why: 'it is where the span ends' },
  'call.response.choices.index': { why: 'choices stand in its order' },
  'call.response.choices.message': { span: 'the attributes of content, below' },
  'call.attempts.error.status': { why: 'it is `http.response.status_code`' },
  'call.error': { why: 'it is the record’s `error`' },
}
