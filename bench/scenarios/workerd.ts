/**
 * In workerd, as Cloudflare Workers run it.
 *
 * @module
 */

import type { Contender } from '../contenders/contender.ts'
import type { Servers } from '../servers/start.ts'
import { serve, type Served } from '../workerd/serve.ts'
import { repeat } from './calls.ts'
import type { Measures, Scenario } from './scenario.ts'

const WARM_UP = 100
const REQUESTS = 400
const AT_ONCE = 8

export const workers: Scenario = {
  name: 'workerd',
  title: 'In workerd',
  about: `A Worker that makes one call a request and sends what it recorded after its reply: ${REQUESTS} requests, ${AT_ONCE} at once, after ${WARM_UP} to warm up. With Node compatibility, as it is by default, and without.`,
  columns: [
    { measure: 'cpuUs', title: 'CPU per request', unit: 'µs', compared: true },
    { measure: 'delivered', title: `arrived of ${REQUESTS}`, recorded: true },
    { measure: 'requestsEach', title: 'sent per request', digits: 2, recorded: true },
    { measure: 'withoutNode', title: `arrived of ${REQUESTS}, without Node`, recorded: true },
  ],
  chart: { measure: 'cpuUs', says: 'CPU per request' },
  maxRounds: 2,
  async outside({ name }, servers) {
    const { delivered: withoutNode = 0 } = await attempt(name, false, servers).catch(complaint)
    return { ...(await attempt(name, true, servers)), withoutNode }
  },
}

function complaint(error: unknown): Measures {
  const [first = '', second = ''] = error instanceof Error ? error.message.split('\n') : []
  const says = /error: (.*)/i.exec(second)?.[1] ?? first
  return { delivered: `no: ${says.replaceAll(/\/\S*\//g, '').slice(0, 80)}` }
}

async function attempt(
  name: Contender['name'],
  compatible: boolean,
  servers: Servers,
): Promise<Measures> {
  const worker = await serve(name, compatible, servers)
  try {
    return await measure(worker, servers)
  } finally {
    await worker.close()
  }
}

async function measure({ url, cpuMs }: Served, servers: Servers): Promise<Measures> {
  let calls = 0
  const request = async (): Promise<void> => {
    calls += 1
    const mark = `call-${String(calls).padStart(6, '0')}`
    const response = await fetch(`${url}/${mark}`)
    const said = await response.text()
    if (!response.ok) throw new Error(`The Worker answered ${response.status}: ${said}`)
  }
  await servers.reset('ok')
  await repeat(WARM_UP, AT_ONCE, request)
  await settled(servers)
  await servers.reset('ok')
  const before = cpuMs()
  await repeat(REQUESTS, AT_ONCE, request)
  const { calls: delivered, requests } = await settled(servers)
  const cpuUs = ((cpuMs() - before) * 1_000) / REQUESTS
  return { cpuUs, delivered, requestsEach: requests / REQUESTS }
}

/** What has arrived when for a second nothing more has. */
async function settled({ counts }: Servers): ReturnType<Servers['counts']> {
  let before = await counts()
  for (let still = 0; still < 4;) {
    await new Promise((resolve) => setTimeout(resolve, 250))
    const now = await counts()
    still = now.requests === before.requests ? still + 1 : 0
    before = now
  }
  return before
}
