/**
 * Text that wants to be something else: markup, script, a link, a template, an escape.
 *
 * Each that can run sets `window.pwned` or opens a dialog, so that running is seen.
 *
 * @module
 */

import type { SpanDetail } from '../../../worker/store/store.ts'
import { call, sketch } from './spans.ts'

const RUN = 'window.pwned=1'

export const HOSTILE: readonly string[] = [
  // HTML
  `<script>${RUN}</script>`,
  `</script><script>${RUN}</script>`,
  `<img src=x onerror="${RUN}">`,
  `<img src=x onerror=alert(1)//`,
  `<svg onload="${RUN}">`,
  `<svg><script>${RUN}</script></svg>`,
  `<svg><a xlink:href="javascript:${RUN}"><text>x</text></a></svg>`,
  `<svg><animate onbegin=${RUN} attributeName=x dur=1s>`,
  `<svg><use href="data:image/svg+xml,<svg id='x' onload='${RUN}'/>#x">`,
  `<math><mtext></mtext><mglyph><style></math><img src=x onerror=${RUN}>`,
  `<body onload="${RUN}">`,
  `<iframe src="javascript:${RUN}"></iframe>`,
  `<iframe srcdoc="<script>parent.pwned=1</script>"></iframe>`,
  `<object data="javascript:${RUN}"></object>`,
  `<embed src="javascript:${RUN}">`,
  `<video><source onerror="${RUN}"></video>`,
  `<audio src=x onerror=${RUN}>`,
  `<details open ontoggle=${RUN}>`,
  `<input autofocus onfocus=${RUN}>`,
  `<select autofocus onfocus=${RUN}>`,
  `<textarea autofocus onfocus=${RUN}></textarea>`,
  `<marquee onstart=${RUN}>`,
  `<link rel=stylesheet href="https://evil.example/x.css">`,
  `<style>@import "https://evil.example/x.css";</style>`,
  `<base href="https://evil.example/">`,
  `<meta http-equiv="refresh" content="0;url=https://evil.example/">`,
  `<form action="https://evil.example"><button autofocus>go`,
  `<a href="javascript:${RUN}">click</a>`,
  `<a href="https://evil.example" ping="https://evil.example/ping">x</a>`,
  `<img src="https://evil.example/pixel.png">`,
  `<img srcset="https://evil.example/pixel.png 1x">`,
  `<div style="background:url(https://evil.example/x)">`,
  `<template shadowrootmode="open"><script>${RUN}</script></template>`,
  `<noscript><p title="</noscript><img src=x onerror=${RUN}>">`,
  `<title></title><script>${RUN}</script>`,
  `<!--><script>${RUN}</script-->`,
  `<![CDATA[<script>${RUN}</script>]]>`,
  `<?xml version="1.0"?><script>${RUN}</script>`,
  // Attributes
  `" onmouseover="${RUN}" x="`,
  `' onfocus='${RUN}' autofocus='`,
  `"><script>${RUN}</script>`,
  `'><img src=x onerror=${RUN}>`,
  `x onclick=${RUN}`,
  '`><script>window.pwned=1</script>',
  // Addresses
  `javascript:${RUN}`,
  `JaVaScRiPt:${RUN}`,
  `data:text/html,<script>${RUN}</script>`,
  `//evil.example/x`,
  `../../../../etc/passwd`,
  `?status=error&tag=<script>`,
  // Templates, JSON, entities
  '${window.pwned=1}',
  '{{constructor.constructor("window.pwned=1")()}}',
  '<%= window.pwned=1 %>',
  `"}]}</script><script>${RUN}</script>`,
  '&lt;script&gt;window.pwned=1&lt;/script&gt;',
  '&#x3C;script&#x3E;window.pwned=1',
  '__proto__',
  // Terminals, directions, the invisible
  '\u001b[31mred\u001b[0m \u001b]0;title\u0007 \u001b[2J',
  'safe\u202etxt.exe\u202c',
  '\u2066\u2067right to left\u2069\u2069',
  'nul \u0000 and del \u007f and nel \u0085',
  'zalgo t\u0336\u0310h\u0334\u0301e\u0337\u0352',
  'half of a pair \ud83d end',
  `${'<b>'.repeat(300)}deep`,
]

/** One trace for each, with the text wherever a client can put text. */
export function hostileTraces(): SpanDetail[] {
  return HOSTILE.flatMap((text, index) => {
    const known = call({ url: `https://api.openai.com/v1/chat/completions?x=${text}` })
    return sketch(`hostile ${index}`, 60_000 + index * 1000, [
      {
        as: 'root',
        name: text,
        kind: 'generation',
        status: 'error',
        took: 100,
        model: text,
        provider: text,
        tags: [text],
        userId: text,
        sessionId: text,
        environment: text,
        metadata: { [text]: text, nested: { [text]: [text] } },
        call: {
          ...known,
          format: text,
          operation: text,
          request: { ...known.request, model: text },
          response: { ...known.response, model: text, id: text, fingerprint: text },
          capture: { truncated: true, unseen: text },
        },
        error: { type: text, message: text, stack: text, code: text, cause: { type: text } },
        input: {
          model: text,
          system: text,
          tools: [{ name: text, description: text }],
          messages: [
            { role: text, name: text, content: text },
            { role: 'user', content: [{ type: 'image_url', image_url: { url: text } }] },
            { role: 'user', content: [{ type: text, [text]: text }] },
            { role: 'tool', tool_call_id: text, content: `{"x":${JSON.stringify(text)}}` },
          ],
        },
        output: {
          role: 'assistant',
          content: text,
          reasoning: text,
          refusal: text,
          tool_calls: [{ id: text, type: 'function', function: { name: text, arguments: text } }],
        },
      },
      {
        as: 'child',
        name: `child ${text}`,
        in: 'root',
        at: 1,
        took: 5,
        input: text,
        output: { [text]: text },
      },
    ])
  })
}
