/**
 * Tags and models, each a link to the list of traces that have it.
 *
 * @module
 */

import { firstPage, listAddress, type Filters } from '../filters.ts'
import { Text } from './text.tsx'

interface TagsProps {
  tags: readonly string[]
  /** The filters that a click adds to. */
  filters?: Filters
}

const NONE: Filters = { tags: [] }

export function Tags({ tags, filters = NONE }: TagsProps) {
  if (tags.length === 0) return <></>
  return (
    <span class="tags">
      {tags.map((tag) => (
        <a class="tag" href={withTag(filters, tag)}>
          <Text text={tag} />
        </a>
      ))}
    </span>
  )
}

export function Models({
  models,
  filters = NONE,
}: {
  models: readonly string[]
  filters?: Filters
}) {
  return (
    <span class="models">
      {models.map((model) => (
        <a class="model" href={withModel(filters, model)}>
          <Text text={model} />
        </a>
      ))}
    </span>
  )
}

function withTag(filters: Filters, tag: string): string {
  const tags = filters.tags.includes(tag) ? filters.tags : [...filters.tags, tag]
  return listAddress({ ...firstPage(filters), tags })
}

function withModel(filters: Filters, model: string): string {
  return listAddress({ ...firstPage(filters), model })
}
