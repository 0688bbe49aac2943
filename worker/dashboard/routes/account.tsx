/**
 * `/settings` and all that can be changed there, for people who are in.
 *
 * A change that was made leads back to the page by its address, so that reloading it repeats nothing.
 * Only the page that shows a new key is the answer to the form itself, for a key is in no address.
 *
 * @module
 */

import { type Context, Hono } from 'hono'
import type { ProjectEnv } from '../../auth/access.ts'
import type { Directory } from '../../auth/directory.ts'
import { Invalid } from '../../auth/invalid.ts'
import type { Keys } from '../../auth/keys.ts'
import { grantable, makeKey, readKeyRequest, readName } from '../../auth/new-key.ts'
import type { PasswordLogin } from '../../auth/people.ts'
import { chooseProject } from '../../auth/person-door.ts'
import { type RemoveData, removeProject } from '../../auth/removal.ts'
import { changeSettings } from '../../auth/change-settings.ts'
import { priceRuleJson, readPriceRules } from '../../auth/price-rules.ts'
import { readChange } from '../../auth/settings.ts'
import type { JsonObject } from '../../../src/lib/json.ts'
import type { Store } from '../../store/store.ts'
import { type Form, formText, formTexts, readForm, smallForm } from '../form.ts'
import { SettingsPage, type SettingsPageProps } from '../pages/settings.tsx'
import { sendPage } from '../send.tsx'

export interface AccountOptions {
  store: Store
  directory: Directory
  keys: Keys
  /** Where people come in by a password. */
  login?: PasswordLogin
  removeData: RemoveData
  onError: (error: unknown, context: Context<ProjectEnv>) => void
}

export function account(options: AccountOptions): Hono<ProjectEnv> {
  const { store, directory, keys, login, removeData, onError } = options
  const app = new Hono<ProjectEnv>()
  const small = smallForm()

  async function page(
    context: Context<ProjectEnv>,
    news: Pick<SettingsPageProps, 'made' | 'problem'> = {},
  ): Promise<Response> {
    const project = context.get('project')
    const [entries, settings] = await Promise.all([
      directory.keys(project),
      directory.settings(project),
    ])
    const viewer = context.get('viewer') ?? { project: nameless(project), projects: [] }
    const newKeyId = crypto.randomUUID()
    context.header('cache-control', 'no-store')
    return sendPage(
      context,
      <SettingsPage {...{ viewer, settings, newKeyId }} keys={entries} {...news} />,
      news.problem === undefined ? 200 : 400,
    )
  }

  /** A change that may be refused with words for whoever asked. */
  function change(path: string, make: (context: Context<ProjectEnv>, form: Form) => Promise<Made>) {
    app.post(path, small, async (context) => {
      try {
        const made = await make(context, await readForm(context))
        return made instanceof Response ? made : context.redirect(made, 303)
      } catch (error) {
        if (!(error instanceof Invalid)) throw error
        return page(context, { problem: `Not done: ${error.message}.` })
      }
    })
  }

  app.get('/settings', (context) => page(context))

  change('/settings/keys', async (context, form) => {
    const origins = formText(form, 'origins')
      .split(/[\s,]+/)
      .filter((origin) => origin !== '')
    const request = readKeyRequest(
      { name: formText(form, 'name'), scopes: formTexts(form, 'scopes'), origins },
      grantable(context.get('scopes')),
    )
    const made = await makeKey(directory, context.get('project'), request, readId(form))
    keys.forget()
    return page(context, { made })
  })

  change('/settings/keys/:id/revoke', async (context) => {
    await directory.revoke(context.get('project'), context.req.param('id') ?? '')
    keys.forget()
    return '/settings#keys'
  })

  change('/settings/retention', async (context, form) => {
    const days = formText(form, 'days').trim()
    const asked = readChange({ retention_days: days === '' ? null : Number(days) })
    await changeSettings(directory, store, context.get('project'), asked)
    return '/settings#retention'
  })

  change('/settings/prices', async (context, form) => {
    const project = context.get('project')
    const added = readPriceRules([priceOf(form)])
    const { prices } = await directory.settings(project)
    const rules = [...added, ...prices].map(priceRuleJson)
    await changeSettings(directory, store, project, readChange({ prices: rules }))
    return '/settings#prices'
  })

  change('/settings/prices/remove', async (context, form) => {
    const project = context.get('project')
    const { prices } = await directory.settings(project)
    const [index, model] = [Number(formText(form, 'index')), formText(form, 'model')]
    // A form that was sent twice, or late, removes no other.
    const left = prices.filter((rule, at) => at !== index || rule.model !== model)
    await changeSettings(directory, store, project, { prices: left })
    return '/settings#prices'
  })

  change('/settings/project', async (context, form) => {
    chooseProject(context, formText(form, 'project').slice(0, 100))
    return '/traces'
  })

  change('/settings/projects', async (context, form) => {
    const id = crypto.randomUUID()
    if (!(await directory.createProject(id, readName(formText(form, 'name'))))) throw taken()
    chooseProject(context, id)
    return '/settings'
  })

  change('/settings/projects/rename', async (context, form) => {
    const name = readName(formText(form, 'name'))
    if ((await directory.renameProject(context.get('project'), name)) === 'taken') throw taken()
    return '/settings#projects'
  })

  change('/settings/projects/delete', async (context, form) => {
    const project = context.get('viewer')?.project
    if (project === undefined || formText(form, 'name').trim() !== project.name) {
      throw new Invalid('the name was not that of the project')
    }
    await removeProject(directory, project.id, removeData, (error) => onError(error, context))
    keys.forget()
    return '/settings'
  })

  change('/settings/sessions/end', async () => {
    await login?.endSessions()
    return '/settings'
  })
  return app
}

/** As the API would be told; what is left empty is not said. */
function priceOf(form: Form): JsonObject {
  const amount = (name: string) => {
    const text = formText(form, name).trim()
    return text === '' ? null : Number(text.replace(',', '.'))
  }
  return {
    model: formText(form, 'model'),
    provider: formText(form, 'provider').trim() || null,
    input: amount('input'),
    output: amount('output'),
    cache_read: amount('cache_read'),
    cache_write: amount('cache_write'),
  }
}

/** A page, or where to go. */
type Made = Response | string

function readId(form: Form): string {
  const id = formText(form, 'id')
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id) ? id : crypto.randomUUID()
}

function taken(): Invalid {
  return new Invalid('a project has this name already, or there are as many as can be')
}

function nameless(project: string) {
  return { id: project, name: project, createdUs: 0 }
}
