/** Somebody with a browser: keeps cookies, and says where a request comes from. */

import type { Hono } from 'hono'
import type { ProjectEnv } from '../../../worker/auth/access.ts'

export const ORIGIN = 'https://traces.example'

export interface Page {
  status: number
  headers: Headers
  html: string
}

export function person(app: Hono<ProjectEnv>, origin = ORIGIN) {
  const cookies = new Map<string, string>()

  async function request(path: string, init: RequestInit): Promise<Page> {
    const headers = new Headers(init.headers)
    headers.set('cookie', [...cookies].map(([name, value]) => `${name}=${value}`).join('; '))
    const response = await app.request(origin + path, { ...init, headers })
    for (const cookie of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? []
      if (value === '') cookies.delete(name)
      else cookies.set(name, value)
    }
    return { status: response.status, headers: response.headers, html: await response.text() }
  }

  return {
    cookies,
    get: (path: string, headers: HeadersInit = {}) => request(path, { headers }),
    post: (
      path: string,
      form: Record<string, string> | [string, string][] = {},
      headers: HeadersInit = { origin, 'sec-fetch-site': 'same-origin' },
    ) => request(path, { method: 'POST', headers, body: new URLSearchParams(form) }),
    request,
  }
}

/** The texts of the elements with a class or a name. */
export function between(html: string, open: string, close: string): string {
  const start = html.indexOf(open)
  return start === -1 ? '' : html.slice(start + open.length, html.indexOf(close, start))
}
