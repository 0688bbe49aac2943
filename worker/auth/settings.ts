/**
 * What each project can have its own way, and what follows from it.
 *
 * @module
 */

import { fields, isObject, type Json, parse } from '../../src/lib/json.ts'
import type { PriceRule } from '../store/price.ts'
import { Invalid } from './invalid.ts'
import { priceRuleJson, readPriceRules } from './price-rules.ts'
import {
  readViewChanges,
  type SavedView,
  storedViews,
  type ViewChange,
  viewsJson,
} from './saved-views.ts'

export interface Settings {
  /** Traces older than this are removed; `null`: none are. */
  retentionDays: number | null
  /** Before the rates of providers; the first that fits a call counts. */
  prices: readonly PriceRule[]
  views: readonly SavedView[]
}

/** What is not named stays; `null` is what it was without any setting. */
export interface SettingsChange extends Partial<Omit<Settings, 'views'>> {
  /** Each by itself, so that two people save theirs at once. */
  views?: readonly ViewChange[]
}

export const DEFAULT_SETTINGS: Settings = { retentionDays: null, prices: [], views: [] }

/** Ten years. */
export const MAX_RETENTION_DAYS = 3650

const DAY_US = 86_400_000_000

/** What is in the directory. A value that a newer or broken program wrote is as if it were not. */
export function readStored(text: unknown): Settings {
  const { retentionDays, prices, views } = fields(
    typeof text === 'string' ? parse(text) : undefined,
  )
  return {
    retentionDays: isDays(retentionDays) ? retentionDays : DEFAULT_SETTINGS.retentionDays,
    prices: storedPrices(prices),
    views: storedViews(views),
  }
}

function storedPrices(value: Json | undefined): readonly PriceRule[] {
  try {
    return readPriceRules(value ?? [])
  } catch {
    return DEFAULT_SETTINGS.prices
  }
}

/** A change as `readStored` reads it when it is merged into what is kept. */
export function writeStored({ prices, views, ...rest }: SettingsChange): string {
  return JSON.stringify({
    ...rest,
    ...(prices && { prices: prices.map(priceRuleJson) }),
    ...(views && { views: viewsJson(views) }),
  })
}

/**
 * A change as somebody asks for it, such as `{"retention_days": 30}`.
 *
 * @throws {Invalid}
 */
export function readChange(value: Json | undefined): SettingsChange {
  if (!isObject(value)) throw new Invalid('the settings must be an object')
  const { retention_days: days, prices, views, ...unknown } = value
  if (Object.keys(unknown).length > 0) {
    throw new Invalid('a setting is not known; there are retention_days, prices and views')
  }
  return {
    ...(days !== undefined && { retentionDays: readDays(days) }),
    ...(prices !== undefined && { prices: readPriceRules(prices ?? []) }),
    ...(views !== undefined && { views: readViewChanges(views) }),
  }
}

function readDays(days: Json): number | null {
  if (days !== null && !isDays(days)) {
    throw new Invalid(
      `\`retention_days\` must be a whole number from 1 to ${MAX_RETENTION_DAYS}, or null to keep all`,
    )
  }
  return days
}

function isDays(value: Json | undefined): value is number {
  return (
    typeof value === 'number' &&
    Number.isInteger(value) &&
    value >= 1 &&
    value <= MAX_RETENTION_DAYS
  )
}

export interface Due {
  project: string
  /** All that started before it is to go. */
  beforeUs: number
}

/** What is to be removed now, of which project. */
export function retentionDue(
  settings: readonly ({ project: string } & Settings)[],
  nowUs: number,
): Due[] {
  return settings.flatMap(({ project, retentionDays }) =>
    retentionDays === null ? [] : [{ project, beforeUs: nowUs - retentionDays * DAY_US }],
  )
}
