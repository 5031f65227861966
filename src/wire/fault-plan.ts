import type { InjectedFault } from './endpoint.ts'

/** Faults ordered by the control API: for an operation, a number of times [design 7]. */
export class FaultPlan {
  readonly #planned: { operation: string; times: number; fault: InjectedFault }[] = []

  add(operation: string, times: number, fault: InjectedFault): void {
    this.#planned.push({ operation, times, fault })
  }

  /** The fault for the next call of `operation`, used up by this. */
  next(operation: string): InjectedFault | undefined {
    const planned = this.#planned.find((plan) => plan.operation === operation && plan.times > 0)
    if (planned === undefined) return undefined
    planned.times--
    return planned.fault
  }

  clear(): void {
    this.#planned.length = 0
  }
}
