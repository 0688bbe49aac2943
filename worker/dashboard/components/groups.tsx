/**
 * Calls by what they have in common, a line each. What is not known is not nothing.
 *
 * @module
 */

import type { Filters } from '../list/filters.ts'
import { percentile } from '../../store/histogram.ts'
import { listAddress, term, withTerm } from '../list/list-address.ts'
import type { Total } from '../../store/query.ts'
import type { By, Group } from '../sums/overview.ts'
import { compact, count } from '../units.ts'
import { Duration, Money } from './figures.tsx'
import { Text } from './text.tsx'

/** More than anyone reads; the search leads to the others. */
const MOST = 50

interface GroupsProps {
  by: By
  groups: readonly Group[]
  all: Group
  filters: Filters
}

export function Groups({ by, groups, all, filters }: GroupsProps) {
  return (
    <section aria-label={`Model calls by ${by}`}>
      <div class="wide">
        <table class="groups">
          <thead>
            <tr>
              <th scope="col">{by}</th>
              {['Calls', 'Failed', 'Tokens in', 'Tokens out', 'Cost'].map((name) => (
                <th scope="col">{name}</th>
              ))}
              {['p50', 'p90', 'p99'].map((name) => (
                <th scope="col">Latency {name}</th>
              ))}
              {['p50', 'p90'].map((name) => (
                <th scope="col">First text {name}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {groups.slice(0, MOST).map(({ name, total }) => (
              <Line total={total}>
                {name === null ? (
                  <span class="unknown">none</span>
                ) : (
                  <a href={listAddress(withTerm(filters, term(by, name)))}>
                    <Text text={name} />
                  </a>
                )}
              </Line>
            ))}
            {groups.length > 1 && <Line total={all.total}>All</Line>}
          </tbody>
        </table>
      </div>
      {groups.length > MOST && <p class="note">The {MOST} with the most calls.</p>}
    </section>
  )
}

function Line({ total, children }: { total: Total; children: unknown }) {
  const { latency, firstText } = total
  return (
    <tr>
      <th scope="row">{children}</th>
      <td>{count(total.count)}</td>
      <td>
        {count(total.errors)}
        {total.errors > 0 && <small> {((total.errors / total.count) * 100).toFixed(1)} %</small>}
      </td>
      <td>{compact(total.inputTokens)}</td>
      <td>{compact(total.outputTokens)}</td>
      <td>
        <Cost total={total} />
      </td>
      {[0.5, 0.9, 0.99].map((share) => (
        <td>
          <Duration us={percentile(latency, share)} />
        </td>
      ))}
      {[0.5, 0.9].map((share) => (
        <td>
          <Duration us={percentile(firstText, share)} />
        </td>
      ))}
    </tr>
  )
}

function Cost({ total: { priced, count: all, costNano } }: { total: Total }) {
  if (priced === 0) return <Money cost={undefined} />
  return <Money cost={{ usd: costNano / 1e9, atLeast: priced < all }} />
}
