/**
 * The way in by a password, at whatever address was asked for.
 *
 * @module
 */

import { Layout } from './layout.tsx'

interface LoginPageProps {
  /** Where to go once in. */
  to: string
  /** Why the last attempt failed. */
  problem?: string
}

export function LoginPage({ to, problem }: LoginPageProps) {
  return (
    <Layout title="Log in" sheet="settings">
      <form class="login" method="post" action="/login">
        <h1>Log in</h1>
        {problem !== undefined && (
          <p class="notice" role="alert">
            {problem}
          </p>
        )}
        <input type="hidden" name="to" value={to} />
        {/* Password managers ask for a name to keep it by. */}
        <input
          class="hidden"
          name="username"
          value="admin"
          autocomplete="username"
          tabindex={-1}
          aria-hidden="true"
          readonly
        />
        <label>
          <span>Password</span>
          <input
            type="password"
            name="password"
            autocomplete="current-password"
            maxlength={1000}
            required
            autofocus
          />
        </label>
        <button>Log in</button>
      </form>
    </Layout>
  )
}
