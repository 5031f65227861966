// The content of a QuestionForm: what a requester wrote and points to [questions 2.3, 2.4, 2.9, 4]. It stands in our own
// page, so nothing of it may run there: formatted text was written anew from a checked tree, foreign documents come in
// a frame that may do nothing, and no address of this site is linked or loaded, since a link or a picture would act as
// the worker.
import { raw } from 'hono/html'
import type { Binary, Content, EmbeddedBinary, Selection } from '../../../domain/question/form.ts'
import { frameURL, type PreviewedTask } from '../../../domain/question/frame-url.ts'
import type { Visit } from '../../visit.ts'

/** What content needs to know about the page that it stands in. */
export interface ContentPlace {
  visit: Visit
  /** The task, for the addresses of embedded objects; a qualification test is none. */
  task?: (PreviewedTask & { assignmentId?: string | undefined }) | undefined
}

/** Content in document order. */
export function ContentBlocks({ content, place }: { content: readonly Content[]; place: ContentPlace }) {
  return (
    <>
      {content.map((block) => (
        <Block block={block} place={place} />
      ))}
    </>
  )
}

function Block({ block, place }: { block: Content; place: ContentPlace }) {
  switch (block.kind) {
    case 'Title':
      return (
        <h2>
          <PlainText text={block.text} place={place} />
        </h2>
      )
    case 'Text':
      return (
        <p>
          <PlainText text={block.text} place={place} />
        </p>
      )
    case 'List':
      return (
        <ul>
          {block.items.map((item) => (
            <li>
              <PlainText text={item} place={place} />
            </li>
          ))}
        </ul>
      )
    case 'FormattedContent':
      return <div class="formatted">{raw(withoutOwnAddresses(block.html, place))}</div>
    case 'Binary':
      return (
        <p>
          <File file={block} place={place} />
        </p>
      )
    case 'EmbeddedBinary':
      return <Embedded file={block} place={place} />
  }
}

/** What an option shows; of files only pictures [questions 2.9]. */
export function SelectionContent({ content, place }: { content: Selection['content']; place: ContentPlace }) {
  switch (content.kind) {
    case 'Text':
      return <PlainText text={content.text} place={place} />
    case 'FormattedContent':
      return <span class="formatted">{raw(withoutOwnAddresses(content.html, place))}</span>
    case 'Binary':
      return <File file={content} place={place} />
  }
}

const address = /https?:\/\/[^\s<>"']+/gi

/** Text with its line breaks, its addresses as links. */
function PlainText({ text, place }: { text: string; place: ContentPlace }) {
  return (
    <>
      {text.split(/\r\n|\r|\n/).map((line, index) => (
        <>
          {index > 0 && <br />}
          {linked(line, place)}
        </>
      ))}
    </>
  )
}

function linked(line: string, place: ContentPlace) {
  const parts = []
  let end = 0
  for (const { 0: found, index } of line.matchAll(address)) {
    // The end of a sentence is none of the address.
    const url = found.replace(/[.,;:!?)\]]+$/, '')
    if (isOwn(url, place)) continue
    parts.push(line.slice(end, index), <OutwardLink url={url} text={url} />)
    end = index + url.length
  }
  return [...parts, line.slice(end)]
}

function OutwardLink({ url, text }: { url: string; text: string }) {
  return (
    <a href={url} target="_blank" rel="noopener noreferrer nofollow">
      {text}
    </a>
  )
}

function File({ file, place }: { file: Binary; place: ContentPlace }) {
  if (isOwn(file.url, place)) return <span class="hint">{place.visit.texts.form.ownAddress}</span>
  if (file.type === 'image') return <img src={file.url} alt={file.altText} referrerpolicy="no-referrer" />
  return <OutwardLink url={file.url} text={file.altText || file.url} />
}

/** The kinds of embedded objects that a page shows by itself; all others are documents. */
type Shown = 'image' | 'audio' | 'video' | 'document'

/** How an embedded object is shown. */
export function shownAs({ type }: EmbeddedBinary): Shown {
  const plain = type.trim().toLowerCase()
  return plain === 'image' || plain === 'audio' || plain === 'video' ? plain : 'document'
}

function Embedded({ file, place }: { file: EmbeddedBinary; place: ContentPlace }) {
  if (isOwn(file.url, place)) return <p class="hint">{place.visit.texts.form.ownAddress}</p>
  const { task } = place
  const url = task === undefined ? file.url : withTask(file.url, task)
  const title = file.altText || file.url
  const size = { width: pixels(file.width), height: pixels(file.height) }
  return (
    <figure class="embedded">
      {objectOf(shownAs(file), { url, title, ...size })}
      <figcaption>
        <OutwardLink url={url} text={place.visit.texts.form.open(title)} />
      </figcaption>
    </figure>
  )
}

interface EmbeddedObject {
  url: string
  title: string
  width: number | undefined
  height: number | undefined
}

function objectOf(shown: Shown, { url, title, width, height }: EmbeddedObject) {
  switch (shown) {
    case 'image':
      return <img src={url} alt={title} width={width} height={height} referrerpolicy="no-referrer" />
    case 'audio':
      return <audio src={url} aria-label={title} controls preload="metadata"></audio>
    case 'video':
      return (
        <video src={url} aria-label={title} width={width} height={height} controls preload="metadata"></video>
      )
    case 'document':
      // An own, empty origin, and no way to the windows around it.
      return (
        <iframe
          src={url}
          title={title}
          width={width}
          height={height}
          sandbox="allow-scripts"
          referrerpolicy="no-referrer"
        ></iframe>
      )
  }
}

/** The real site appended the ids of the task to the address of an embedded object [questions 2.9]. */
function withTask(url: string, { hitId, assignmentId }: NonNullable<ContentPlace['task']>): string {
  const preview = frameURL(url, { hitId })
  return assignmentId === undefined
    ? preview
    : preview.replace(/assignmentId=[A-Z_]+/, `assignmentId=${encodeURIComponent(assignmentId)}`)
}

/** Width or height as the document has it, such as `320` or `320px`. */
function pixels(text: string): number | undefined {
  const found = /^\s*(\d{1,4})(?:px)?\s*$/.exec(text)?.[1]
  return found === undefined ? undefined : Number(found)
}

/** Whether an address leads to this site, under the name that it has or that the request used. */
function isOwn(url: string, { visit }: ContentPlace): boolean {
  const host = URL.parse(url)?.host
  return host === URL.parse(visit.publicURL)?.host || host === visit.c.req.header('host')
}

// In formatted text a quote inside a value or a text is always a reference: see domain/question/formatted-content.ts.
const withAddress = / (?:href|src|longdesc|cite)="([^"]*)"/g

function withoutOwnAddresses(html: string, place: ContentPlace): string {
  return html.replace(withAddress, (attribute, value: string) => {
    const url = value.replaceAll('&quot;', '"').replaceAll('&amp;', '&')
    return isOwn(url, place) ? '' : attribute
  })
}
