/**
 * Values by name that are not the same on both sides.
 *
 * @module
 */

import type { StepDifference } from '../compare/differences.ts'
import { count } from '../units.ts'
import { Letter } from './compare-sides.tsx'
import { LongText, Text } from './text.tsx'

const VALUE_CHARS = 300
/** More than anyone reads. */
const MOST = 100

interface ValuesProps {
  title: string
  values: readonly StepDifference[]
  raw: string
}

export function Values({ title, values, raw }: ValuesProps) {
  if (values.length === 0) return <></>
  return (
    <>
      <table class="values">
        <thead>
          <tr>
            <th scope="col">{title}</th>
            <th scope="col">
              <Letter side="a" />
            </th>
            <th scope="col">
              <Letter side="b" />
            </th>
          </tr>
        </thead>
        <tbody>
          {values.slice(0, MOST).map(({ what, a, b }) => (
            <tr>
              <th scope="row">
                <Text text={what} />
              </th>
              <td>
                <Value text={a} raw={raw} />
              </td>
              <td>
                <Value text={b} raw={raw} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {values.length > MOST && <p class="note">{count(values.length - MOST)} more that differ.</p>}
    </>
  )
}

function Value({ text, raw }: { text: string | undefined; raw: string }) {
  if (text === undefined) return <span class="unknown">none</span>
  return <LongText text={text} limit={VALUE_CHARS} raw={raw} />
}
