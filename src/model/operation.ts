// How one operation is described: a name, the members of its input and output, and what clients may do with it.
import type { ErrorName } from './errors.ts'
import { structure, type Members, type StructureShape } from './shape.ts'

/** An operation of the API. */
export interface Operation<Input extends Members = Members, Output extends Members = Members> {
  readonly input: StructureShape<Input>
  readonly output: StructureShape<Output>
  readonly errors: readonly ErrorName[]
  /** A hint to clients that a retry is safe; it does not promise that a second call succeeds [hits 2]. */
  readonly idempotent: boolean
  /** The list member that botocore's paginator gathers, on the operations for which it has one. */
  readonly pages?: string
}

const modelledErrors: readonly ErrorName[] = Object.freeze(['ServiceFault', 'RequestError'])

/** Describes the operation `name`; its structures are called `<name>Request` and `<name>Response`. */
export function operation<const Input extends Members, const Output extends Members>(
  name: string,
  facts: { idempotent: boolean; input: Input; output: Output; pages?: keyof Output & string },
): Operation<Input, Output> {
  return Object.freeze({
    input: structure(`${name}Request`, facts.input),
    output: structure(`${name}Response`, facts.output),
    errors: modelledErrors,
    idempotent: facts.idempotent,
    ...(facts.pages === undefined ? {} : { pages: facts.pages }),
  })
}
