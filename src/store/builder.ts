// Kysely as a compiler only: it builds and compiles statements for one dialect and never holds a connection, so
// that no code can reach the database past its transaction.
import {
  DummyDriver,
  Kysely,
  OperationNodeTransformer,
  SchemableIdentifierNode,
  type Dialect,
  type KyselyPlugin,
  type PluginTransformQueryArgs,
  type QueryCompiler,
  type QueryId,
  type TableNode,
} from 'kysely'
import type { Tables } from './schema.ts'

/** A Kysely that compiles for the given dialect parts, over tables whose names `rename` changes. */
export function compilerFor(
  dialect: Pick<Dialect, 'createAdapter' | 'createIntrospector'> & { createQueryCompiler(): QueryCompiler },
  rename?: (table: string) => string,
): Kysely<Tables> {
  return new Kysely<Tables>({
    dialect: { ...dialect, createDriver: () => new DummyDriver() },
    plugins: rename === undefined ? [] : [renameTables(rename)],
  })
}

class TableRenamer extends OperationNodeTransformer {
  readonly #rename: (table: string) => string

  constructor(rename: (table: string) => string) {
    super()
    this.#rename = rename
  }

  protected override transformTable(node: TableNode, queryId?: QueryId): TableNode {
    const table = super.transformTable(node, queryId)
    const name = table.table.identifier.name
    return { ...table, table: SchemableIdentifierNode.create(this.#rename(name)) }
  }
}

function renameTables(rename: (table: string) => string): KyselyPlugin {
  const renamer = new TableRenamer(rename)
  return {
    transformQuery: (args: PluginTransformQueryArgs) => renamer.transformNode(args.node, args.queryId),
    transformResult: (args) => Promise.resolve(args.result),
  }
}
