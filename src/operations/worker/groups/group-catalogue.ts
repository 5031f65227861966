// The open groups that a process keeps in memory, and their orders. No database, no clock.
import type { GroupSort } from './group-view.ts'
import { orderOf, type OpenGroup } from './open-groups.ts'

/** An open group with what its keeper has to know. Its figures change in place. */
export interface CatalogueGroup extends OpenGroup {
  /** When the first of its HITs expires: from then on it is out of date. */
  nextExpiration: number
  /** When it was counted: epoch milliseconds of the wall clock. */
  changedAt: number
  /** Whether it has more HITs than are counted before a list is answered. */
  isLarge: boolean
}

interface Order {
  groups: readonly CatalogueGroup[]
  version: number
  members: number
  /** How far the order has read the list of groups that were added. */
  seen: number
}

/** Groups that were added and that every order is told of, before the orders are made anew. */
const longestNews = 10_000

export class Catalogue {
  readonly #groups = new Map<string, CatalogueGroup>()
  readonly #orders = new Map<GroupSort, Order>()
  #added: CatalogueGroup[] = []
  #version = 0
  /** Changes with every group that comes or goes. */
  #members = 0
  /** No group's next expiration is earlier. */
  #nextExpiration = Infinity

  /** The groups of which a HIT has expired by `now`. */
  expired(now: number): CatalogueGroup[] {
    if (now < this.#nextExpiration) return []
    const found: CatalogueGroup[] = []
    this.#nextExpiration = Infinity
    for (const group of this.#groups.values()) {
      this.#nextExpiration = Math.min(this.#nextExpiration, group.nextExpiration)
      if (group.nextExpiration <= now) found.push(group)
    }
    return found
  }

  get(hitTypeId: string): CatalogueGroup | undefined {
    return this.#groups.get(hitTypeId)
  }

  /** Every group, in no order. */
  all(): Iterable<CatalogueGroup> {
    return this.#groups.values()
  }

  /** Adds a group, in the place of an older one of the same type. */
  add(group: CatalogueGroup): void {
    this.#groups.set(group.type.id, group)
    this.#nextExpiration = Math.min(this.#nextExpiration, group.nextExpiration)
    this.#members++
    this.#added.push(group)
    if (this.#added.length > longestNews) {
      this.#added = []
      this.#orders.clear()
    }
    this.#version++
  }

  /** Changes the figures of a group that is there. */
  change(group: CatalogueGroup, changes: Partial<CatalogueGroup>): void {
    Object.assign(group, changes)
    this.#nextExpiration = Math.min(this.#nextExpiration, group.nextExpiration)
    this.#version++
  }

  remove(hitTypeId: string): void {
    if (!this.#groups.delete(hitTypeId)) return
    this.#members++
    this.#version++
  }

  clear(): void {
    this.#groups.clear()
    this.#orders.clear()
    this.#added = []
    this.#nextExpiration = Infinity
    this.#members++
    this.#version++
  }

  /** The groups in an order. Between two looks few change places, so the old order is put right instead of made anew. */
  ordered(sort: GroupSort): readonly CatalogueGroup[] {
    const known = this.#orders.get(sort)
    if (known?.version === this.#version) return known.groups
    const isThere = (group: CatalogueGroup) => this.#groups.get(group.type.id) === group
    const groups =
      known === undefined
        ? [...this.#groups.values()]
        : known.members === this.#members
          ? [...known.groups]
          : [...new Set([...known.groups, ...this.#added.slice(known.seen)])].filter(isThere)
    groups.sort(orderOf(sort))
    const seen = this.#added.length
    this.#orders.set(sort, { groups, version: this.#version, members: this.#members, seen })
    return groups
  }
}
