/**
 * Why a prompt was read from the provider's cache, or was not: where it first differs from that of the
 * call before, beside the tokens that the provider counted.
 *
 * @module
 */

import type { Child } from 'hono/jsx'
import type { SpanDetail } from '../../store/store.ts'
import { cacheAddress, stepAddress } from '../addresses.ts'
import { promptParts } from '../cache/prompt.ts'
import { sharedPrompt } from '../cache/shared.ts'
import type { CacheFacts } from '../cache/cache-view.ts'
import { readCall } from '../step/call.ts'
import { CacheCounts, whatWasRead } from './cache-counts.tsx'
import { PromptParts, Parting, whatIsShared } from './cache-shared.tsx'
import { Time } from './figures.tsx'
import { Text } from './text.tsx'

interface CacheProps {
  span: SpanDetail
  facts: CacheFacts
}

export function Cache({ span, facts }: CacheProps) {
  return (
    <section class="cache" aria-label="Prompt cache">
      <Answer span={span} facts={facts} />
      <Others span={span} facts={facts} />
    </section>
  )
}

function Answer({ span, facts: { beside, isChosen } }: CacheProps): Child {
  if (!beside) {
    return (
      <p class="note">
        This is the first call of the trace to this model: there is none before it that it could
        share the beginning of its prompt with.
      </p>
    )
  }
  const which = isChosen ? 'the other call' : 'the call before'
  const [before, now] = [beside, span].map(({ input }) => promptParts(input))
  if (!before?.length || !now?.length) {
    return (
      <>
        <p class="note">
          {missing(now?.length ? beside : span, now?.length ? which : 'this call')}
        </p>
        <CacheCounts before={beside} now={span} />
      </>
    )
  }
  const shared = sharedPrompt(before, now)
  return (
    <>
      <p class="lead">{whatIsShared(shared, which)}</p>
      <p>{whatWasRead(span, shared.chars.shared > 0)}</p>
      {[beside, span].some((one) => readCall(one).truncated) && (
        <p class="notice">
          A part of these prompts is not in the record, because it passed a size limit. This is
          about the rest.
        </p>
      )}
      <CacheCounts before={beside} now={span} />
      <Parting shared={shared} which={which} />
      <PromptParts parts={now} shared={shared} />
    </>
  )
}

function missing({ input }: SpanDetail, which: string): string {
  return input === null
    ? `The prompt of ${which} was not recorded, so that the two cannot be compared.`
    : `What ${which} sent is no conversation that can be read, so that the two cannot be compared.`
}

/** Links, so that the choice is an address. */
function Others({ span, facts: { others, beside } }: CacheProps) {
  if (others.length === 0) return <></>
  return (
    <details class="others">
      <summary>Compare with another call of this trace</summary>
      <ul>
        {others.map((other) => (
          <li>
            <a
              href={cacheAddress(span.traceId, span.id, other.id)}
              data-panel=""
              aria-current={other.id === beside?.id ? 'true' : undefined}
            >
              <Text text={other.name || 'unnamed'} /> <Time us={other.startUs} />
            </a>
          </li>
        ))}
      </ul>
      {beside && <a href={stepAddress(span.traceId, beside.id)}>Read the one compared with</a>}
    </details>
  )
}
