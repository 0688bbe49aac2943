/**
 * Settings: the keys of a project, how long its traces are kept, its prices, and the projects there are.
 *
 * Forms alone: every change works without scripts, and what cannot be undone is asked for twice.
 *
 * @module
 */

import type { Viewer } from '../../auth/access.ts'
import type { KeyEntry } from '../../auth/key-book.ts'
import type { MadeKey } from '../../auth/new-key.ts'
import type { Settings } from '../../auth/settings.ts'
import { KeyForm, KeyTable, ShownKey } from '../components/keys.tsx'
import { Prices } from '../components/prices.tsx'
import { Projects } from '../components/projects.tsx'
import { Retention } from '../components/retention.tsx'
import { Text } from '../components/text.tsx'
import { Layout } from './layout.tsx'

export interface SettingsPageProps {
  viewer: Viewer
  keys: readonly KeyEntry[]
  settings: Settings
  /** Names the key that the form would make, so that a form sent twice makes one. */
  newKeyId: string
  made?: MadeKey
  /** Why the last change was not made. */
  problem?: string
}

export function SettingsPage(props: SettingsPageProps) {
  const { viewer, keys, settings, newKeyId, made, problem } = props
  return (
    <Layout
      title="Settings"
      project={viewer.project.name}
      at="settings"
      island="list"
      sheet="settings"
    >
      <div class="settings">
        <h1>
          Settings of <Text text={viewer.project.name} />
        </h1>
        {problem !== undefined && (
          <p class="notice" role="alert">
            {problem}
          </p>
        )}
        {made && <ShownKey made={made} />}
        <section aria-labelledby="keys">
          <h2 id="keys">API keys</h2>
          <KeyTable keys={keys} />
          <KeyForm id={newKeyId} />
        </section>
        <Retention settings={settings} />
        <Prices settings={settings} />
        <Projects viewer={viewer} />
        {viewer.logout === 'form' && <Sessions />}
      </div>
    </Layout>
  )
}

function Sessions() {
  return (
    <section aria-labelledby="sessions">
      <h2 id="sessions">Sessions</h2>
      <p class="note">
        Everyone has to log in again, on every device. So has who changes the password.
      </p>
      <form method="post" action="/settings/sessions/end">
        <button class="plain">End all sessions</button>
      </form>
    </section>
  )
}
