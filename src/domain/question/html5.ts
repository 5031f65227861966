// HTMLContent as HTML5. The real service refused pages with parse errors; of real templates more than a quarter has
// some, and every browser shows them. So errors are warnings, unless an operator wants the old strictness.

import { readHTML } from './html-tokens.ts'

/** A parse error of a page, for its author. `line` and `column` count from 1, inside the HTML. */
export interface HTMLWarning {
  line: number
  column: number
  problem: string
}

/** No more errors than this are kept of one page. */
export const MAXIMUM_WARNINGS = 100

const ONCE = new Set(['html', 'head', 'body'])

/**
 * The errors of a page, in the order of the source: a missing doctype, what the tokeniser reports, a second html,
 * head or body start tag. At most `MAXIMUM_WARNINGS` [questions 6.3].
 */
export async function checkHTML5(html: string): Promise<HTMLWarning[]> {
  const warnings: HTMLWarning[] = []
  const seen = new Set<string>()
  let begun = false
  function warn(line: number, column: number, problem: string): void {
    if (warnings.length < MAXIMUM_WARNINGS) warnings.push({ line, column, problem })
  }
  function begin(line = 1, column = 1): void {
    if (!begun) warn(line, column, 'The page does not begin with <!DOCTYPE html>.')
    begun = true
  }
  await readHTML(html.replace(/^\uFEFF/, ''), {
    doctype: () => {
      begun = true
    },
    startTag({ tagName, location }) {
      begin(location?.startLine, location?.startCol)
      if (!ONCE.has(tagName)) return
      if (seen.has(tagName)) {
        warn(
          location?.startLine ?? 1,
          location?.startCol ?? 1,
          `The start tag "${tagName}" is there a second time.`,
        )
      }
      seen.add(tagName)
    },
    endTag: ({ location }) => begin(location?.startLine, location?.startCol),
    text: ({ location }) => begin(location?.startLine, location?.startCol),
    error: ({ code, startLine, startCol }) => warn(startLine, startCol, sentence(code)),
  })
  begin()
  return warnings
}

/** The `detail` of an HTML5ParseError: what stands behind `Details: ` in its text [questions 11.2]. */
export function html5Detail(warnings: HTMLWarning[], html: string): string {
  const errors = warnings.map(({ line, column, problem }) => `<! [${line},${column}] ${problem} !>`)
  return `Errors: ${errors.join(' ')} Invalid content: ${html}`
}

/** The standard's code of an error as a sentence: `eof-in-tag` → `Eof in tag.` */
function sentence(code: string): string {
  const words = code.replaceAll('-', ' ')
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}.`
}
