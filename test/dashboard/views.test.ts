import { Hono } from 'hono'
import { describe, expect, it } from 'vitest'
import type { ProjectEnv } from '../../worker/auth/access.ts'
import type { SavedView } from '../../worker/auth/saved-views.ts'
import { SavedViews } from '../../worker/dashboard/components/saved-views.tsx'
import { ALL, readFilters } from '../../worker/dashboard/list/filters.ts'
import { viewAddress } from '../../worker/dashboard/list/view-address.ts'
import { viewRoutes } from '../../worker/dashboard/routes/views.ts'
import { account, PASSWORD } from './support/account.ts'
import { HOSTILE } from './support/hostile.ts'
import { attributes, words } from './support/html.ts'
import { memoryStore } from './support/memory-store.ts'

const views = (count: number): SavedView[] =>
  Array.from({ length: count }, (_, number) => ({ name: `view ${number}`, search: `q=x${number}` }))

const shown = (props: Partial<Parameters<typeof SavedViews>[0]>) => {
  const all = { views: views(2), filters: ALL, mayChange: true, isPart: false, ...props }
  return String(SavedViews(all))
}
const asked = (search: string) => readFilters(new URLSearchParams(search)).filters

/** Somebody who is in, and what their forms do. */
async function inside() {
  const { app, known } = account()
  const post = (path: string, form: Record<string, string>, headers = {}) =>
    app.request(path, {
      method: 'POST',
      body: new URLSearchParams(form),
      headers: { 'sec-fetch-site': 'same-origin', cookie, ...headers },
    })
  let cookie = ''
  const reply = await post('/login', { password: PASSWORD })
  cookie = reply.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ')
  await app.request('/traces', { headers: { cookie } })
  const kept = async () => (await known.allSettings()).flatMap((settings) => settings.views)
  return { app, post, kept, known }
}

describe('saved views', () => {
  it('are links, the one that is looked at marked', () => {
    const html = shown({ filters: asked('q=x1') })
    expect(attributes(html, 'href')).toEqual(['/traces?q=x0', '/traces?q=x1'])
    expect(html).toContain('<a href="/traces?q=x1" aria-current="true">view 1</a>')
    expect(attributes(html, 'value')).toEqual(['q=x1', 'view 1', 'view 0', 'view 1'])
  })

  it('are shown without forms to whom may not change them, and not at all where there are none', () => {
    expect(shown({ mayChange: false, filters: asked('q=a') })).not.toContain('<form')
    expect(shown({ mayChange: false, views: [], filters: asked('q=a') })).toBe('')
    expect(shown({ views: [] })).toBe('')
  })

  it('can be saved where there is a search, and all of it is understood', () => {
    expect(words(shown({ views: [], filters: asked('q=a') }))).toContain('Save this view')
    expect(words(shown({ views: [], filters: asked('sort=-cost') }))).toContain('Save this view')
    expect(words(shown({}))).not.toContain('Save this view')
    expect(words(shown({ filters: asked('q=a'), isPart: true }))).not.toContain('Save this view')
  })

  it('fold from the ninth on, but for the one that is looked at', () => {
    expect(words(shown({ views: views(50) }))).toContain('view 7 42 more view 8')
    expect(shown({ views: views(50) })).not.toContain('open')
    expect(shown({ views: views(50), filters: asked('q=x20') })).toContain('open=""')
  })

  it('lead to the list alone, whatever was kept', () => {
    const kept = HOSTILE.flatMap((text) => [
      text,
      `q=${text}`,
      `q=a&before=${text}`,
      `${new URLSearchParams({ q: text, from: text, sort: text })}`,
    ])
    for (const search of kept) {
      const address = viewAddress({ name: 'hostile', search })
      expect(address).toMatch(/^\/traces(\?[^<>"\s]*)?$/)
      expect(new URL(address, 'http://a.example').searchParams.get('before')).toBeNull()
    }
  })
})

describe('the forms of views', () => {
  it('save what is understood, under a name that replaces', async () => {
    const { post, kept } = await inside()
    const search = 'q=status:error&range=24h&sort=-cost&before=cursor'
    const reply = await post('/settings/views/save', { search, name: ' Failed ' })
    expect([reply.status, reply.headers.get('location')]).toEqual([
      303,
      '/traces?q=status:error&range=24h&sort=-cost',
    ])
    expect(await kept()).toEqual([
      { name: 'Failed', search: 'q=status:error&range=24h&sort=-cost' },
    ])
    await post('/settings/views/save', { search: 'q=other', name: 'Failed' })
    expect(await kept()).toEqual([{ name: 'Failed', search: 'q=other' }])
  })

  it('rename and remove, but never over another', async () => {
    const { post, kept } = await inside()
    for (const name of ['one', 'two', '__proto__']) {
      await post('/settings/views/save', { search: `q=${name}`, name })
    }
    expect((await post('/settings/views/rename', { view: 'one', name: 'two' })).status).toBe(400)
    expect((await post('/settings/views/rename', { view: 'none', name: 'three' })).status).toBe(400)
    const renamed = await post('/settings/views/rename', { view: 'one', name: 'three' })
    expect(renamed.headers.get('location')).toBe('/traces?q=one')
    await post('/settings/views/remove', { view: '__proto__' })
    await post('/settings/views/remove', { view: 'unknown' })
    expect(await kept()).toEqual([
      { name: 'three', search: 'q=one' },
      { name: 'two', search: 'q=two' },
    ])
  })

  it.for([
    ['save', { search: 'q=a', name: '' }],
    ['save', { search: 'q=a', name: 'x'.repeat(61) }],
    ['save', { search: '', name: 'all' }],
    ['save', { search: '//evil.example', name: 'away' }],
    ['save', { search: 'https://evil.example/?q=a', name: 'away' }],
    ['save', { search: 'q=latncy:7', name: 'slip' }],
    ['save', { search: `q=${'x'.repeat(2000)}`, name: 'long' }],
    ['remove', { view: '' }],
  ] as const)('say what was wrong, and change nothing: %s %j', async ([path, form]) => {
    const { post, kept } = await inside()
    const reply = await post(`/settings/views/${path}`, form)
    expect(reply.status).toBe(400)
    expect(words(await reply.text())).toContain('Not done')
    expect(await kept()).toEqual([])
  })

  it('change nothing for a page of another site, nor for who is not in', async () => {
    const { post, kept } = await inside()
    const form = { search: 'q=a', name: 'a' }
    const foreign = { 'sec-fetch-site': 'cross-site' }
    expect((await post('/settings/views/save', form, foreign)).status).toBe(403)
    expect((await post('/settings/views/save', form, { cookie: '' })).status).toBe(401)
    expect(await kept()).toEqual([])
  })

  it('are not for who may only read', async () => {
    const { known } = account()
    await known.createProject('p', 'p')
    const app = new Hono<ProjectEnv>()
    app.use(async (context, next) => {
      context.set('project', 'p')
      context.set('scopes', ['read'])
      await next()
    })
    app.route('/', viewRoutes({ store: memoryStore(() => []), directory: known }))
    app.onError((error, context) => context.text(error.message, 400))
    const body = new URLSearchParams({ search: 'q=a', name: 'a' })
    const reply = await app.request('/settings/views/save', { method: 'POST', body })
    expect([reply.status, await reply.text()]).toEqual([
      400,
      'whoever may only read cannot change views',
    ])
    expect((await known.settings('p')).views).toEqual([])
  })

  it('make 50, and say when there is no room', async () => {
    const { post, kept, known } = await inside()
    const [project] = await known.projects()
    await known.changeSettings(project?.id ?? '', { views: views(50) })
    const reply = await post('/settings/views/save', { search: 'q=a', name: 'more' })
    expect(words(await reply.text())).toContain('may have 50 views: remove one first')
    expect((await post('/settings/views/save', { search: 'q=a', name: 'view 3' })).status).toBe(303)
    expect(await kept()).toHaveLength(50)
  })
})
