/**
 * The table of `docs/opentelemetry.md`, made from the one in the code.
 *
 * @module
 */

import type { SpanRecord } from 'carrot-trace'
import { langfuseProfile, older, openinference, type Profile } from 'carrot-trace/otlp'
import type { Tree } from '../../../src/lib/otlp/attributes.ts'
import { ELSEWHERE } from '../../../src/lib/otlp/elsewhere.ts'
import { CONTENT, NAMES, OPENAI, OPERATION, STEPS, type As } from '../../../src/lib/otlp/names.ts'
import { readConversation } from '../../../src/lib/otlp/messages.ts'
import { sample } from './sample.ts'

export interface Row {
  /** Its place in the record. */
  field: string
  name?: string
  as?: As
}

/** Every field that is no object of others. */
export const ROWS: readonly Row[] = rowsOf(NAMES, '')

function rowsOf(tree: Tree, field: string): Row[] {
  if (tree === null) return [{ field }]
  if (typeof tree === 'string') return [{ field, name: tree }]
  if (isPair(tree)) return [{ field, name: tree[0], as: tree[1] }]
  return Object.entries(tree).flatMap(([name, below]) =>
    rowsOf(below, field ? `${field}.${name}` : name),
  )
}

function isPair(tree: object): tree is readonly [string, As] {
  return Array.isArray(tree)
}

/** Names that no single field of a record has for itself. */
export const FURTHER: readonly [what: string, name: string][] = [
  ['system instructions, where the request has them apart from the messages', CONTENT.system],
  ['messages of the request', CONTENT.messages],
  ['tools of the request', CONTENT.tools],
  ['answers of the model', CONTENT.answers],
  ['the conversation, where the request names one', CONTENT.conversation],
  ['the answer before, where the request names it', CONTENT.previous],
  ['what a step of kind `tool` was given', CONTENT.arguments],
  ['what a step of kind `tool` returned', CONTENT.result],
  ['what any other step was given; a request without messages', CONTENT.input],
  ['what any other step returned', CONTENT.output],
  ...Object.entries(STEPS).flatMap(([kind, step]): [string, string][] => [
    [`\`${step?.operation}\`, for a step of kind \`${kind}\``, OPERATION],
    ...(step?.name
      ? [[`the name of a step of kind \`${kind}\``, step.name] as [string, string]]
      : []),
  ]),
  ['`chat_completions` or `responses`, in these formats', OPENAI.api],
  ['the tier asked for, in formats of OpenAI', OPENAI.renamed['carrot.request.service_tier']],
  ['the tier that answered, in formats of OpenAI', OPENAI.renamed['carrot.response.service_tier']],
]

/** By name, numbers as `<n>`. */
function beside(more: Profile['more']): string[] {
  const records: SpanRecord[] = [sample, { ...sample, kind: 'embedding' }]
  const names = records.flatMap((record) =>
    Object.keys(more?.(record, readConversation(record)) ?? {}),
  )
  return [...new Set(names.map((name) => name.replaceAll(/\.\d+\b/g, '.<n>')))].toSorted()
}

const NOTES: Readonly<Record<As, string>> = {
  double: '',
  seconds: ', in seconds, of a stream',
  json: ', as JSON',
  list: ', as a list',
  each: ', of each choice',
  reasons: ', of each choice; `error` where there is none',
  members: ', each under its own name: `.<key>`',
  truthy: ', if true or above 0',
  plural: ', if not 1',
}

export function table(): string {
  const fields = ROWS.map(({ field, name, as }) => [
    `\`${field}\``,
    name === undefined ? elsewhere(field) : `\`${name}\`${note(field, as)}`,
    name === undefined ? '' : differently(name),
  ])
  const content = FURTHER.map(([what, name]) => [what, `\`${name}\``, differently(name)])
  const columns = ['', 'attribute', 'in other profiles']
  return [
    '## Every field',
    'This part is written by `npx vitest run --project lib otlp/table -u`, from [the table in the code](../src/lib/otlp/names.ts).',
    markdown(['field of a record', ...columns.slice(1)], fields),
    '### Content, and what a call or a step is',
    markdown(['what', ...columns.slice(1)], content),
    '### What profiles say beside',
    markdown(
      ['profile', 'attribute'],
      [openinference, langfuseProfile].flatMap(({ name, more }) =>
        beside(more).map((each) => [name, `\`${each}\``]),
      ),
    ),
  ].join('\n\n')
}

function note(field: string, as: As | undefined): string {
  const event = field.startsWith('call.attempts.') ? ', in an event `carrot.attempt`' : ''
  return `${as ? NOTES[as] : ''}${event}`
}

function elsewhere(field: string): string {
  const place = ELSEWHERE[field]
  if (!place) return 'missing'
  return 'span' in place ? place.span : `not mapped: ${place.why}`
}

function differently(name: string): string {
  return [older, openinference, langfuseProfile]
    .flatMap((profile) => {
      const renamed = profile.names[name]
      if (renamed === undefined) return []
      const names = [renamed].flat().filter((each) => each !== name)
      const said = names.map((each) => `\`${each}\``).join(', ') || 'see below'
      return [`${profile.name}: ${[renamed].flat().includes(name) ? 'also ' : ''}${said}`]
    })
    .join('; ')
}

/** Columns as wide as the formatter makes them. */
function markdown(columns: readonly string[], rows: readonly string[][]): string {
  const widths = columns.map((column, at) =>
    Math.max(column.length, ...rows.map((row) => row[at]?.length ?? 0)),
  )
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join(' | ')} |`
  return [
    line(columns),
    `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`,
    ...rows.map(line),
  ].join('\n')
}
