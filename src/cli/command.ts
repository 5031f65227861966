// What a command of the operator is: words that name it, what it takes, and what it does with the operator's calls.

/** Parameters of a call; those that are undefined are left out. */
export type Query = Readonly<Record<string, string | undefined>>

/** The calls a command makes: those of the control API, carried out by the running server or by this process. */
export interface OperatorCalls {
  /** Throws a Refused when the call is refused. */
  get(path: string, query?: Query): Promise<unknown>
  post(path: string, body: object): Promise<unknown>
  /** Sends the bytes of a file; they are read as fast as the other side takes them. */
  upload(path: string, query: Query, bytes: AsyncIterable<Uint8Array>): Promise<unknown>
  /** The bytes of an answer that is a file, as they come. */
  download(path: string, query: Query): Promise<AsyncIterable<Uint8Array>>
}

/** A call or a command that is refused, with a sentence that says what to do. */
export class Refused extends Error {}

/** An option of a command. */
export interface Option {
  /** What stands for its value in the help, such as `ID`; without it the option is a switch. */
  value?: string
  meaning: string
  required?: true
}

/** What was given to a command. */
export interface Given {
  arguments: readonly string[]
  options: Readonly<Record<string, string | true | undefined>>
}

/** What a command answers: the JSON for programs, and the text for people. */
export interface Output {
  json: unknown
  text: string
  /** What of it could not be done, as a sentence: then the exit code is 1. */
  problem?: string
}

/** What a command takes beside its options. */
export interface Argument {
  name: string
  meaning: string
  /** The last one: any number of them, none too; the command says what it needs. */
  several?: boolean
}

export interface Command {
  /** `layouts put` */
  name: string
  /** One line of the help. */
  summary: string
  arguments: readonly Argument[]
  options: Readonly<Record<string, Option>>
  run(calls: OperatorCalls, given: Given): Promise<Output>
}

/** The value of an option that takes one. */
export function valueOf({ options }: Given, name: string): string | undefined {
  const value = options[name]
  return typeof value === 'string' ? value : undefined
}

/** The line that tells how the next page is asked for: as this one, going on at `id` by the option `from`. */
export function nextPage(command: string, given: Given, from: 'before' | 'after', id: string): string {
  const others = Object.keys(given.options).filter((name) => name !== from)
  const words = others.flatMap((name) => {
    const value = valueOf(given, name)
    return value === undefined ? [] : [`--${name} ${value}`]
  })
  return ['More: kempelen', command, `--${from} ${id}`, ...words].join(' ')
}
