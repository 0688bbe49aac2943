/**
 * A call as it is known from its request alone, before the body: where it goes, and to whom.
 *
 * @module
 */

import type { WireFormat } from '../formats/format.ts'
import { readGateway } from '../formats/gateway.ts'
import { providerOf } from '../formats/provider.ts'
import { absentUsage } from '../formats/usage.ts'
import { safeUrl } from '../redact.ts'
import type { ModelCall } from '../model-call.ts'
import type { Target } from './request.ts'

export function openCall(format: WireFormat, { url, header, body }: Target): ModelCall {
  const attempt = Number.parseInt(header('x-stainless-retry-count') ?? '', 10)
  const call: ModelCall = {
    operation: format.operation,
    provider: providerOf(url, format.name),
    format: format.name,
    server: { address: url.hostname, ...(url.port && { port: Number(url.port) }) },
    time: {},
    http: { method: 'POST', url: safeUrl(url), ...(attempt >= 0 && { attempt }) },
    request: { stream: false, params: {} },
    response: { choices: [] },
    usage: absentUsage(),
    ended: 'open',
    capture: { truncated: false, ...('unseen' in body && { unseen: body.unseen }) },
  }
  readGateway(call, url)
  return call
}
