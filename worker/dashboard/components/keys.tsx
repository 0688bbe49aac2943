/**
 * The keys of a project: those there are, and the form for another.
 *
 * @module
 */

import type { KeyEntry } from '../../auth/key-book.ts'
import { type Scope, SCOPES } from '../../auth/keys.ts'
import { MAX_NAME_CHARS, type MadeKey } from '../../auth/new-key.ts'
import { Time } from './figures.tsx'
import { Text } from './text.tsx'

const MEANINGS: Record<Scope, string> = {
  ingest: 'send records',
  read: 'read traces',
  admin: 'keys and settings of this project',
  deployment: 'all projects, metrics',
}

export function KeyTable({ keys }: { keys: readonly KeyEntry[] }) {
  if (keys.length === 0) return <p class="note">There are none yet. A program needs one to send.</p>
  return (
    <table class="entries">
      <caption class="hidden">API keys</caption>
      <thead>
        <tr>
          <th scope="col">Name</th>
          <th scope="col">May</th>
          <th scope="col">
            Made, <span data-zone="">UTC</span>
          </th>
          <th scope="col">
            <span class="hidden">Revoke</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {keys.map((key) => (
          <KeyRow entry={key} />
        ))}
      </tbody>
    </table>
  )
}

function KeyRow({ entry: { id, name, scopes, origins, createdUs } }: { entry: KeyEntry }) {
  return (
    <tr>
      <th scope="row">
        <Text text={name} />
      </th>
      <td>
        {scopes.join(', ')}
        {origins.length > 0 && <span class="sub">from {origins.join(', ')}</span>}
      </td>
      <td>
        <Time us={createdUs} />
      </td>
      <td>
        <details class="sure">
          <summary>
            Revoke<span class="hidden"> {name}</span>
          </summary>
          <form method="post" action={`/settings/keys/${encodeURIComponent(id)}/revoke`}>
            <button class="danger">Revoke for good</button>
          </form>
        </details>
      </td>
    </tr>
  )
}

export function KeyForm({ id }: { id: string }) {
  return (
    <form class="entry" method="post" action="/settings/keys" aria-label="Make a key">
      <input type="hidden" name="id" value={id} />
      <label>
        <span>Name</span>
        <input name="name" maxlength={MAX_NAME_CHARS} required autocomplete="off" />
      </label>
      <fieldset>
        <legend>May</legend>
        {SCOPES.map((scope) => (
          <label class="check">
            <input type="checkbox" name="scopes" value={scope} checked={scope === 'ingest'} />
            <b>{scope}</b> <small>{MEANINGS[scope]}</small>
          </label>
        ))}
      </fieldset>
      <label>
        <span>For pages in browsers: their origins, such as https://example.com</span>
        <input name="origins" autocomplete="off" inputmode="url" />
      </label>
      <button>Make a key</button>
    </form>
  )
}

export function ShownKey({ made: { name, key } }: { made: MadeKey }) {
  return (
    <section class="made" aria-labelledby="made">
      <h2 id="made">
        The key “<Text text={name} />”
      </h2>
      <p>Copy it now: it is kept nowhere and cannot be shown again.</p>
      <pre class="code" tabindex={0} role="region" aria-label="The key" data-copy="">
        <code>{key}</code>
      </pre>
    </section>
  )
}
