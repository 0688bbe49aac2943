/**
 * A page for who is not let in: why, and how that is changed.
 *
 * @module
 */

import { Layout } from './layout.tsx'

interface RefusedPageProps {
  title: string
  reason: string
  /** Whether nobody can come in yet. */
  setUp?: boolean
}

export function RefusedPage({ title, reason, setUp = false }: RefusedPageProps) {
  return (
    <Layout title={title} sheet="settings">
      <section class="problem">
        <h1>{title}</h1>
        <p>{sentence(reason)}</p>
        {setUp && <SetUp />}
      </section>
    </Layout>
  )
}

function sentence(reason: string): string {
  return reason.charAt(0).toUpperCase() + reason.slice(1).replace(/([^.])$/, '$1.')
}

function SetUp() {
  return (
    <>
      <p>To open it, give it a password of 12 characters or more, then reload this page:</p>
      <pre class="code" tabindex={0} role="region" aria-label="Shell">
        <code>npx wrangler secret put CARROT_PASSWORD</code>
      </pre>
      <p>
        Or let people in through Cloudflare Access, with <code>CARROT_ACCESS_TEAM</code> and{' '}
        <code>CARROT_ACCESS_AUDIENCE</code>.
      </p>
    </>
  )
}
