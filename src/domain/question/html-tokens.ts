// The tokens of an HTML page, with their places in the source. Only parse5's tokeniser is used, never its tree
// builder: the tree of a hostile page may have the square of its size in nodes, and whoever rewrites a page must
// work on the source anyway. (The tokeniser is linear: 1 MB of anything tried takes 30 to 300 ms.) What the tree
// builder would tell the tokeniser, how a script, a style sheet or a drawing is read, is therefore decided here, by
// element name, as a browser with scripting on decides it. Imported at the first page: loading it costs 30 ms.

import type { Token, Tokenizer, TokenizerMode } from 'parse5'

/** What may be done with the tokens of a page; each handler is optional. */
export interface HTMLHandler {
  startTag?(token: Token.TagToken): void
  endTag?(token: Token.TagToken): void
  doctype?(token: Token.DoctypeToken): void
  /** A run of characters that are not all white space. */
  text?(token: Token.CharacterToken): void
  error?(error: HTMLError): void
}

/** A parse error of the HTML standard, by its code there; `startLine` and `startCol` count from 1. */
export interface HTMLError {
  code: string
  startLine: number
  startCol: number
}

const RAW_TEXT = new Set(['style', 'xmp', 'iframe', 'noembed', 'noframes', 'noscript'])
const ESCAPABLE_RAW_TEXT = new Set(['textarea', 'title'])
const FOREIGN = new Set(['svg', 'math'])
/** Elements inside a drawing or formula whose content is HTML again. */
const INTEGRATION = new Set([
  'foreignobject',
  'desc',
  'title',
  'annotation-xml',
  'mi',
  'mo',
  'mn',
  'ms',
  'mtext',
])

/** Reads `html` to its end and hands out its tokens, each with its `location`. Never throws by itself [questions 6.3]. */
export async function readHTML(html: string, handler: HTMLHandler): Promise<void> {
  const parse5 = await import('parse5')
  const foreign: string[] = []
  const ignore = () => {}
  const tokenizer: Tokenizer = new parse5.Tokenizer(
    { sourceCodeLocationInfo: true },
    {
      onStartTag(token) {
        handler.startTag?.(token)
        enter(token, tokenizer, parse5.TokenizerMode, foreign)
      },
      onEndTag(token) {
        handler.endTag?.(token)
        const open = foreign.lastIndexOf(token.tagName)
        if (open >= 0) foreign.length = open
        tokenizer.inForeignNode = isForeign(foreign)
      },
      onDoctype: (token) => handler.doctype?.(token),
      onCharacter: (token) => handler.text?.(token),
      onNullCharacter: (token) => handler.text?.(token),
      onWhitespaceCharacter: ignore,
      onComment: ignore,
      onEof: ignore,
      onParseError: handler.error ? (error) => handler.error?.(error) : null,
    },
  )
  tokenizer.write(html, true)
}

/** Sets the state in which the tokeniser reads what follows a start tag. */
function enter(
  { tagName, selfClosing }: Token.TagToken,
  tokenizer: Tokenizer,
  mode: typeof TokenizerMode,
  foreign: string[],
): void {
  if (isForeign(foreign)) {
    if (!selfClosing && (FOREIGN.has(tagName) || INTEGRATION.has(tagName))) foreign.push(tagName)
  } else if (FOREIGN.has(tagName)) {
    if (!selfClosing) foreign.push(tagName)
  } else if (tagName === 'script') tokenizer.state = mode.SCRIPT_DATA
  else if (tagName === 'plaintext') tokenizer.state = mode.PLAINTEXT
  else if (RAW_TEXT.has(tagName)) tokenizer.state = mode.RAWTEXT
  else if (ESCAPABLE_RAW_TEXT.has(tagName)) tokenizer.state = mode.RCDATA
  tokenizer.inForeignNode = isForeign(foreign)
}

function isForeign(foreign: string[]): boolean {
  const innermost = foreign.at(-1)
  return innermost !== undefined && FOREIGN.has(innermost)
}
