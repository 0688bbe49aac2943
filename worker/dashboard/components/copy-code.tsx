/**
 * A call as code to copy.
 *
 * @module
 */

import type { SpanDetail } from '../../store/store.ts'
import { codeOf } from '../step/code.ts'

export function CopyCode({ span }: { span: SpanDetail }) {
  const all = codeOf(span)
  if (all.length === 0) {
    return (
      <p class="notice">
        There is no code for this step: its request is not in the record in full, or is no call to a
        model.
      </p>
    )
  }
  return (
    <>
      <p class="note">
        No key was recorded: the code names the variable that has yours. What was redacted in the
        record is redacted here.
      </p>
      {all.map(({ language, text }) => (
        <section aria-label={language}>
          <h3>{language}</h3>
          <pre class="code" tabindex={0} role="region" aria-label={`${language} code`} data-copy="">
            <code>{text}</code>
          </pre>
        </section>
      ))}
    </>
  )
}
