/**
 * A page for when there is nothing to show: what is missing, and what to do.
 *
 * It says nothing about the inside: what failed there is told to the operator.
 *
 * @module
 */

import type { Child } from 'hono/jsx'
import { Layout } from './layout.tsx'

interface ProblemPageProps {
  project: string
  title: string
  children: Child
}

export function ProblemPage({ project, title, children }: ProblemPageProps) {
  return (
    <Layout title={title} project={project}>
      <section class="problem">
        <h1>{title}</h1>
        {children}
      </section>
    </Layout>
  )
}

export function Failed({ project, address }: { project: string; address: string }) {
  return (
    <ProblemPage project={project} title="The traces could not be read">
      <p>The store did not answer. Nothing is lost: records that were accepted are kept.</p>
      <p>
        <a href={address}>Try again</a>
      </p>
    </ProblemPage>
  )
}

export function Missing({
  project,
  what,
}: {
  project: string
  what: 'trace' | 'step' | 'session'
}) {
  return (
    <ProblemPage project={project} title={`There is no such ${what} here`}>
      <p>
        It may not have arrived yet, or it belongs to another project. Records are sent every few
        seconds, and when the application calls <code>flush()</code>.
      </p>
      <p>
        <a href="/traces">All traces</a>
      </p>
    </ProblemPage>
  )
}
