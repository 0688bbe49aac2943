/**
 * Names and values, side by side. A fact that does not apply is left out; one that applies and was
 * not told says so.
 *
 * @module
 */

import type { Child } from 'hono/jsx'
import type { Json } from '../../../src/lib/json.ts'
import type { SpanDetail } from '../../store/store.ts'
import { readCall, readCost, type CallFacts } from '../step/call.ts'
import { isTalk, results } from '../step/results.ts'
import { isCall } from '../trace/totals.ts'
import type { Cost } from '../../price/cost.ts'
import { count, dollars, duration, plural, size } from '../units.ts'
import { Between, Left } from './exchange.tsx'
import { Duration, Money, Time } from './figures.tsx'
import { Text, Unknown } from './text.tsx'

export function Fact({ label, children }: { label: string; children: Child }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  )
}

/** How the call ended, in words for who did not read the specification. */
const ENDINGS = new Map([
  ['complete', 'complete'],
  ['truncated', 'truncated: the stream stopped before its end'],
  ['cancelled', 'cancelled by the application'],
  ['error', 'with an error'],
  ['abandoned', 'abandoned: the application did not read to the end'],
  ['open', 'unknown: never seen to end'],
])

export function StepFacts({ span }: { span: SpanDetail }) {
  return (
    <dl class="facts">
      <Fact label="Latency">
        {span.endUs === null ? (
          span.status === 'running' ? (
            'running'
          ) : (
            <Unknown />
          )
        ) : (
          <Duration us={span.endUs - span.startUs} unmeasured="not measurable" />
        )}
      </Fact>
      {isCall(span) && <CallRows span={span} call={readCall(span)} />}
      <Fact label="Started">
        <Time us={span.startUs} />
      </Fact>
    </dl>
  )
}

function CallRows({ span, call }: { span: SpanDetail; call: CallFacts }) {
  const { usage, time } = call
  const cost = readCost(span)
  const first = time.firstTextMs ?? time.firstChunkMs
  const asked = call.asked ?? span.model
  const counted = span.inputTokens !== null || span.outputTokens !== null
  const made = results(call)
  const isOther = usage.searchUnits !== undefined || usage.pages !== undefined // than tokens is billed
  // No token is the beginning of vectors or ranks, nor their end.
  const isWordless = call.operation === 'embeddings' || call.operation === 'rerank'
  return (
    <>
      {(call.stream || first !== undefined) && !isWordless && (
        <Fact label="First token">
          {first === undefined ? <Unknown /> : duration(first * 1000)}
        </Fact>
      )}
      {time.longestStallMs !== undefined && (
        <Fact label="Longest stall">{duration(time.longestStallMs * 1000)}</Fact>
      )}
      {call.attempts.length > 0 && <Fact label="Attempts">{count(call.attempts.length)}</Fact>}
      {(!isOther || span.inputTokens !== null) && (
        <Fact label="Tokens in">
          <Tally value={span.inputTokens} of={usage.into} />
        </Fact>
      )}
      {((!isWordless && usage.pages === undefined) || span.outputTokens !== null) && (
        <Fact label="Tokens out">
          <Tally value={span.outputTokens} of={usage.out} />
          {usage.injected && <span class="sub">asked for by the tracer</span>}
        </Fact>
      )}
      {usage.seconds !== undefined && (
        <Fact label="Audio">{duration(usage.seconds * 1_000_000)}</Fact>
      )}
      {usage.searchUnits !== undefined && (
        <Fact label="Search units">{count(usage.searchUnits)}</Fact>
      )}
      {usage.pages !== undefined && <Fact label="Pages">{count(usage.pages)}</Fact>}
      {call.inputs !== undefined && <Fact label="Inputs">{count(call.inputs)}</Fact>}
      {made !== undefined && <Fact label="Results">{made}</Fact>}
      {usage.cacheRead !== undefined && (
        <Fact label="Read from cache">{count(usage.cacheRead)}</Fact>
      )}
      {usage.cacheWrite !== undefined && (
        <Fact label="Written to cache">{count(usage.cacheWrite)}</Fact>
      )}
      {usage.reasoning !== undefined && (
        <Fact label="Reasoning tokens">{count(usage.reasoning)}</Fact>
      )}
      <Fact label="Cost">{cost ? <Charge cost={cost} /> : <Unknown />}</Fact>
      <Fact label="Model">
        {asked ? <Text text={asked} /> : <Unknown />}
        {call.answered && call.answered !== asked && (
          <span class="sub">
            answered by <Text text={call.answered} />
          </span>
        )}
      </Fact>
      <Fact label="Provider">{span.provider ? <Text text={span.provider} /> : <Unknown />}</Fact>
      {call.via && (
        <Fact label="Gateway">
          <Between via={call.via} />
        </Fact>
      )}
      {call.http.limits.length > 0 && (
        <Fact label="Limits left">
          <Left limits={call.http.limits} />
        </Fact>
      )}
      {span.status !== 'running' && (isTalk(call) || call.finish.length > 0) && (
        <Fact label="Finish reason">
          {call.finish.length > 0 ? <Text text={call.finish.join(', ')} /> : <Unknown />}
        </Fact>
      )}
      {call.present && span.status !== 'running' && (
        <Fact label="Ended">
          {call.ended ? <Text text={ENDINGS.get(call.ended) ?? call.ended} /> : <Unknown />}
          {!usage.final && counted && <span class="sub">token counts are not final</span>}
        </Fact>
      )}
      {call.events !== undefined && (
        <Fact label="Stream">
          {plural(call.events, 'event')}
          {call.bytes !== undefined && `, ${size(call.bytes)}`}
          {Boolean(call.undecodable) && (
            <span class="sub">{count(call.undecodable ?? 0)} not decodable</span>
          )}
        </Fact>
      )}
    </>
  )
}

function Tally({ value, of }: { value: number | null; of: readonly string[] }) {
  if (value === null) return <Unknown />
  return (
    <>
      {count(value)}
      {of.length > 0 && <span class="sub">{of.join(', ')}</span>}
    </>
  )
}

/** The sum, and how it came about. */
function Charge({ cost }: { cost: Cost }) {
  const { source, input, output, rates } = cost
  const perMillion = rates.map(([of, usd]) => `${of} ${dollars(usd)}`).join(', ')
  return (
    <>
      <Money cost={cost} />
      {source === 'provider' && <span class="sub">as the provider charges it</span>}
      {source === 'project' && <span class="sub">by prices of this project</span>}
      {source === 'cache' && <span class="sub">answered from the gateway’s cache</span>}
      {input !== undefined && output !== undefined && (
        <span class="sub" title={`US dollars for a million tokens: ${perMillion}`}>
          in {dollars(input)}, out {dollars(output)}
        </span>
      )}
    </>
  )
}

/** Short values in a line each; the rest is for `JsonTree`. */
export function Pairs({ pairs }: { pairs: readonly [name: string, value: Json | undefined][] }) {
  return (
    <dl class="pairs">
      {pairs.map(([name, value]) =>
        value === undefined ? (
          ''
        ) : (
          <div>
            <dt>
              <Text text={name} />
            </dt>
            <dd>
              <Text text={typeof value === 'string' ? value : JSON.stringify(value)} />
            </dd>
          </div>
        ),
      )}
    </dl>
  )
}
