/**
 * Who looks at a page, known to all of it: of which project, and which others there are.
 *
 * @module
 */

import { createContext } from 'hono/jsx'
import type { Viewer } from '../auth/access.ts'

export const ViewerContext = createContext<Viewer | undefined>(undefined)
