// Keeps the figures of groups: an in-memory catalogue for lists, and a table for other processes and the next start.
// Nobody who changes a HIT writes them. He notes the group [store/touches.ts], and it is counted anew: before the next
// list where that is little work, else about once a second, and a large group seldomer. Why: docs/decisions/0010.
import type { Clock } from '../../../clock.ts'
import { isFault, type Fault } from '../../../domain/fault.ts'
import { server } from '../../../limits.ts'
import { nothingOffered, together, type KeptFigures } from '../../../store/group-figures.ts'
import type { NamedType } from '../../../store/groups.ts'
import type { GroupTouch, Touches } from '../../../store/touches.ts'
import { system } from '../../operation.ts'
import type { Runner } from '../../run.ts'
import {
  CountGroupFrom,
  CountGroups,
  CountRequester,
  KeepFigures,
  ListChangedFigures,
  ListKeptFigures,
  ListOpenTypes,
  type CountedGroup,
} from '../../system/group-figures.ts'
import { Catalogue } from './group-catalogue.ts'
import { addTouch, changeOf, differ, figuresAfter, groupOf, rowOf, takeSome } from './group-marks.ts'
import { RequesterMarks } from './requester-marks.ts'

const bounds = server.groups
const untouched: GroupTouch = { renewedAt: 0, hasSubmitted: false }
const inDoubt: GroupTouch = { renewedAt: 0, hasSubmitted: true }

export interface GroupKeeperDependencies {
  runner: Runner
  clock: Clock
  wallClock: Clock
  /** Whether other processes work on the same tables. */
  isShared: boolean
  failed(error: unknown): void
}

/** The figures of the groups of one market, as one process knows them. */
export class GroupKeeper {
  readonly catalogue = new Catalogue()
  readonly #is: GroupKeeperDependencies
  /** Groups that are out of date and counted at once, large ones, and those in doubt because nobody looked for long. */
  readonly #marks = new Map<string, GroupTouch>()
  readonly #large = new Map<string, GroupTouch>()
  readonly #doubts = new Map<string, GroupTouch>()
  readonly #unsaved = new Map<string, KeptFigures>()
  readonly #requesters: RequesterMarks
  /** Until when a large group rests, by the wall clock. */
  readonly #rests = new Map<string, number>()
  /** Counts deletions of everything: what was counted before one is void. */
  #era = 0
  #loading: Promise<void> | undefined
  #keeping: Promise<void> | undefined
  #turn: Promise<unknown> = Promise.resolve()
  #waiting: Promise<void> | undefined
  #lookedAt = 0
  /** When all marked groups had been counted last, by the wall clock. */
  #countedAt = -Infinity
  #counting: Promise<void> | undefined
  #sweepAt = 0
  #timeout: NodeJS.Timeout | undefined
  #isStopped = false

  constructor(dependencies: GroupKeeperDependencies) {
    this.#is = dependencies
    this.#requesters = new RequesterMarks(dependencies.wallClock)
  }

  /** Takes note of what a transaction touched; called after its commit. */
  note(touches: Touches): void {
    if (touches.isEmptied) this.#forget()
    for (const [id, touch] of touches.groups) this.#mark(id, touch)
    for (const id of touches.requesters) this.#requesters.mark(id)
  }

  /**
   * Before a list is answered: whoever looks sees what was committed before. Not of large groups, and not while so many
   * are touched that each list would wait for hundreds: those are counted beside the lists.
   */
  async refresh(): Promise<void> {
    await this.#load()
    if (this.#marks.size > bounds.batch) {
      const age = this.#counting === undefined ? this.#is.wallClock.now() - this.#countedAt : 0
      if (age >= bounds.staleAfter) await this.#countMarked()
      else if (age >= bounds.lookInterval)
        this.#countMarked().catch((error: unknown) => this.#is.failed(error))
      return
    }
    // Who comes while others still wait for their turn shares it with them.
    this.#waiting ??= this.#alone(() => {
      this.#waiting = undefined
      return this.#freshen()
    })
    await this.#waiting
  }

  /** Counts what is out of date, large groups too, and writes the tables. What fails is tried again. */
  keepUp(): Promise<void> {
    return (this.#keeping ??= this.#keepUp()
      .catch((error: unknown) => this.#is.failed(error))
      .finally(() => (this.#keeping = undefined)))
  }

  /** Keeps up once a second from now on. */
  start(): void {
    void this.keepUp().finally(() => {
      if (!this.#isStopped) this.#timeout = setTimeout(() => this.start(), bounds.lookInterval)
    })
  }

  /** Waits for what is under way, and begins nothing more. */
  async stop(): Promise<void> {
    this.#isStopped = true
    clearTimeout(this.#timeout)
    await this.#keeping
  }

  async #keepUp(): Promise<void> {
    if (this.#isStopped) return
    await this.#load()
    await this.#alone(async () => {
      await this.#lookAround()
      this.#markExpired()
    })
    await this.#countMarked()
    await this.#sweep()
    await this.#countLarge()
    await this.#save()
    await this.#countRequesters()
  }

  /** Counts the small groups that are marked now: others mark meanwhile, and nobody must wait for those. */
  async #freshen(): Promise<void> {
    await this.#lookAround()
    this.#markExpired()
    for (let left = this.#marks.size; left > 0 && this.#marks.size > 0;) {
      left -= await this.#countSome(this.#marks, left)
      if (left > 0) await turn()
    }
    this.#countedAt = this.#is.wallClock.now()
  }

  /** Counts the small groups that are marked now, a batch at a time between other work. */
  #countMarked(): Promise<void> {
    return (this.#counting ??= this.#countAll(this.#marks)
      .then(() => void (this.#countedAt = this.#is.wallClock.now()))
      .finally(() => (this.#counting = undefined)))
  }

  /** Begins with what the table holds, and counts anew so many groups that a small market is right at once. */
  #load(): Promise<void> {
    return (this.#loading ??= this.#read().catch((error: unknown) => {
      this.#loading = undefined
      throw error
    }))
  }

  async #read(): Promise<void> {
    const era = this.#era
    this.#lookedAt = this.#is.wallClock.now()
    for (let after = ''; ;) {
      const page = await this.#run(this.#is.runner.run(ListKeptFigures, system, { after }))
      if (era !== this.#era) return
      this.#adopt(page.figures, page.types)
      const last = page.figures.at(-1)
      if (last === undefined || page.figures.length < bounds.page) break
      after = last.hitTypeId
      await turn()
    }
    const limit = bounds.countedAtStart
    const { typeIds } = await this.#run(this.#is.runner.run(ListOpenTypes, system, { after: '', limit }))
    const known = [...this.catalogue.all()].slice(0, limit).map(({ type }) => type.id)
    for (const id of [...typeIds, ...known]) this.#mark(id, inDoubt)
  }

  #forget(): void {
    this.#era++
    this.#loading = undefined
    this.catalogue.clear()
    this.#countedAt = -Infinity
    for (const all of [this.#marks, this.#large, this.#doubts, this.#unsaved, this.#rests]) all.clear()
    this.#requesters.forget()
  }

  #mark(hitTypeId: string, touch: GroupTouch): void {
    addTouch(this.catalogue.get(hitTypeId)?.isLarge === true ? this.#large : this.#marks, hitTypeId, touch)
  }

  #markExpired(): void {
    for (const { type } of this.catalogue.expired(this.#is.clock.now())) this.#mark(type.id, untouched)
  }

  /**
   * Counts marked groups, a batch at most; answers how many. Their marks go before the count begins: what happens
   * meanwhile marks anew.
   */
  async #countSome(marks: Map<string, GroupTouch>, most: number): Promise<number> {
    const taken = takeSome(marks, Math.min(most, bounds.batch))
    // A group in doubt may be marked as well: then once is enough.
    for (const id of taken.keys()) {
      const mark = this.#marks.get(id)
      if (mark !== undefined) addTouch(taken, id, mark)
      this.#marks.delete(id)
    }
    const groups = [...taken].map(([hitTypeId, { hasSubmitted }]) => {
      const isNew = this.catalogue.get(hitTypeId) === undefined
      return { hitTypeId, isNew, wantsPay: isNew || hasSubmitted }
    })
    const era = this.#era
    const changedAt = this.#is.wallClock.now()
    try {
      const output = await this.#run(this.#is.runner.run(CountGroups, system, { groups }))
      if (era !== this.#era) return groups.length
      const types = new Map(output.types.map((named) => [named.type.id, named]))
      for (const group of output.counted) {
        const id = group.hitTypeId
        this.#apply(group, taken.get(id) ?? untouched, changedAt, types.get(id), output.kept.get(id))
        taken.delete(id)
      }
      return output.counted.length
    } finally {
      if (era === this.#era) for (const [id, touch] of taken) addTouch(marks, id, touch)
    }
  }

  /** Puts a count in its place. Of a group that turns out to be large it was the beginning only. */
  #apply(
    group: CountedGroup & { isLarge?: boolean },
    touch: GroupTouch,
    changedAt: number,
    named: NamedType | undefined,
    kept: KeptFigures | undefined,
  ): void {
    const id = group.hitTypeId
    const known = this.catalogue.get(id)
    const old = known === undefined ? (this.#unsaved.get(id) ?? kept) : rowOf(known)
    const isCut = group.next !== undefined
    const isLarge = isCut || group.isLarge === true
    const figures = figuresAfter(old, group, touch, changedAt)
    if (isCut) {
      figures.assignable = Math.max(figures.assignable, old?.assignable ?? 0)
      addTouch(this.#large, id, touch)
    }
    if (figures.assignable === 0) this.catalogue.remove(id)
    else if (known !== undefined) this.catalogue.change(known, { ...changeOf(figures), isLarge })
    else if (named !== undefined) this.catalogue.add(groupOf(named, figures, isLarge))
    if (!isCut && differ(old, figures)) this.#unsaved.set(id, figures)
  }

  async #countAll(marks: Map<string, GroupTouch>): Promise<void> {
    // The number of now: others mark meanwhile.
    for (let left = marks.size; left > 0 && marks.size > 0 && !this.#isStopped;) {
      left -= await this.#alone(() => this.#countSome(marks, left))
      await turn()
    }
  }

  /** Counts the large groups that have rested. */
  async #countLarge(): Promise<void> {
    for (const [id, touch] of [...this.#large]) {
      const begun = this.#is.wallClock.now()
      if (this.#isStopped || begun < (this.#rests.get(id) ?? 0)) continue
      this.#large.delete(id)
      try {
        await this.#countWhole(id, touch, begun)
      } catch (error) {
        addTouch(this.#large, id, touch)
        throw error
      }
    }
  }

  async #countWhole(hitTypeId: string, touch: GroupTouch, begun: number): Promise<void> {
    const era = this.#era
    let offered = nothingOffered
    let steps = 0
    for (let from = 0; ; steps++) {
      const part = await this.#run(this.#is.runner.run(CountGroupFrom, system, { hitTypeId, from }))
      if (era !== this.#era) return
      offered = together(offered, part.offered)
      if (part.next === undefined) {
        const whole = { ...part, offered, isLarge: steps > 0 }
        this.#apply(whole, touch, begun, undefined, undefined)
        break
      }
      from = part.next
      await turn()
      if (this.#isStopped) return addTouch(this.#large, hitTypeId, touch)
    }
    const now = this.#is.wallClock.now()
    this.#rests.set(hitTypeId, now + bounds.rest * (now - begun))
  }

  /** Counts every group anew now and then: a note is lost when its process dies. */
  async #sweep(): Promise<void> {
    if (this.#is.wallClock.now() < this.#sweepAt) return
    const seen = new Set<string>()
    const doubt = (id: string) => {
      if (seen.has(id)) return
      seen.add(id)
      if (this.catalogue.get(id)?.isLarge === true) this.#mark(id, inDoubt)
      else addTouch(this.#doubts, id, inDoubt)
    }
    for (const { type } of this.catalogue.all()) doubt(type.id)
    for (let after = ''; ;) {
      await this.#countAll(this.#doubts)
      if (this.#isStopped) return
      const page = { after, limit: bounds.page }
      const { typeIds, isLast } = await this.#run(this.#is.runner.run(ListOpenTypes, system, page))
      typeIds.forEach(doubt)
      if (isLast) break
      after = typeIds.at(-1)!
      await turn()
    }
    await this.#countAll(this.#doubts)
    for (const { type } of this.catalogue.all()) this.#requesters.mark(type.requesterId)
    this.#sweepAt = this.#is.wallClock.now() + bounds.sweepInterval
  }

  async #save(): Promise<void> {
    while (this.#unsaved.size > 0) {
      const taken = takeSome(this.#unsaved, server.systemBatch)
      try {
        await this.#run(this.#is.runner.run(KeepFigures, system, { figures: [...taken.values()] }))
      } catch (error) {
        for (const [id, figures] of taken) if (!this.#unsaved.has(id)) this.#unsaved.set(id, figures)
        throw error
      }
    }
  }

  #countRequesters(): Promise<void> {
    const count = async (requesterId: string, wallNow: number) => {
      await this.#run(this.#is.runner.run(CountRequester, system, { requesterId, wallNow }))
      await turn()
    }
    return this.#requesters.countDue(count, () => this.#isStopped)
  }

  /** Reads what other processes have counted since the last look. */
  async #lookAround(): Promise<void> {
    const now = this.#is.wallClock.now()
    if (!this.#is.isShared || now < this.#lookedAt + bounds.lookInterval) return
    const isKnown = (id: string) => this.catalogue.get(id) !== undefined
    let place = { since: this.#lookedAt - bounds.lateness, after: '' }
    for (;;) {
      const era = this.#era
      const page = await this.#run(this.#is.runner.run(ListChangedFigures, system, { ...place, isKnown }))
      if (era !== this.#era) return
      this.#adopt(page.figures, page.types)
      const last = page.figures.at(-1)
      if (last === undefined || page.figures.length < bounds.page) break
      place = { since: last.changedAt, after: last.hitTypeId }
    }
    this.#lookedAt = now
  }

  /** Takes over rows of the table, unless this process knows better or is about to. */
  #adopt(rows: readonly KeptFigures[], types: readonly NamedType[]): void {
    const named = new Map(types.map((one) => [one.type.id, one]))
    for (const row of rows) {
      const id = row.hitTypeId
      const known = this.catalogue.get(id)
      const latest = Math.max(known?.changedAt ?? -Infinity, this.#unsaved.get(id)?.changedAt ?? -Infinity)
      if (latest >= row.changedAt || this.#marks.has(id) || this.#large.has(id)) continue
      const type = named.get(id)
      const isLarge = row.assignable > bounds.step
      if (row.assignable === 0) this.catalogue.remove(id)
      else if (known !== undefined) this.catalogue.change(known, { ...changeOf(row), isLarge })
      else if (type !== undefined) this.catalogue.add(groupOf(type, row, isLarge))
    }
  }

  /** Runs one after the other what counts small groups: a list must not miss a count that is under way. */
  #alone<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#turn.then(work)
    this.#turn = result.catch(() => undefined)
    return result
  }

  /** The system is refused nothing here. */
  async #run<T>(output: Promise<T | Fault>): Promise<T> {
    const value = await output
    if (isFault(value)) throw new Error(`figures of groups: ${value.fault}`)
    return value
  }
}

/** Lets everything else go first. */
function turn(): Promise<void> {
  return new Promise((done) => setImmediate(done))
}
