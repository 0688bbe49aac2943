/**
 * All that is known of one step. The same for the full page and for the fragment.
 *
 * @module
 */

import type { SpanDetail } from '../../store/store.ts'
import { type Kept, stepAddress, type View } from '../addresses.ts'
import { readCall, type CallFacts } from '../step/call.ts'
import type { CacheFacts } from '../cache/cache-view.ts'
import { isCall } from '../trace/totals.ts'
import { readConversation } from '../chat/read.ts'
import { codeOf } from '../step/code.ts'
import { Attempts } from './attempts.tsx'
import { Body } from './body.tsx'
import { Cache } from './cache.tsx'
import { CopyCode } from './copy-code.tsx'
import { StepFacts } from './facts.tsx'
import { Failure } from './failure.tsx'
import { ScoreForms } from './score-forms.tsx'
import { Scores, shownScores } from './scores.tsx'
import { Kind, Status } from './marks.tsx'
import { StepRecord } from './step-record.tsx'
import { Tags } from './tags.tsx'
import { Text } from './text.tsx'

export interface StepPanelProps {
  span: SpanDetail
  view: View
  kept: Kept
  /** What its prompt is compared with, for the view of that. */
  cache?: CacheFacts | undefined
}

export function StepPanel({ span, view: asked, kept, cache }: StepPanelProps) {
  const call = readCall(span)
  const view = asked === 'cache' && !cache ? 'chat' : asked
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
        <Scores scores={shownScores(span.scores)} />
      </header>
      <Failure span={span} />
      <Limits call={call} />
      <StepFacts span={span} />
      <Attempts attempts={call.attempts} />
      <Views {...{ span, view, kept }} />
      {view === 'code' ? (
        <CopyCode span={span} />
      ) : view === 'score' ? (
        <ScoreForms span={span} />
      ) : cache ? (
        <Cache span={span} facts={cache} />
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

function Views({ span, view, kept }: Pick<StepPanelProps, 'span' | 'view' | 'kept'>) {
  const views: (readonly [View, string])[] = [
    ['chat', isCall(span) ? 'Chat' : 'Text'],
    ...(isSpoken(span) ? ([['plain', 'Plain']] as const) : []),
    ...(span.input !== null || span.output !== null ? ([['json', 'JSON']] as const) : []),
    ...(codeOf(span).length > 0 ? ([['code', 'Code']] as const) : []),
    ...(isCall(span) ? ([['cache', 'Cache']] as const) : []),
    ['score', 'Score'],
  ]
  const current = views.find(([one]) => one === view)?.[0] ?? 'chat'
  return (
    <nav class="views" aria-label="View">
      {views.map(([one, label]) => (
        <a
          href={stepAddress(span.traceId, span.id, one, kept)}
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
