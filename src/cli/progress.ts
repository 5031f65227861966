// How far a long piece of work has come: a bar on the error stream, for people who look at a terminal and nobody else.

const width = 30

/** The bytes as they pass, with a bar that shows how many of `total` have. `label` says what is done. */
export async function* withProgress(
  bytes: AsyncIterable<Uint8Array>,
  total: number,
  label: string,
  screen: NodeJS.WriteStream = process.stderr,
): AsyncGenerator<Uint8Array> {
  let passed = 0
  let shown = ''
  const fitting = fit(label, screen.columns)
  try {
    for await (const piece of bytes) {
      yield piece
      passed += piece.length
      const bar = barOf(Math.min(1, passed / Math.max(1, total)), fitting)
      if (!screen.isTTY || bar === shown) continue
      screen.write(`\r${bar}`)
      shown = bar
    }
  } finally {
    // What is said next begins on a line of its own.
    if (shown !== '') screen.write(`\r${' '.repeat(shown.length)}\r`)
  }
}

/** A label with which a bar stays on one line: on the next it could not be drawn over. */
function fit(label: string, columns = Infinity): string {
  const line = label.replaceAll(/\p{Cc}/gu, ' ')
  const room = Math.max(1, columns - 1 - barOf(0, '').length)
  return line.length <= room ? line : `${line.slice(0, room - 1).toWellFormed()}…`
}

/** `Checking results.csv  [██████░░░░]  61 %` */
export function barOf(part: number, label: string): string {
  const full = Math.floor(part * width)
  const percent = String(Math.floor(part * 100)).padStart(3)
  return `${label}  [${'█'.repeat(full)}${'░'.repeat(width - full)}] ${percent} %`
}
