/**
 * The directory on Workers: one Durable Object that knows all projects and keys of the deployment.
 *
 * @module
 */

import { DurableObject } from 'cloudflare:workers'
import { durableDriver } from '../store/durable/durable-driver.ts'
import { type Directory as Book, directory } from './directory.ts'
import type { NewKey } from './key-book.ts'
import type { SettingsChange } from './settings.ts'

/** The methods are those of the book; what an object offers has to stand in its class. */
export class Directory extends DurableObject implements Book {
  readonly #book: Book

  constructor(context: DurableObjectState, env: Cloudflare.Env) {
    super(context, env)
    this.#book = directory(durableDriver(context.storage))
  }

  grant(hash: string) {
    return this.#book.grant(hash)
  }
  admit(hash: string, key: NewKey) {
    return this.#book.admit(hash, key)
  }
  keys(project: string) {
    return this.#book.keys(project)
  }
  revoke(project: string, id: string) {
    return this.#book.revoke(project, id)
  }
  origins() {
    return this.#book.origins()
  }

  projects() {
    return this.#book.projects()
  }
  createProject(id: string, name: string) {
    return this.#book.createProject(id, name)
  }
  createFirstProject(id: string, name: string) {
    return this.#book.createFirstProject(id, name)
  }
  renameProject(id: string, name: string) {
    return this.#book.renameProject(id, name)
  }
  removeProject(id: string) {
    return this.#book.removeProject(id)
  }
  removedProjects(beforeUs: number) {
    return this.#book.removedProjects(beforeUs)
  }
  forgetProject(id: string) {
    return this.#book.forgetProject(id)
  }
  settings(project: string) {
    return this.#book.settings(project)
  }
  changeSettings(project: string, change: SettingsChange) {
    return this.#book.changeSettings(project, change)
  }
  allSettings() {
    return this.#book.allSettings()
  }

  sessionSecret() {
    return this.#book.sessionSecret()
  }
  endSessions() {
    return this.#book.endSessions()
  }
  attempt(source: string) {
    return this.#book.attempt(source)
  }
  succeeded(source: string) {
    return this.#book.succeeded(source)
  }
}

/** The directory of this deployment, from any isolate. */
export function durableDirectory(
  directories: DurableObjectNamespace<Directory>,
  name = 'directory',
): Book {
  // A new stub for each question: one that saw its object fail stays broken.
  const object = () => directories.get(directories.idFromName(name))
  return {
    grant: (hash) => object().grant(hash),
    admit: (hash, key) => object().admit(hash, key),
    keys: (project) => object().keys(project),
    revoke: (project, id) => object().revoke(project, id),
    origins: () => object().origins(),
    projects: () => object().projects(),
    createProject: (id, name) => object().createProject(id, name),
    createFirstProject: (id, name) => object().createFirstProject(id, name),
    renameProject: (id, name) => object().renameProject(id, name),
    removeProject: (id) => object().removeProject(id),
    removedProjects: (beforeUs) => object().removedProjects(beforeUs),
    forgetProject: (id) => object().forgetProject(id),
    settings: (project) => object().settings(project),
    changeSettings: (project, change) => object().changeSettings(project, change),
    allSettings: () => object().allSettings(),
    sessionSecret: () => object().sessionSecret(),
    endSessions: () => object().endSessions(),
    attempt: (source) => object().attempt(source),
    succeeded: (source) => object().succeeded(source),
  }
}
