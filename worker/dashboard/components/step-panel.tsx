/**
 * All that is known of one step. The same for the full page and for the fragment.
 *
 * @module
 */

import type { SpanDetail } from '../../store/store.ts'
import { stepAddress, type View } from '../addresses.ts'
import { readCall, type CallFacts } from '../call.ts'
import { isCall } from '../totals.ts'
import { readConversation } from '../chat/read.ts'
import { codeOf } from '../code.ts'
import { Attempts } from './attempts.tsx'
import { Body } from './body.tsx'
import { CopyCode } from './copy-code.tsx'
import { StepFacts } from './facts.tsx'
import { Failure } from './failure.tsx'
import { Kind, Status } from './marks.tsx'
import { StepRecord } from './step-record.tsx'
import { Tags } from './tags.tsx'
import { Text } from './text.tsx'

interface StepPanelProps {
  span: SpanDetail
  view: View
  /** The search that the trace was opened from. */
  within: string
}

export function StepPanel({ span, view, within }: StepPanelProps) {
  const call = readCall(span)
  return (
    <article class="step" data-id={span.id} data-status={span.status}>
      <header>
        <h2 id="step-name" tabindex={-1}>
          <Kind kind={span.kind} />
          <span title={span.name}>
            <Text text={span.name || 'unnamed'} />
          </span>
        </h2>
        <p class="sub">
          <Status status={span.status} /> {span.kind}
          {call.operation && (
            <>
              {' '}
              · <Text text={call.operation} />
            </>
          )}
        </p>
        <Tags tags={span.tags} />
      </header>
      <Failure span={span} />
      <Limits call={call} />
      <StepFacts span={span} />
      <Attempts attempts={call.attempts} />
      {(span.input !== null || span.output !== null) && <Views {...{ span, view, within }} />}
      {view === 'code' ? (
        <CopyCode span={span} />
      ) : (
        <>
          <Body span={span} side="input" view={view} />
          <Body span={span} side="output" view={view} />
        </>
      )}
      <StepRecord span={span} call={call} />
    </article>
  )
}

/** What is missing from the record, and why. */
function Limits({ call: { truncated, unseen } }: { call: CallFacts }) {
  return (
    <>
      {truncated && (
        <p class="notice">
          A part of this call is not in the record, because it passed a size limit.
        </p>
      )}
      {unseen !== undefined && (
        <p class="notice">
          The request body could not be seen: <Text text={unseen} />
        </p>
      )}
    </>
  )
}

function Views({ span, view, within }: StepPanelProps) {
  const views: (readonly [View, string])[] = [
    ['chat', isCall(span) ? 'Chat' : 'Text'],
    ...(isSpoken(span) ? ([['plain', 'Plain']] as const) : []),
    ['json', 'JSON'],
    ...(codeOf(span).length > 0 ? ([['code', 'Code']] as const) : []),
  ]
  const current = views.find(([one]) => one === view)?.[0] ?? 'chat'
  return (
    <nav class="views" aria-label="View">
      {views.map(([one, label]) => (
        <a
          href={stepAddress(span.traceId, span.id, one, within)}
          data-panel=""
          aria-current={one === current ? 'true' : undefined}
        >
          {label}
        </a>
      ))}
    </nav>
  )
}

/** Whether it has messages, which can be Markdown. */
function isSpoken({ input, output }: SpanDetail): boolean {
  return [input, output].some((body) => readConversation(body) !== undefined)
}
