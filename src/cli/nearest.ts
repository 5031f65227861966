// Which word somebody meant who wrote another.

/** The word that takes the fewest changes to become `said`, if those are few. */
export function nearest(said: string, words: readonly string[]): string | undefined {
  const [best] = words
    .map((word) => ({ word, changes: changesBetween(said, word) }))
    .sort((one, other) => one.changes - other.changes)
  return best !== undefined && best.changes <= Math.max(1, Math.floor(said.length / 3))
    ? best.word
    : undefined
}

/** How many letters must be put in, taken out or replaced to make `to` of `from`. */
function changesBetween(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index)
  for (let place = 0; place < from.length; place++) {
    const next = [place + 1]
    for (let column = 1; column <= to.length; column++) {
      const replaced = row[column - 1]! + (from[place] === to[column - 1] ? 0 : 1)
      next.push(Math.min(replaced, row[column]! + 1, next[column - 1]! + 1))
    }
    row = next
  }
  return row[to.length]!
}
