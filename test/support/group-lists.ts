// Ways to ask for lists of groups in tests.
import type { GroupQuery } from '../../src/operations/worker/groups/group-view.ts'

/** Every group that has something to offer, the hidden ones too. */
export const everyGroup: GroupQuery = { includesHidden: true, sort: 'updated_desc', offset: 0, limit: 1000 }
