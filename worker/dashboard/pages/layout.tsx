/**
 * What every page has: the head, the way around, and the place for what it is about.
 *
 * @module
 */

import { type Child, useContext } from 'hono/jsx'
import type { Live } from '../../store/live.ts'
import { Sprite } from '../components/marks.tsx'
import { ProjectMenu } from '../components/project-menu.tsx'
import { ViewerContext } from '../viewer.ts'

export interface LayoutProps {
  title: string
  /** Nothing where nobody has come in yet. */
  project?: string
  /** Which of the pages that all others lead to. */
  at?: 'traces' | 'sessions' | 'tools' | 'overview' | 'settings'
  /** The script that makes this page quicker. Every page is complete without it. */
  island?: 'list' | 'trace'
  /** A stylesheet beside the one of all pages. */
  sheet?: 'overview' | 'sessions' | 'settings'
  /** How the script hears of changes. */
  live?: Live['transport'] | undefined
  children: Child
}

const ROOT = 'M11.6 5.2 4.9 14c-.6.8-1.8 1-2.6.4L2 14.1c-.8-.7-.8-1.8-.2-2.6L9 4z'
const LEAF = 'M9.3 4.7 8.9 1.2l2 1.5L13 .8l.3 2.6 2.4.7-2 1.6.6 2-3-.5z'
const ICON = `data:image/svg+xml,${encodeURIComponent(
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><path fill="#e8590c" d="${ROOT}"/><path fill="#2b8a3e" d="${LEAF}"/></svg>`,
)}`

export function Layout(props: LayoutProps) {
  const { title, project, at = 'traces', island, sheet, live, children } = props
  const viewer = useContext(ViewerContext)
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>{`${title} · carrot-trace`}</title>
        <link rel="icon" href={ICON} />
        <link rel="stylesheet" href="/assets/dashboard.css" />
        {sheet && <link rel="stylesheet" href={`/assets/${sheet}.css`} />}
        {island && <script type="module" src={`/assets/${island}.js`}></script>}
      </head>
      <body data-live={live}>
        <a class="skip" href="#main">
          Skip to content
        </a>
        <Sprite />
        <header class="top">
          <a class="brand" href="/traces">
            <Carrot />
            <span>carrot-trace</span>
          </a>
          {project !== undefined && (
            <>
              <nav aria-label="Pages">
                <Way to="/traces" words="Traces" current={at === 'traces'} />
                <Way to="/sessions" words="Sessions" current={at === 'sessions'} />
                <Way to="/tools" words="Tools" current={at === 'tools'} />
                <Way to="/overview" words="Overview" current={at === 'overview'} />
                {viewer && <Way to="/settings" words="Settings" current={at === 'settings'} />}
              </nav>
              <ProjectMenu project={project} viewer={viewer} />
            </>
          )}
        </header>
        <main id="main" tabindex={-1}>
          {children}
        </main>
      </body>
    </html>
  )
}

function Way({ to, words, current }: { to: string; words: string; current: boolean }) {
  return (
    <a href={to} aria-current={current ? 'true' : undefined}>
      {words}
    </a>
  )
}

function Carrot() {
  return (
    <svg class="carrot" viewBox="0 0 16 16" aria-hidden="true">
      <path class="root" d={ROOT} />
      <path class="leaf" d={LEAF} />
    </svg>
  )
}
