// The documents of the repository as tests read them: their fenced blocks, links and tables.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('../..', import.meta.url))

export interface Block {
  /** File and line, for messages. */
  place: string
  language: string
  text: string
}

/** Every document of the repository that people read. */
export function documentPaths(): string[] {
  const inside = readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
  const top = readdirSync(root).filter((name) => name.endsWith('.md'))
  return [...top, ...inside.filter((name) => name.endsWith('.md')).map((name) => join('docs', name))].sort()
}

export const readDocument = (path: string) => readFileSync(join(root, path), 'utf8')

/** The fenced blocks of a document. */
export function blocksOf(path: string): Block[] {
  const text = readDocument(path)
  return [...text.matchAll(/^```(\S*)\n([\s\S]*?)^```$/gm)].map((found) => ({
    place: `${path}:${text.slice(0, found.index).split('\n').length}`,
    language: found[1]!,
    text: found[2]!,
  }))
}

/** Links of a document to files of the repository that are not there. */
export function brokenLinks(path: string): string[] {
  const targets = [...readDocument(path).matchAll(/\]\(([^)\s]+)\)/g)].map((found) => found[1]!)
  return targets
    .filter((target) => !/^(https?:|mailto:|#)/.test(target))
    .filter((target) => !existsSync(join(root, dirname(path), target.split('#')[0]!)))
    .map((target) => `${path}: ${target}`)
}

/** One command of a `console` block with the output that the document shows for it. */
export interface Shown {
  command: string
  output: string
}

/** The commands of a `console` block: lines after `$ `, each with the lines below it. */
export function sessionOf({ text }: Block): Shown[] {
  const shown: Shown[] = []
  for (const line of text.split('\n')) {
    if (line.startsWith('$ ')) shown.push({ command: line.slice(2), output: '' })
    else if (shown.length > 0) shown.at(-1)!.output += `${line}\n`
  }
  return shown.map(({ command, output }) => ({ command, output: output.trimEnd() }))
}

/** What two outputs must have in common: their lines, with every number and the order of equal things left open. */
export function formOf(output: string): string[] {
  return output
    .trimEnd()
    .split('\n')
    .map((line) => line.trimEnd().replace(/\d+/g, 'N'))
    .sort()
}
