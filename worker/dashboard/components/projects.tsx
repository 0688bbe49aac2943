/**
 * The projects of a deployment: go to one, rename the one you are in, make or delete one.
 *
 * @module
 */

import type { Viewer } from '../../auth/access.ts'
import { MAX_NAME_CHARS } from '../../auth/new-key.ts'
import { Text } from './text.tsx'

export function Projects({ viewer: { project, projects } }: { viewer: Viewer }) {
  return (
    <section aria-labelledby="projects">
      <h2 id="projects">Projects</h2>
      <form method="post" action="/settings/project" aria-label="Go to a project">
        <ul class="choices">
          {projects.map(({ id, name }) => (
            <li>
              {id === project.id ? (
                <b aria-current="true">
                  <Text text={name} />
                </b>
              ) : (
                <button class="quiet" name="project" value={id}>
                  <Text text={name} />
                </button>
              )}
            </li>
          ))}
        </ul>
      </form>
      <form class="line" method="post" action="/settings/projects">
        <label>
          <span>Name of another project</span>
          <input name="name" maxlength={MAX_NAME_CHARS} required autocomplete="off" />
        </label>
        <button class="plain">Make it</button>
      </form>
      <form class="line" method="post" action="/settings/projects/rename">
        <label>
          <span>New name of this project</span>
          <input
            name="name"
            value={project.name}
            maxlength={MAX_NAME_CHARS}
            required
            autocomplete="off"
          />
        </label>
        <button class="plain">Rename</button>
      </form>
      <details class="sure">
        <summary>Delete this project</summary>
        <form class="line" method="post" action="/settings/projects/delete">
          <label>
            <span>
              All its traces and keys go for good. To be sure, write its name:{' '}
              <Text text={project.name} />
            </span>
            <input name="name" maxlength={MAX_NAME_CHARS} required autocomplete="off" />
          </label>
          <button class="danger">Delete for good</button>
        </form>
      </details>
    </section>
  )
}
