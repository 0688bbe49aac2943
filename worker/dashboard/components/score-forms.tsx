/**
 * What is thought of a step, and the forms to say so. Each works without scripts.
 *
 * @module
 */

import type { Score } from '../../store/score.ts'
import { MAX_NOTE_CHARS, MAX_SCORE_CHARS, validScores } from '../../store/score.ts'
import type { SpanDetail } from '../../store/store.ts'
import { scoreAddress } from '../addresses.ts'
import { Time } from './figures.tsx'
import { Text } from './text.tsx'

/** `SCORE_NAME`, as browsers want it written. */
const NAME = '[A-Za-z][\\w.\\-]{0,59}'

/** What two buttons say without a word typed. */
const THUMBS = 'thumbs'

export function ScoreForms({ span }: { span: SpanDetail }) {
  const action = scoreAddress(span.traceId, span.id)
  const scores = Object.entries(validScores(span.scores))
  return (
    <section class="scores" aria-labelledby="scores">
      <h3 id="scores">Scores of this step</h3>
      {scores.length > 0 ? (
        <ul>
          {scores.map(([name, score]) => (
            <Given name={name} score={score} action={action} />
          ))}
        </ul>
      ) : (
        <p class="unknown">none yet</p>
      )}
      <form method="post" action={action} class="quick">
        <input type="hidden" name="name" value={THUMBS} />
        <button type="submit" name="value" value="1">
          Good
        </button>
        <button type="submit" name="value" value="0">
          Bad
        </button>
        <span class="note">
          as <code>{THUMBS}</code>, 1 or 0
        </span>
      </form>
      <form method="post" action={action} class="own">
        <label>
          <span>Name</span>
          <input
            name="name"
            required
            value="quality"
            maxlength={60}
            pattern={NAME}
            title="a letter, then letters, digits, _, . or -"
            autocomplete="off"
          />
        </label>
        <label>
          <span>A number, or a word</span>
          <input name="value" required maxlength={MAX_SCORE_CHARS} autocomplete="off" />
        </label>
        <label class="why">
          <span>Why</span>
          <textarea name="note" rows={3} maxlength={MAX_NOTE_CHARS}></textarea>
        </label>
        <button type="submit">Score</button>
      </form>
    </section>
  )
}

function Given({ name, score, action }: { name: string; score: Score; action: string }) {
  const { value, note, by, atMs } = score
  return (
    <li>
      <p>
        {name}{' '}
        <b>
          <Text text={String(value)} />
        </b>
      </p>
      {note !== undefined && (
        <p class="said" dir="auto">
          <Text text={note} />
        </p>
      )}
      <p class="note">
        {by !== undefined && (
          <>
            by <Text text={by} />,{' '}
          </>
        )}
        <Time us={atMs * 1000} />
      </p>
      <form method="post" action={action}>
        <input type="hidden" name="name" value={name} />
        <button type="submit" name="back" value="1" class="quiet" aria-label={`Take back ${name}`}>
          Take back
        </button>
      </form>
    </li>
  )
}
