import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { CONVENTIONS } from '../../../worker/otlp/conventions.ts'
import { table } from '../../support/markdown.ts'
import { OWN, REGISTRY } from './registry.ts'

const HEADING = '## Names that are read'
const NEXT = '## Every field'

/** The names of every convention, by those of the standard. */
function understood(): string {
  const rows = CONVENTIONS.flatMap(({ title, names }) =>
    Object.entries(names).map(([own, standard]) => [title, `\`${own}\``, `\`${standard}\``]),
  )
  return [
    HEADING,
    'Those of [the table below](#every-field), and for them these. It is written by `npx vitest run --project lib otlp/understood -u`, from [the conventions in the code](../worker/otlp/conventions.ts), which say as well how messages are read.',
    table(['convention', 'its name', 'read as'], rows),
    NEXT,
  ].join('\n\n')
}

describe('the conventions that are understood', () => {
  it('say everything by names of the standard, or by our own', () => {
    const standard = CONVENTIONS.flatMap(({ names }) => Object.values(names))
    expect(standard.filter((name) => !(name in REGISTRY) && !OWN.test(name))).toEqual([])
  })
})

describe('docs/opentelemetry.md', () => {
  it('has the names of the code', async () => {
    const file = fileURLToPath(new URL('../../../docs/opentelemetry.md', import.meta.url))
    const text = readFileSync(file, 'utf8')
    const [before = ''] = text.split(HEADING)
    const [, after = ''] = text.split(NEXT)
    await expect(`${before}${understood()}${after}`).toMatchFileSnapshot(file)
  })
})
