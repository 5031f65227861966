// What a transaction touched of which figures are kept. Whoever writes a row notes it here, and after the commit the
// figures learn which of them are out of date: so no transaction has to write a row that a whole group shares.

/** How a group was touched. */
export interface GroupTouch {
  /** When HITs were added or given back to the group; 0 when none were. */
  renewedAt: number
  /** Whether work was submitted. */
  hasSubmitted: boolean
}

/** Notes of one transaction. What it took back again may stand in them all the same: counting anew does no harm. */
export class Touches {
  /** By HIT type. */
  readonly groups = new Map<string, GroupTouch>()
  /** Requesters whose work was reviewed. */
  readonly requesters = new Set<string>()
  /** Whether everything was deleted. */
  isEmptied = false

  /** A HIT of the group was changed. */
  changed(hitTypeId: string): GroupTouch {
    let touch = this.groups.get(hitTypeId)
    if (touch === undefined) {
      touch = { renewedAt: 0, hasSubmitted: false }
      this.groups.set(hitTypeId, touch)
    }
    return touch
  }

  /** A HIT was added or given back to the group at `at`, market time. */
  renewed(hitTypeId: string, at: number): void {
    const touch = this.changed(hitTypeId)
    touch.renewedAt = Math.max(touch.renewedAt, at)
  }

  /** Work of the group was submitted. */
  submitted(hitTypeId: string): void {
    this.changed(hitTypeId).hasSubmitted = true
  }

  /** Work for the requester was approved or rejected. */
  reviewed(requesterId: string): void {
    this.requesters.add(requesterId)
  }
}
