/**
 * A trace as lines of a terminal: a line for it, and one for each step.
 *
 * @module
 */

import { fields, type Json, type JsonObject, number, string } from '../../src/lib/json.ts'
import { paint, shown } from './terminal.ts'

const NAME_CHARS = 60

/** @param columns Of the terminal; unknown in a pipe, where a line is as long as it is. */
export function treeOf(
  summary: JsonObject,
  spans: readonly Json[],
  columns: number | undefined,
): string[] {
  const steps = spans.map(fields)
  const byParent = Map.groupBy(steps, ({ parent_id: parent }) => string(parent) ?? '')
  const known = new Set(steps.map(({ span_id: id }) => id))
  const roots = steps.filter(({ parent_id: parent }) => !known.has(parent ?? ''))
  const { quiet } = paint()
  const at = quiet(`${when(summary.started_at)}  ${string(summary.trace_id) ?? ''}`)
  const drawn = new Set<JsonObject>()
  return [at, ...roots.flatMap((root) => [...lineOf(root, '', '', columns), ...below(root, '')])]

  function below(step: JsonObject, indent: string): string[] {
    if (drawn.has(step)) return [] // a ring of parents
    drawn.add(step)
    const children = byParent.get(string(step.span_id) ?? '') ?? []
    return children.flatMap((child, index) => {
      const isLast = index === children.length - 1
      return [
        ...lineOf(child, indent, isLast ? '└─ ' : '├─ ', columns),
        ...below(child, `${indent}${isLast ? '   ' : '│  '}`),
      ]
    })
  }
}

function lineOf(step: JsonObject, indent: string, branch: string, columns = Infinity): string[] {
  const { good, bad, quiet, strong } = paint()
  const mark = { error: bad('✗'), running: quiet('…') }[string(step.status) ?? ''] ?? good('✓')
  const facts = factsOf(step)
  const room = columns - indent.length - branch.length - 2
  const name = shown(string(step.name) ?? '', Math.max(10, Math.min(NAME_CHARS, room)))
  const lead = indent + branch === '' ? '' : quiet(indent + branch)
  const line = `${lead}${mark} ${strong(name)}`
  const width = indent.length + branch.length + 2 + name.length
  const { error } = step
  const { type, message } = fields(error)
  const said = [type, message].map(string).filter(Boolean).join(': ')
  // What does not fit the line has one of its own.
  const beside = facts === '' || width + 2 + facts.length > columns ? undefined : facts
  const gap = ' '.repeat(indent.length + branch.length + 2)
  return [
    beside === undefined ? line : `${line}  ${quiet(beside)}`,
    ...(beside === undefined && facts !== '' ? [`${gap}${quiet(shown(facts, room))}`] : []),
    ...(said === '' ? [] : [`${gap}${bad(shown(said, room))}`]),
  ]
}

function factsOf(step: JsonObject): string {
  const { kind, model } = step
  const input = number(step.input_tokens)
  const output = number(step.output_tokens)
  const cost = number(step.cost_usd)
  const isCall = typeof model === 'string'
  return [
    duration(step),
    isCall ? shown(model, 40) : kind === 'task' || kind === 'workflow' ? '' : (string(kind) ?? ''),
    isCall ? `${input ?? '?'} → ${output ?? '?'} tokens` : '',
    cost === undefined ? '' : `$${cost < 0.01 ? cost.toPrecision(2) : cost.toFixed(2)}`,
  ]
    .filter(Boolean)
    .join('  ')
}

function duration({ started_at: start, ended_at: end }: JsonObject): string {
  const ms = Date.parse(string(end) ?? '') - Date.parse(string(start) ?? '')
  if (Number.isNaN(ms)) return ''
  return ms < 10_000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`
}

/** In the time of who reads it. */
function when(time: Json | undefined): string {
  const date = new Date(string(time) ?? '')
  if (Number.isNaN(date.getTime())) return ''
  const two = (part: number) => String(part).padStart(2, '0')
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
  return `${day} ${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`
}
