/**
 * What is known of every row of a trace, on the page or not: enough to move, fold and find.
 *
 * Of a trace that is on the page whole it is read from there; of a longer one from the server, a line
 * of text a row, as `outline.ts` of the dashboard writes it.
 *
 * @module
 */

export interface Line {
  /** The id of the step's record; of a heading its reason. */
  key: string
  level: number
  status: string
  /** None for a heading. */
  kind: string
  model: string
  name: string
}

export interface Outline {
  /** The axis of time that the rows are drawn on, as the server takes it. */
  axis: string
  lines: readonly Line[]
}

/** As in `find-steps.ts` of the dashboard. */
const FOUND_CHARS = 200

export async function fetchOutline(address: string): Promise<Outline> {
  const response = await fetch(address, { redirect: 'error' })
  if (!response.ok) throw new Error(`The server answered ${response.status}`)
  const [axis = '', ...lines] = (await response.text()).split('\n')
  return { axis, lines: lines.map(toLine) }
}

function toLine(text: string): Line {
  const [level, key = '', status = '', kind = '', model = '', name = ''] = text.split('\t')
  return { key, level: Number(level), status, kind, model, name }
}

export function linesOf(body: HTMLTableSectionElement): Line[] {
  return [...body.rows].map((row) => {
    const said = (selector: string) => row.querySelector(selector)?.textContent ?? ''
    return {
      key: keyOf(row),
      level: Number(row.ariaLevel ?? 1),
      status: row.dataset.status ?? 'success',
      kind: row.querySelector('.mark')?.ariaLabel ?? '',
      model: said('.asked').slice(0, FOUND_CHARS),
      name: said('a').slice(0, FOUND_CHARS),
    }
  })
}

export function isStep(line: Line): boolean {
  return line.kind !== ''
}

/** The end of the step's address; of a heading its reason. */
export function keyOf(row: HTMLTableRowElement): string {
  // As it is written: in a fragment that is not yet on the page, an address has no base.
  const [path] = row.querySelector('a')?.getAttribute('href')?.split('?') ?? []
  return path?.split('/').at(-1) ?? row.dataset.group ?? ''
}
