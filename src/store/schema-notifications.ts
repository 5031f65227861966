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
 * A message that must leave the process. `kind` is event, test or mail; `state` is waiting, delivered or dead. `due_at`,
 * 0 for at once, and `settled_at` are times of the wall clock. `sealed` is 1 when no other event may join the document;
 * a message whose event stands in the document of another names that one in `part_of`.
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
  kind: string
  hit_type_id: string
  sealed: number
  part_of: string | null
}

/** Which process sends to a destination, until when by the wall clock. */
export interface OutboxLeaseTable {
  transport: string
  destination: string
  holder: string
  leased_until: number
}
