// Reads the files that the tidy checks look at, with their syntax tree.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseSync } from 'vite'

/** The folder of the repository, without a slash at the end. */
export const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '')

/** A file of the repository; `path` is relative to its root, with `/`. */
export interface Source {
  path: string
  text: string
}

/** A part of a syntax tree, as far as the checks look at it. */
export interface Node {
  type: string
  start: number
  end: number
}

/** A file of code. In `code` every character of a comment is a space; offsets are those of `text`. */
export interface Code extends Source {
  code: string
  program: Node
  imports: { from: string; typeOnly: boolean; start: number }[]
}

const codeFolders = ['src', 'crowd', 'test', 'bench', 'scripts']
const textFolders = [...codeFolders, 'docs', 'packaging', '.ci']
const notText = /\.(png|jpe?g|gif|webp|ico|woff2?|wasm|gz|br|db)$/

/** All code of the repository. */
export function readCode(): Code[] {
  return codeFolders
    .flatMap(filesBelow)
    .filter((path) => /\.(tsx?|mjs)$/.test(path))
    .map(read)
    .map(parse)
}

/** All text of the repository: code, documents, settings. */
export function readTexts(): Source[] {
  const top = readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => entry.name)
  return [...top, ...textFolders.flatMap(filesBelow)].filter((path) => !notText.test(path)).map(read)
}

/** Every file below a folder of the repository, by its path from the root. */
export function filesBelow(folder: string): string[] {
  if (!existsSync(join(root, folder))) return []
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`
    return entry.isDirectory() ? filesBelow(path) : entry.isFile() ? [path] : []
  })
}

function read(path: string): Source {
  return { path, text: readFileSync(join(root, path), 'utf8') }
}

/** Parses a file; throws when it is not valid code. */
export function parse({ path, text }: Source): Code {
  const { program, module, comments, errors } = parseSync(path, text)
  if (errors[0]) throw new Error(`${path}: ${errors[0].message}`)
  const statements = [...module.staticImports, ...module.staticExports]
    .map((statement) => ({
      from: 'moduleRequest' in statement ? statement.moduleRequest.value : fromOf(statement.entries),
      typeOnly: statement.entries.length > 0 && statement.entries.every((entry) => entry.isType),
      start: statement.start,
    }))
    .filter((statement): statement is Code['imports'][number] => statement.from !== undefined)
  const later = module.dynamicImports
    .map(({ moduleRequest, start }) => ({ from: literal(text, moduleRequest), typeOnly: false, start }))
    .filter((statement): statement is Code['imports'][number] => statement.from !== undefined)
  return { path, text, code: withoutComments(text, comments), program, imports: [...statements, ...later] }
}

function fromOf(entries: { moduleRequest: { value: string } | null }[]): string | undefined {
  return entries.find((entry) => entry.moduleRequest)?.moduleRequest?.value
}

function literal(text: string, { start, end }: { start: number; end: number }): string | undefined {
  return /^['"`](.*)['"`]$/.exec(text.slice(start, end))?.[1]
}

function withoutComments(text: string, comments: { start: number; end: number }[]): string {
  let code = ''
  let place = 0
  for (const { start, end } of comments) {
    code += text.slice(place, start) + text.slice(start, end).replace(/[^\n]/g, ' ')
    place = end
  }
  return code + text.slice(place)
}

/** All nodes of a tree, the root first. */
export function* nodesOf(node: Node): Generator<Node> {
  yield node
  for (const value of Object.values(node)) {
    for (const child of Array.isArray(value) ? value : [value]) {
      if (typeof child === 'object' && child !== null && 'type' in child) yield* nodesOf(child as Node)
    }
  }
}
