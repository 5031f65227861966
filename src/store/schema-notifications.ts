// The tables of event notifications as TypeScript sees them; all of them exist once per market.

/** Which events of a HIT type are told, and where. `events` are their names with spaces between. */
export interface NotificationSettingTable {
  hit_type_id: string
  destination: string
  transport: string
  version: string
  events: string
  active: number
}

/**
 * A message that must leave the process. `due_at`, 0 for at once, and `settled_at` are times of the wall clock; `state`
 * is waiting, delivered or dead.
 */
export interface OutboxTable {
  id: string
  requester_id: string
  transport: string
  destination: string
  hit_id: string
  event: string
  document: string
  created_at: number
  state: string
  due_at: number
  attempts: number
  error: string | null
  settled_at: number | null
}

/** Which process sends to a destination, until when by the wall clock. */
export interface OutboxLeaseTable {
  transport: string
  destination: string
  holder: string
  leased_until: number
}
