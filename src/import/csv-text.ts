// CSV as the real site writes it: every field between quotes, quotes doubled inside [websites 2.5].

/** One line. */
export function csvLine(cells: readonly string[]): string {
  let line = ''
  for (const cell of cells) {
    const text = cell.includes('"') ? cell.replaceAll('"', '""') : cell
    line += line === '' ? `"${text}"` : `,"${text}"`
  }
  return `${line}\n`
}

/** The cell of a column in a record of some of them; what is not there is empty. */
export function cellOf(record: Readonly<Record<string, string>> | undefined, column: string): string {
  return record !== undefined && Object.hasOwn(record, column) ? record[column]! : ''
}
