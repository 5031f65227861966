// QuestionForms for tests in a browser: every content block, every kind of answer in every style, every constraint.
import { createServer, type Server } from 'node:http'
import { freePort } from './free-port.ts'

interface QuestionParts {
  name?: string
  required?: boolean
  content?: string
}

/** A question around the inside of its AnswerSpecification. */
export function question(identifier: string, answer: string, parts: QuestionParts = {}): string {
  const { name, required = false, content = '<Text>Say it.</Text>' } = parts
  const display = name === undefined ? '' : `<DisplayName>${name}</DisplayName>`
  return `<Question><QuestionIdentifier>${identifier}</QuestionIdentifier>${display}<IsRequired>${required}</IsRequired><QuestionContent>${content}</QuestionContent><AnswerSpecification>${answer}</AnswerSpecification></Question>`
}

/** A FreeTextAnswer of one line. */
export function line(constraints = '', defaultText = ''): string {
  const limits = constraints === '' ? '' : `<Constraints>${constraints}</Constraints>`
  const preset = defaultText === '' ? '' : `<DefaultText>${defaultText}</DefaultText>`
  return `<FreeTextAnswer>${limits}${preset}<NumberOfLinesSuggestion>1</NumberOfLinesSuggestion></FreeTextAnswer>`
}

interface ChoiceParts {
  least?: number
  most?: number
  style?: string
  /** Inside of OtherSelection. */
  other?: string
}

/** A SelectionAnswer; a selection is its identifier, or identifier and content. */
export function choice(
  selections: readonly (string | [string, string])[],
  { least, most, style, other }: ChoiceParts = {},
): string {
  const options = selections.map((selection) => {
    const [identifier, content] =
      typeof selection === 'string' ? [selection, `<Text>${capital(selection)}</Text>`] : selection
    return `<Selection><SelectionIdentifier>${identifier}</SelectionIdentifier>${content}</Selection>`
  })
  const text = (name: string, value: string | number | undefined) =>
    value === undefined ? '' : `<${name}>${value}</${name}>`
  const otherSelection = other === undefined ? '' : `<OtherSelection>${other}</OtherSelection>`
  return `<SelectionAnswer>${text('MinSelectionCount', least)}${text('MaxSelectionCount', most)}${text('StyleSuggestion', style)}<Selections>${options.join('')}${otherSelection}</Selections></SelectionAnswer>`
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

/** A Binary. */
export function binary(type: string, url: string, altText: string): string {
  return `<Binary><MimeType><Type>${type}</Type></MimeType><DataURL>${url}</DataURL><AltText>${altText}</AltText></Binary>`
}

/** An EmbeddedBinary. */
export function embedded(type: string, subType: string, url: string, altText: string): string {
  return `<EmbeddedBinary><EmbeddedMimeType><Type>${type}</Type><SubType>${subType}</SubType></EmbeddedMimeType><DataURL>${url}</DataURL><AltText>${altText}</AltText><Width>200</Width><Height>100px</Height></EmbeddedBinary>`
}

/** A QuestionForm's namespace in which files may be asked for. */
export const formOf2005 = (inside: string) =>
  `<QuestionForm xmlns="http://mechanicalturk.amazonaws.com/AWSMechanicalTurkDataSchemas/2005-10-01/QuestionForm.xsd">${inside}</QuestionForm>`

export interface ForeignServer {
  address: string
  /** Every request, as path and query. */
  asked: string[]
  stop(): Promise<void>
}

const picture = `<svg xmlns="http://www.w3.org/2000/svg" width="120" height="60"><rect width="120" height="60" fill="teal"/></svg>`
const hostile = `<!DOCTYPE html><html lang="en"><title>Foreign</title><body>A foreign document<script>
try { top.location = 'about:blank' } catch (e) { document.body.append(' kept in') }
try { document.body.append(parent.document.title) } catch (e) { document.body.append(' kept out') }
</script></body></html>`

/** A requester's server with a picture and a page that tries to reach the page around it. */
export async function startForeignServer(): Promise<ForeignServer> {
  const port = await freePort()
  const asked: string[] = []
  const server: Server = createServer((request, response) => {
    const path = request.url ?? ''
    asked.push(path)
    const isPicture = path.startsWith('/picture')
    response.writeHead(200, { 'Content-Type': isPicture ? 'image/svg+xml' : 'text/html; charset=utf-8' })
    response.end(isPicture ? picture : hostile)
  })
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  return {
    address: `http://127.0.0.1:${port}`,
    asked,
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}
