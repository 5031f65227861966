// Names with their values, as a list for people who read a page and for those who hear it.
import type { Child } from 'hono/jsx'

/** A name and its value. */
export type Fact = readonly [name: Child, value: Child]

/** One below the other. */
export function Facts({ facts }: { facts: readonly Fact[] }) {
  return (
    <dl class="facts lines">
      {facts.map(([name, value]) => (
        <div>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}
