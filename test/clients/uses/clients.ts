/** Every client that is tried, in the order of the table. */

import type { Client } from '../use.ts'
import { anthropicClient } from './anthropic/anthropic.ts'
import { openaiClient } from './openai/openai.ts'

export const CLIENTS: readonly Client[] = [openaiClient, anthropicClient]
