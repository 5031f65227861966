// The tables of figures: what is known of a group and of a requester at a glance, refreshed when it is out of date. What holds for every table stands in schema.ts.

/** What a group offers, and how long others needed for its HITs; made of the tables of HITs and assignments. */
export interface GroupFiguresTable {
  hit_type_id: string
  /** HITs that are offered. */
  assignable: number
  /** Creation of the oldest of them. */
  created_at: number
  /** When HITs were last added or given back. */
  updated_at: number
  latest_expiration: number
  /** When the next of them expires: then the row is out of date. */
  next_expiration: number
  /** Of the latest submitted assignments; null when there are none. */
  median_seconds: number | null
  samples: number
  /** When it was counted: wall-clock time. */
  changed_at: number
}

/** How a requester treats work, from his latest reviewed assignments. */
export interface RequesterFiguresTable {
  requester_id: string
  /** Reviewed assignments, and approved ones among them. */
  samples: number
  approved: number
  /** Those of them that were reviewed in the last 30 days before `changed_at`. */
  recent: number
  /** Median of the seconds from submission to decision; null when there are none. */
  review_seconds: number | null
  /** When it was counted: wall-clock time. */
  changed_at: number
}

/** These tables, once per market. */
export interface GroupTables {
  group_figures: GroupFiguresTable
  requester_figures: RequesterFiguresTable
}

/** Their names, as data. */
export const groupTables: readonly (keyof GroupTables)[] = ['group_figures', 'requester_figures']
