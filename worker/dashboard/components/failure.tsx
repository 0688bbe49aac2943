/**
 * An error as it was recorded, with what caused it.
 *
 * @module
 */

import { fields, isObject, number, string, type JsonObject } from '../../../src/lib/json.ts'
import { fromOutside } from '../json-text.ts'
import type { SpanRow } from '../../store/store.ts'
import { Text } from './text.tsx'

/** Causes past this are more likely a circle than a reason. */
const MAX_CAUSES = 10

const PHASES = new Map([
  ['network', 'before any answer'],
  ['http', 'answered with an error'],
  ['stream', 'while the answer came'],
  ['decode', 'while the answer was read'],
])

export function Failure({ span }: { span: SpanRow }) {
  if (span.error === null) return <></>
  return (
    <section class="failure" aria-label="Error">
      {chain(fromOutside(span.error)).map((error, index) => (
        <One error={error} cause={index > 0} />
      ))}
    </section>
  )
}

function chain(error: JsonObject): JsonObject[] {
  const errors = [error]
  for (let next = error.cause; isObject(next) && errors.length <= MAX_CAUSES; next = next.cause) {
    errors.push(fields(next))
  }
  return errors
}

function One({ error, cause }: { error: JsonObject; cause: boolean }) {
  const [type, message, stack] = [error.type, error.message, error.stack].map(string)
  const facts = [
    string(error.code) === type ? undefined : string(error.code),
    number(error.status) === undefined ? undefined : `HTTP ${number(error.status)}`,
    PHASES.get(string(error.phase) ?? ''),
  ].filter((fact) => fact !== undefined)
  return (
    <div>
      <p class="type">
        {cause && <span class="note">caused by </span>}
        <b>
          <Text text={type ?? 'error'} />
        </b>{' '}
        <span class="note">
          <Text text={facts.join(' · ')} />
        </span>
      </p>
      {message && (
        <p class="message" dir="auto">
          <Text text={message} />
        </p>
      )}
      {stack && (
        <pre class="stack" tabindex={0} role="region" aria-label="Stack">
          <Text text={stack} />
        </pre>
      )}
    </div>
  )
}
