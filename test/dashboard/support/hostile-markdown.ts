/**
 * Markdown that wants to be something else: a link that runs, a picture that tells, markup, a stall.
 *
 * @module
 */

const RUN = 'window.pwned=1'

export const HOSTILE_MARKDOWN: readonly string[] = [
  // Addresses that run
  `[click](javascript:${RUN})`,
  `[click](JaVaScRiPt:${RUN})`,
  `[click]( javascript:${RUN})`,
  `[click](<javascript:${RUN}>)`,
  '[click](<java\nscript:window.pwned=1>) and **more**',
  `[click](javascript&colon;${RUN})`,
  `[click](&#x6A&#x61&#x76&#x61&#x73&#x63&#x72&#x69&#x70&#x74&#x3A;${RUN})`,
  `[click](java&#9;script:${RUN})`,
  `[click](\u0001javascript:${RUN})`,
  `[click](javascript:${RUN} "title")`,
  `[click](data:text/html,<script>${RUN}</script>)`,
  `[click](data:text/html;base64,PHNjcmlwdD53aW5kb3cucHduZWQ9MTwvc2NyaXB0Pg==)`,
  `[click](vbscript:msgbox(1))`,
  `[click](blob:https://evil.example/1)`,
  `[click](file:///etc/passwd)`,
  `[click](//evil.example/x)`,
  `[click](/traces/1/delete)`,
  `[click](\\\\evil.example\\x)`,
  `<javascript:${RUN}>`,
  `<data:text/html,x>`,
  `[click][1]\n\n[1]: javascript:${RUN}`,
  `[click]\n\n[click]: <javascript:${RUN}> "title"`,
  `![x][1] **and**\n\n[1]: javascript:${RUN}`,
  // Pictures, and what they would tell
  `![x](https://evil.example/pixel.png)`,
  `![x](x "onerror='${RUN}'")`,
  `![x" onerror="${RUN}](x)`,
  `![x](x" onerror="${RUN})`,
  `![x](data:image/svg+xml,<svg onload='${RUN}'>)`,
  `[![x](https://evil.example/pixel.png)](javascript:${RUN})`,
  `[![x](https://evil.example/pixel.png)](https://evil.example/click)`,
  // Out of attributes
  `[x](https://evil.example/"onmouseover="${RUN})`,
  `[x](https://evil.example 'x" onmouseover="${RUN}')`,
  `[x](<https://evil.example/"><script>${RUN}</script>>)`,
  '```js" onload="window.pwned=1\nx\n```',
  `\`\`\`<script>${RUN}</script>\n</pre><script>${RUN}</script>\n\`\`\``,
  `\`<img src=x onerror=${RUN}>\``,
  `# <img src=x onerror=${RUN}>`,
  `| <script>${RUN}</script> | x |\n| --- | --- |\n| <img src=x onerror=${RUN}> | **y** |`,
  `- [x] <input autofocus onfocus=${RUN}>`,
  `> <svg onload=${RUN}>\n\n**x**`,
  `**x**\n\n<script>${RUN}</script>\n\n<iframe srcdoc="<script>parent.pwned=1</script>"></iframe>`,
  `**x** <a href="javascript:${RUN}">y</a> <img src=x onerror=${RUN}>`,
  `<!-- --> **x** <!--><script>${RUN}</script-->`,
  `<https://evil.example/<script>${RUN}</script>>`,
  `www.evil.example/"onmouseover="${RUN}`,
  `https://evil.example/<img/src=x/onerror=${RUN}>`,
  `<a@evil.example"onmouseover="${RUN}>`,
  // Lies
  `[https://bank.example](https://evil.example)`,
  `[x](https://bank.example@evil.example/)`,
  `[safe\u202etxt.exe](https://evil.example/\u202etxt.exe)`,
  `[\u2066bank\u2069](https://bаnk.example)`,
  `[x](https://evil.example/${'a'.repeat(3000)})`,
  `${'[x]('.repeat(200)}https://evil.example${')'.repeat(200)}`,
  `**x** \u001b[31m \u0000 \u0085`,
]

const times = (text: string, chars: number) =>
  text.repeat(Math.ceil(chars / text.length)).slice(0, chars)

const REPEATED =
  '*|_*a|[*a|[|![|[](|~~a |***a** |> |- |1. |- > |<|`|\\|&a;|https://a.b/?!|- a\n  b\n|> a\nb\n|    '

/** Texts that cost the square of their length, or more memory than there is, to take apart. */
export const SLOW_MARKDOWN: readonly string[] = REPEATED.split('|').flatMap((text) =>
  [1000, 20_000, 100_000].map((chars) => times(text, chars)),
)

const lines = (count: number, line: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => line(index)).join('\n')

export const DEEP_MARKDOWN: readonly string[] = [
  lines(200, (index) => `${' '.repeat(index * 2)}- a`),
  lines(200, (index) => `${'   '.repeat(index)}1. a`),
  lines(200, (index) => `${'> '.repeat(index)}a`),
  lines(100, (index) => `${'\t'.repeat(index)}- a`),
  `${'*a '.repeat(600)}${'b*'.repeat(600)}`,
  `${'*'.repeat(1500)}a${'*'.repeat(1500)}`,
  `${'[a'.repeat(600)}${'](https://a.b)'.repeat(600)}`,
  `${'![a'.repeat(600)}${'](https://a.b)'.repeat(600)}`,
  `- a\n${'b\n'.repeat(9000)}`,
  `${'|a'.repeat(3000)}|\n${'|-'.repeat(3000)}|\n${'a\n'.repeat(2000)}`,
  lines(2000, (index) => `[a${index}]: b`),
]
