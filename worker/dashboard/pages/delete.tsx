/**
 * Asks before several traces are deleted.
 *
 * @module
 */

import type { TraceSummary } from '../../store/store.ts'
import { traceAddress } from '../addresses.ts'
import { Time } from '../components/figures.tsx'
import { Text } from '../components/text.tsx'
import { plural } from '../units.ts'
import { Layout } from './layout.tsx'

export interface DeletePageProps {
  project: string
  traces: readonly TraceSummary[]
}

export function DeletePage({ project, traces }: DeletePageProps) {
  return (
    <Layout title="Delete traces" project={project} island="list">
      <section class="problem">
        <h1>Delete {plural(traces.length, 'trace')}?</h1>
        <ul>
          {traces.map(({ traceId, name, startUs }) => (
            <li>
              <a href={traceAddress(traceId)}>
                <Text text={name || 'unnamed'} />
              </a>
              , <Time us={startUs} />
            </li>
          ))}
        </ul>
        <form method="post" action="/selected/delete">
          {traces.map(({ traceId }) => (
            <input type="hidden" name="trace" value={traceId} />
          ))}
          <p>With all their steps, for good.</p>
          <p>
            <button type="submit" class="danger">
              Delete them
            </button>
          </p>
        </form>
        <p>
          <a href="/traces">Leave them as they are</a>
        </p>
      </section>
    </Layout>
  )
}
