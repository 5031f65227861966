// A layout: a template of a page, made on the requester site, whose `${name}` placeholders are filled when a HIT is
// made of it [questions 8]. What comes out is an ordinary HTMLQuestion.
import { readHTML } from './html-tokens.ts'
import { HTML_QUESTION } from './namespaces.ts'

/** Letters, digits, and what else stands in the names of columns; anything else in braces is the page's own script. */
const PLACEHOLDER = /\$\{([\p{L}\p{N}_.: -]+)\}/gu

const HEAD =
  '<!DOCTYPE html><html><head><title>HIT</title>' +
  '<meta http-equiv="Content-Type" content="text/html; charset=UTF-8"/>'
const HELPER =
  '<script type="text/javascript" src="https://s3.amazonaws.com/mturk-public/externalHIT_v1.js"></script>'
const FORM_START =
  '<form name="mturk_form" method="post" id="mturk_form" action="https://www.mturk.com/mturk/externalSubmit">' +
  '<input type="hidden" value="" name="assignmentId" id="assignmentId"/>'
const FORM_END = '<p><input type="submit" id="submitButton" value="Submit"/></p></form>'
const HELPER_CALL = '<script type="text/javascript">turkSetAssignmentID();</script>'
const END = '</body></html>'

/**
 * The whole page of a template: most are only what stands inside a form, which the site puts around them. A template
 * with a crowd-form, or with a form that posts answers by itself, gets no second one [questions 8, websites 2.2].
 */
export async function pageOfTemplate(template: string): Promise<string> {
  let isPage = false
  let hasForm = false
  await readHTML(template, {
    doctype: () => {
      isPage = true
    },
    startTag({ tagName, attrs }) {
      if (tagName === 'html' || tagName === 'body') isPage = true
      const action = attrs.find(({ name }) => name === 'action')?.value ?? ''
      if (tagName === 'crowd-form' || (tagName === 'form' && action.includes('externalSubmit')))
        hasForm = true
    },
  })
  if (!hasForm)
    return `${HEAD}${HELPER}</head><body>${FORM_START}\n${template}\n${FORM_END}${HELPER_CALL}${END}`
  return isPage ? template : `${HEAD}</head><body>\n${template}\n${END}`
}

/** The names of a page's placeholders, each once, in the order of the page. */
export function placeholdersOf(page: string): string[] {
  return [...new Set(Array.from(page.matchAll(PLACEHOLDER), ([, name]) => name!))]
}

/**
 * The question of a page whose placeholders are filled: one pass, values pasted as they are, what has no value left as
 * it stands. Undefined when it would have more than `maximum` characters: a value may be named a thousand times
 * [questions 8].
 */
export function fillPage(
  page: string,
  values: ReadonlyMap<string, string>,
  maximum: number,
): string | undefined {
  // Counted before it is built: what is too long by far must not be in memory first.
  let length = page.length
  for (const [placeholder, name] of page.matchAll(PLACEHOLDER))
    length += (values.get(name!) ?? placeholder).length - placeholder.length
  if (length > maximum) return undefined
  return wrap(page.replace(PLACEHOLDER, (placeholder, name: string) => values.get(name) ?? placeholder))
}

/** An HTMLQuestion that holds the page. A `]]>` in it would end the CDATA section, so the section ends in its middle. */
function wrap(html: string): string {
  return (
    `<?xml version="1.0" encoding="UTF-8"?>\n<HTMLQuestion xmlns="${HTML_QUESTION}"><HTMLContent><![CDATA[` +
    html.replaceAll(']]>', ']]]]><![CDATA[>') +
    ']]></HTMLContent><FrameHeight>0</FrameHeight></HTMLQuestion>'
  )
}
