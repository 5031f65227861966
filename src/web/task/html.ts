// A requester's page on its way into a task frame. The page is never parsed into a tree and written again, which
// would change things that its scripts look at: what must change is found by its place in the source, and every other
// character stays as the requester sent it.

import { type HTMLHandler, readHTML } from '../../domain/question/html-tokens.ts'

export interface TaskHTMLOptions {
  /** Address of the inserted script (inserted-script.ts). */
  scriptURL: string
  /** turkSubmitTo: what stands before `/mturk/externalSubmit`, without a slash at its end. */
  submitHost: string
  /** Address of our equivalent of externalHIT_v1.js (external-hit.ts). */
  helperScriptURL: string
  /** Address of our equivalent of crowd-html-elements.js. */
  crowdScriptURL: string
}

/** A replacement in the source: characters from `start` up to `end` become `text`. */
interface Edit {
  start: number
  end: number
  text: string
}

const HELPER_SCRIPT = /^(?:https?:)?\/\/s3\.amazonaws\.com\/mturk-public\/externalHIT_v1\.js(?=[?#]|$)/i
const CROWD_SCRIPT = /^(?:https?:)?\/\/assets\.crowd\.aws\/crowd-html-elements\.js(?=[?#]|$)/i
const SUBMIT_HOST =
  /^(?:https?:)?\/\/(?:www|workersandbox|worker)\.mturk\.com(?::\d+)?\/+mturk\/externalSubmit(?=[/?#]|$)/i
/** Relative to a page of the real service, as hosted pages write it. */
const RELATIVE_SUBMIT = /^(?:\.?\/+)?(?:mturk\/)?externalSubmit(?=[/?#]|$)/i
const ACTIONS = new Set(['action', 'formaction'])

/**
 * Makes a requester's page ready for a frame: one script before everything that the page runs, Amazon's two script
 * addresses replaced by ours, and Amazon's submit hosts in attributes replaced by `submitHost`; for hosts that scripts
 * put together the inserted script cares. All else stays character for character [questions 6.2; design 5].
 */
export async function prepareTaskHTML(html: string, options: TaskHTMLOptions): Promise<string> {
  // A byte order mark must stay first: the browser drops it there, and takes it for text anywhere else.
  if (html.startsWith('\uFEFF')) return `\uFEFF${await prepareTaskHTML(html.slice(1), options)}`
  const edits: Edit[] = []
  let scriptAt: number | undefined
  const begin = (at: number | undefined) => (scriptAt ??= at ?? 0)
  type Tag = Parameters<NonNullable<HTMLHandler['startTag']>>[0]
  function startTag({ tagName, attrs, location }: Tag): void {
    if (tagName === 'head') begin(location?.endOffset)
    else if (tagName !== 'html') begin(location?.startOffset)
    for (const { name, value } of attrs) {
      const text = replacement(name, value, options)
      const place = location?.attrs?.[name]
      if (text === undefined || !place) continue
      const source = html.slice(place.startOffset, place.endOffset)
      edits.push({ start: place.startOffset, end: place.endOffset, text: withValue(source, name, text) })
    }
  }
  await readHTML(html, {
    startTag,
    endTag: ({ location }) => begin(location?.startOffset),
    text: ({ location }) => begin(location?.startOffset),
  })
  const at = scriptAt ?? html.length
  edits.push({ start: at, end: at, text: insertedTag(options) })
  return apply(html, edits)
}

/** The tag of the inserted script. It is told the submit host, as a page that is previewed has none in its address. */
export function insertedTag({
  scriptURL,
  submitHost,
}: Pick<TaskHTMLOptions, 'scriptURL' | 'submitHost'>): string {
  return `<script src="${escape(scriptURL)}" data-submit-host="${escape(submitHost)}"></script>`
}

/** The new value of an attribute, or undefined when it stays. */
function replacement(name: string, value: string, options: TaskHTMLOptions): string | undefined {
  const text = value.trim()
  if (HELPER_SCRIPT.test(text)) return text.replace(HELPER_SCRIPT, () => options.helperScriptURL)
  if (CROWD_SCRIPT.test(text)) return text.replace(CROWD_SCRIPT, () => options.crowdScriptURL)
  const target = `${options.submitHost}/mturk/externalSubmit`
  if (SUBMIT_HOST.test(text)) return text.replace(SUBMIT_HOST, () => target)
  if (ACTIONS.has(name) && RELATIVE_SUBMIT.test(text)) return text.replace(RELATIVE_SUBMIT, () => target)
  return undefined
}

/** The source of an attribute with another value, its name, spaces and quotes as they were. */
function withValue(source: string, name: string, value: string): string {
  const before = /^\s*=\s*/.exec(source.slice(name.length))?.[0] ?? '='
  const start = name.length + before.length
  const quote = source.charAt(start) === "'" ? "'" : '"'
  return `${source.slice(0, start)}${quote}${escape(value)}${quote}`
}

function apply(html: string, edits: Edit[]): string {
  let result = ''
  let at = 0
  for (const { start, end, text } of edits.toSorted((one, other) => one.start - other.start)) {
    result += html.slice(at, start) + text
    at = end
  }
  return result + html.slice(at)
}

function escape(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;')
    .replaceAll('<', '&lt;')
}
