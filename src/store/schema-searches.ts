// The tables of what workers want to find again. What holds for every table stands in schema.ts.

/** A requester (by id) or a group (by HIT type) that a worker marked. */
export interface FavouriteTable {
  worker_id: string
  /** `requester` or `group`. */
  kind: string
  subject_id: string
  created_at: number
}

/** Filters of the list of groups under a name. What does not narrow the list is empty, 0 or null. */
export interface SavedSearchTable {
  id: string
  worker_id: string
  name: string
  search: string
  min_reward: number
  qualified: number
  masters: number
  favourites: number
  requester_id: string | null
  sort: string
  /** Groups that are newer than this are told by mail; null when none are. */
  alerts_since: number | null
  created_at: number
}

/** A worker's alerts: one row whatever they are about, so that he gets one mail. */
export interface SearchAlertTable {
  worker_id: string
  /** Groups of favourite requesters that are newer than this are told; null when none are. */
  favourites_since: number | null
  /** Whether any alert is on. */
  active: number
  /** The last look, and when the next one may be: market time. */
  looked_at: number
  next_at: number
}

/** A group of which a worker was told. */
export interface AlertedGroupTable {
  worker_id: string
  hit_type_id: string
  told_at: number
}

/** These tables, once per market. */
export interface SearchTables {
  favourite: FavouriteTable
  saved_search: SavedSearchTable
  search_alert: SearchAlertTable
  alerted_group: AlertedGroupTable
}

/** Their names, as data. */
export const searchTables: readonly (keyof SearchTables)[] = [
  'favourite',
  'saved_search',
  'search_alert',
  'alerted_group',
]
