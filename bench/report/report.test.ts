import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Results } from '../results.ts'
import { chart } from './chart.ts'
import { summarise } from './statistics.ts'

const results = (runs: Results['runs']): Results => ({
  measuredOn: '2026-01-01',
  rounds: 2,
  minutes: 1,
  machine: { cores: 2, processor: 'p', node: '24', platform: 'linux' },
  load: { before: 0, after: 0 },
  versions: {},
  runs,
})

describe('summarise', () => {
  it('compares each round with the two bare clients of that round', () => {
    const bare = [90, 110, 190, 210].map((cpuUs) => ({ cpuUs }))
    const carrot = [120, 220].map((cpuUs) => ({ cpuUs }))
    assert.deepEqual(summarise(results({ plain: { bare, carrot } }), 'plain', 'carrot', 'cpuUs'), {
      value: { median: 170, least: 120, most: 220 },
      added: { median: 20, least: 20, most: 20 },
      ofBare: { median: 1.15, least: 1.1, most: 1.2 },
    })
  })

  it('knows nothing of what failed', () => {
    const runs = { plain: { carrot: [{ failed: 'it fell' }] } }
    assert.equal(summarise(results(runs), 'plain', 'carrot', 'cpuUs'), undefined)
  })
})

describe('chart', () => {
  it('escapes what it is given', () => {
    const bar = { label: '<a>', value: 1, least: 1, most: 1, text: '"&"', kind: 'peer' as const }
    const svg = chart('A & B', 'x < y', [bar])
    assert.match(svg, /A &amp; B/)
    assert.match(svg, /x &lt; y/)
    assert.match(svg, />&lt;a&gt;</)
    assert.match(svg, /aria-label="[^"]*&quot;&amp;&quot;[^"]*"/)
  })

  it('asks nothing of any other host', () => {
    const svg = chart('A', 'b', [])
    assert.deepEqual(svg.match(/https?:[^"]*/g), ['http://www.w3.org/2000/svg'])
  })
})
