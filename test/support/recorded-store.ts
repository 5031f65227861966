// Stands between the operations and a market's store: sees every statement with its parameters, and may change what
// happens with it. For tests that ask how the database carries statements out, and for tests of the tests.
import type { ReadStatement, Statement, WriteStatement } from '../../src/store/prepared.ts'
import type { Store } from '../../src/store/store.ts'
import type { Read, Write } from '../../src/store/tx.ts'

export type AnyStatement = Statement<object, unknown> & { kind: 'read' | 'write' }

/** What a watcher sees: a statement and the parameters of this run. */
export interface Run {
  statement: AnyStatement
  parameters: Record<string, unknown>
}

/** Carries a statement out; answers rows or the number of changed rows. */
export type Perform = (run: Run) => Promise<unknown>

/** Wraps `store` so that `watch` is asked for every statement; it may call `perform` never, once or more often. */
export function watchStore(store: Store, watch: (run: Run, perform: Perform) => Promise<unknown>): Store {
  return {
    ...store,
    read: (now, work) => store.read(now, (tx) => work(watchRead(tx, watch))),
    write: (now, work, options) => store.write(now, (tx) => work(watchWrite(tx, watch)), options),
  }
}

type Watch = (run: Run, perform: Perform) => Promise<unknown>

function watchRead(tx: Read, watch: Watch): Read {
  const all = (statement: unknown, parameters: object) =>
    watch(asRun(statement, parameters), (run) =>
      tx.all(run.statement as ReadStatement<object, unknown>, run.parameters),
    )
  return {
    now: tx.now,
    settings: tx.settings,
    all: all as Read['all'],
    first: (async (statement, parameters) =>
      ((await all(statement, parameters)) as unknown[])[0]) as Read['first'],
  }
}

function watchWrite(tx: Write, watch: Watch): Write {
  const { all, first } = watchRead(tx as unknown as Read, watch)
  return {
    now: tx.now,
    settings: tx.settings,
    ids: tx.ids,
    touches: tx.touches,
    all: all as Write['all'],
    first: first as Write['first'],
    change: ((statement, parameters) =>
      watch(asRun(statement, parameters), (run) =>
        tx.change(run.statement as WriteStatement<object, unknown>, run.parameters),
      )) as Write['change'],
    attempt: (work) => tx.attempt(work),
  }
}

const asRun = (statement: unknown, parameters: object): Run => ({
  statement: statement as AnyStatement,
  parameters: parameters as Record<string, unknown>,
})
