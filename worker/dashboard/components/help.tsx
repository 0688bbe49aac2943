/**
 * How to search and which keys there are. It folds, and `?` opens it.
 *
 * @module
 */

const TERMS: readonly [example: string, meaning: string][] = [
  ['model:gpt-5*', 'begins with; also name, provider, tag, user, session, env, service, release'],
  ['status:error|running', 'one of several; kind:tool, has:tool|image|retry|cache|reasoning'],
  ['latency:>2s', 'also ttft, cost:>=0.01, tokens:>4k, steps, errors; latency:1s..3s'],
  ['-tag:test', 'not'],
  ['meta.version:2', 'a key of the metadata'],
  ['score.quality:<0.5', 'a score, by its name'],
  ['"free text"', 'words in inputs and outputs'],
]

const KEYS: readonly [keys: readonly string[], does: string][] = [
  [['/'], 'search'],
  [['j', 'k'], 'next, previous trace'],
  [['Enter'], 'open the trace'],
  [['f'], 'the values of a row, to filter by; a click with Alt: all but these'],
  [['n'], 'show new traces'],
  [['?'], 'this help'],
  [['Esc'], 'back to the list'],
]

export function ListHelp() {
  return (
    <details class="help" id="help">
      <summary>Help: how to search, and keys</summary>
      <div>
        <dl>
          {TERMS.map(([example, meaning]) => (
            <div>
              <dt>
                <code>{example}</code>
              </dt>
              <dd>{meaning}</dd>
            </div>
          ))}
        </dl>
        <dl>
          {KEYS.map(([keys, does]) => (
            <div>
              <dt>
                {keys.map((key) => (
                  <>
                    <kbd>{key}</kbd>{' '}
                  </>
                ))}
              </dt>
              <dd>{does}</dd>
            </div>
          ))}
        </dl>
        <label class="switch" hidden>
          <input type="checkbox" id="keys-on" checked /> Keys of one letter
        </label>
      </div>
    </details>
  )
}
