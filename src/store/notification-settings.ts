// Which events of a HIT type its requester wants to hear of, and where: at most one setting a type [notifications 1.5].
import type { EventKind, NotificationSpecification, Transport } from '../domain/notification.ts'
import { read, write } from './prepared.ts'
import type { NotificationSettingTable } from './schema-notifications.ts'
import type { Read, Write } from './tx.ts'

export interface NotificationSetting extends NotificationSpecification {
  hitTypeId: string
  /** Nothing is sent before the requester says so [notifications 2.2]. */
  active: boolean
}

/** A setting in force, with what a document tells of the type. */
export interface Subscription extends NotificationSetting {
  hitGroupId: string
}

function fromRow(row: NotificationSettingTable): NotificationSetting {
  return {
    hitTypeId: row.hit_type_id,
    destination: row.destination,
    transport: row.transport as Transport,
    version: row.version,
    events: row.events === '' ? [] : (row.events.split(' ') as EventKind[]),
    active: row.active === 1,
  }
}

const upsert = write<NotificationSettingTable, unknown>(({ db }, p) =>
  db
    .insertInto('notification_setting')
    .values({
      hit_type_id: p.hit_type_id,
      destination: p.destination,
      transport: p.transport,
      version: p.version,
      events: p.events,
      active: p.active,
    })
    .onConflict((conflict) =>
      conflict.column('hit_type_id').doUpdateSet({
        destination: p.destination,
        transport: p.transport,
        version: p.version,
        events: p.events,
        active: p.active,
      }),
    ),
)

const lockRow = write<{ hitTypeId: string }, NotificationSettingTable>(({ db, forUpdate }, p) =>
  forUpdate(db.selectFrom('notification_setting').selectAll().where('hit_type_id', '=', p.hitTypeId)),
)

const findActiveRow = read<{ hitTypeId: string }, NotificationSettingTable & { group_id: string }>(
  ({ db }, p) =>
    db
      .selectFrom('notification_setting')
      .innerJoin('hit_type', 'hit_type.id', 'notification_setting.hit_type_id')
      .selectAll('notification_setting')
      .select('hit_type.group_id')
      .where('notification_setting.hit_type_id', '=', p.hitTypeId)
      .where('notification_setting.active', '=', 1),
)

/** Keeps a setting; an earlier one of the type is replaced. */
export async function put(tx: Write, setting: NotificationSetting): Promise<void> {
  await tx.change(upsert, {
    hit_type_id: setting.hitTypeId,
    destination: setting.destination,
    transport: setting.transport,
    version: setting.version,
    events: setting.events.join(' '),
    active: setting.active ? 1 : 0,
  })
}

/** The setting of a type, active or not, locked. */
export async function lock(tx: Write, hitTypeId: string): Promise<NotificationSetting | undefined> {
  const row = await tx.first(lockRow, { hitTypeId })
  return row && fromRow(row)
}

/** The setting of a type when it is in force. */
export async function findActive(tx: Read, hitTypeId: string): Promise<Subscription | undefined> {
  const row = await tx.first(findActiveRow, { hitTypeId })
  return row && { ...fromRow(row), hitGroupId: row.group_id }
}
