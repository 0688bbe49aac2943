/**
 * Traces of one call each, with what was said in it.
 *
 * @module
 */

import type { Json } from '../../../src/lib/json.ts'
import type { SpanDetail } from '../../../worker/store/store.ts'
import { call, sketch } from './spans.ts'

/** One trace for each text, an assistant's; and in the next messages a user's and a system's. */
export function spoken(texts: readonly string[]): SpanDetail[] {
  return texts.flatMap((text, index) =>
    said(`said ${index}`, { role: 'assistant', content: text }, index),
  )
}

export function said(trace: string, output: Json, number = 0): SpanDetail[] {
  return sketch(trace, 60_000 + number * 1000, [
    {
      name: trace,
      kind: 'generation',
      took: 900,
      model: 'gpt-4o',
      provider: 'openai',
      call: call({}),
      input: {
        model: 'gpt-4o',
        messages: [
          { role: 'system', content: 'Answer in **Markdown**.' },
          { role: 'user', content: 'How do I ask again\nwhen a request fails?' },
        ],
      },
      output,
    },
  ])
}

/** All that answers are made of. */
export const ANSWER = `# Retrying a request

Retry **only** what is *safe* to repeat, and ~~never~~ wait in between:
a line that is broken by its writer stays broken.

## Steps

1. Read the \`Retry-After\` header.
2. Wait, doubling each time:
   - at most **five** times
   - with a little chance in it
3. Give up, and say so.

- [x] read the header
- [ ] write the test

| Status | Retry | Wait in seconds |
| ------ | :---: | --------------: |
| 429    | yes   | 30              |
| 500    | yes   | 1               |
| 400    | no    |                 |

\`\`\`python
for attempt in range(5):
    response = session.get(url, timeout=10)
    if response.status_code != 429:
        break
\`\`\`

> Clients that retry together fail together.
>
> — the [SRE book](https://sre.google/sre-book/addressing-cascading-failures/ "Chapter 22")

---

More at https://example.com/retry, or write to help@example.com. ![A chart of waits](https://example.com/waits.png)

<details>HTML stays text.</details>
`
