/**
 * The project that is looked at, and the way to the others; and the way out.
 *
 * @module
 */

import type { Logout, Viewer } from '../../auth/access.ts'
import { Text } from './text.tsx'

interface ProjectMenuProps {
  project: string
  viewer: Viewer | undefined
}

export function ProjectMenu({ project, viewer }: ProjectMenuProps) {
  const others = viewer?.projects.filter(({ id }) => id !== viewer.project.id) ?? []
  const name = viewer?.project.name ?? project
  return (
    <>
      {others.length === 0 ? (
        <span class="project">
          <span class="hidden">Project </span>
          <Text text={name} />
        </span>
      ) : (
        <details class="projects">
          <summary>
            <span class="hidden">Project </span>
            <Text text={name} />
          </summary>
          <form method="post" action="/settings/project" aria-label="Other projects">
            {others.map((other) => (
              <button class="quiet" name="project" value={other.id}>
                <Text text={other.name} />
              </button>
            ))}
          </form>
        </details>
      )}
      {viewer?.logout && <LogoutWay logout={viewer.logout} />}
    </>
  )
}

function LogoutWay({ logout }: { logout: Logout }) {
  if (logout !== 'form') return <a href={logout.address}>Log out</a>
  return (
    <form method="post" action="/logout">
      <button class="quiet">Log out</button>
    </form>
  )
}
