import * as hitTypes from '../../store/hit-types.ts'
import { read, type Caller } from '../operation.ts'

/** Groups shown on one page of the list. */
const groupsShown = 200

/** The groups that have a HIT to offer, newest first, as everybody sees them [websites 1.3]. */
export const ListOpenGroups = read<Caller, object, hitTypes.Group[]>('ListOpenGroups', (tx) =>
  hitTypes.listOpenGroups(tx, groupsShown),
)
