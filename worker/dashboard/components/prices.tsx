/**
 * The prices that a project sets itself, as a table of forms: a line to add, a button to remove one.
 *
 * @module
 */

import type { Settings } from '../../auth/settings.ts'
import type { PriceRule } from '../../store/price.ts'
import { Text } from './text.tsx'

const AMOUNTS = [
  ['input', 'Input', true],
  ['output', 'Output', true],
  ['cache_read', 'Cache read', false],
  ['cache_write', 'Cache write', false],
] as const

export function Prices({ settings: { prices } }: { settings: Settings }) {
  return (
    <section aria-labelledby="prices">
      <h2 id="prices">Prices</h2>
      <p class="note">
        In US dollars for a million tokens. They count before the rates of providers, the first that
        fits; what a provider says it charges counts before all. Costs of what is stored follow.
      </p>
      {prices.length > 0 && <PriceTable prices={prices} />}
      <form class="line" method="post" action="/settings/prices">
        <label>
          <span>Model, or gpt-5*</span>
          <input name="model" required maxlength={200} />
        </label>
        <label>
          <span>Provider, if only there</span>
          <input name="provider" maxlength={200} />
        </label>
        {AMOUNTS.map(([name, label, isNeeded]) => (
          <label>
            <span>{label}</span>
            <input class="amount" name={name} inputmode="decimal" required={isNeeded} />
          </label>
        ))}
        <button class="plain">Add</button>
      </form>
    </section>
  )
}

function PriceTable({ prices }: { prices: readonly PriceRule[] }) {
  return (
    <div class="prices">
      <table class="entries">
        <caption class="hidden">Prices of this project</caption>
        <thead>
          <tr>
            <th scope="col">Model</th>
            <th scope="col">Provider</th>
            {AMOUNTS.map(([, label]) => (
              <th scope="col" class="amount">
                {label}
              </th>
            ))}
            <th scope="col">
              <span class="hidden">Remove</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {prices.map((rule, index) => (
            <tr>
              <th scope="row">
                <Text text={rule.model} />
              </th>
              <td>{rule.provider === undefined ? 'any' : <Text text={rule.provider} />}</td>
              {[rule.input, rule.output, rule.cacheRead, rule.cacheWrite].map((amount) => (
                <td class="amount">{amount ?? '—'}</td>
              ))}
              <td>
                <form method="post" action="/settings/prices/remove">
                  <input type="hidden" name="index" value={String(index)} />
                  <input type="hidden" name="model" value={rule.model} />
                  <button class="plain">
                    Remove<span class="hidden"> {rule.model}</span>
                  </button>
                </form>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
