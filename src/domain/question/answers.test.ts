import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type Answer,
  type FormAnswer,
  answersFromFields,
  answersFromForm,
  taskAnswersField,
  writeAnswers,
} from './answers.ts'
import type { QuestionForm } from './form.ts'
import { QUESTION_FORM_ANSWERS } from './namespaces.ts'
import { readAnswers } from './read-answers.ts'
import { questionFormAnswersSchema } from './schemas/question-form-answers.ts'
import { readXML } from './xml.ts'

const START = `<?xml version="1.0" encoding="ASCII"?><QuestionFormAnswers xmlns="${QUESTION_FORM_ANSWERS}">`
const document = (inside: string) => `${START}${inside}</QuestionFormAnswers>`
const free = (name: string, text: string) =>
  `<Answer><QuestionIdentifier>${name}</QuestionIdentifier><FreeText>${text}</FreeText></Answer>`

function written(answers: Answer[] | { fault: string }): string {
  if ('fault' in answers) return answers.fault
  return writeAnswers(answers)
}

describe('answers from the fields of a page', () => {
  const cases: [string, [string, string][], string][] = [
    [
      'one field [questions 9.2]',
      [
        ['assignmentId', '3A'],
        ['colour', 'red'],
      ],
      document(free('colour', 'red')),
    ],
    [
      'a repeated name is joined with a bar at its first place [questions 9.3]',
      [
        ['tag', 'A'],
        ['other', '1'],
        ['tag', 'B'],
        ['tag', 'C'],
      ],
      document(free('tag', 'A|B|C') + free('other', '1')),
    ],
    ['an empty value is an empty FreeText [questions 9.2]', [['note', '']], document(free('note', ''))],
    [
      'reserved names are never answers [questions 5.3]',
      [
        ['assignmentId', '3A'],
        ['hitId', '3H'],
        ['workerId', 'A1'],
        ['turkSubmitTo', 'https://x'],
        ['a', '1'],
      ],
      document(free('a', '1')),
    ],
    ['names are compared exactly', [['assignmentid', '3A']], document(free('assignmentid', '3A'))],
    [
      'a named submit button is an answer [questions 5.3]',
      [['Submit', 'Submit']],
      document(free('Submit', 'Submit')),
    ],
    ['only assignmentId is refused [questions 5.3]', [['assignmentId', '3A']], 'AnswerEmpty'],
    ['nothing at all is refused [questions 5.3]', [], 'AnswerEmpty'],
    [
      'a reserved name counts as a field [questions 5.3]',
      [
        ['assignmentId', '3A'],
        ['hitId', '3H'],
      ],
      document(''),
    ],
    [
      'names are escaped too [questions 9.4]',
      [['a<b>&"é', 'x']],
      document(free('a&lt;b&gt;&amp;"&#233;', 'x')),
    ],
    [
      'the names of JavaScript objects are ordinary names',
      [
        ['__proto__', '1'],
        ['constructor', '2'],
      ],
      document(free('__proto__', '1') + free('constructor', '2')),
    ],
  ]
  it.each(cases)('%s', (_, fields, expected) => {
    expect(written(answersFromFields(fields))).toBe(expected)
  })

  it('spells text as the real service did [questions 12.5, client-contract W18]', () => {
    const fields: [string, string][] = [['colour', 'dégradé & blue']]
    expect(written(answersFromFields(fields))).toBe(document(free('colour', 'd&#233;grad&#233; &amp; blue')))
  })

  it('carries taskAnswers as one JSON text with one object [questions 7, 9.2]', () => {
    const fields = [taskAnswersField({ mood: { label: 'calm' } })]
    expect(written(answersFromFields(fields))).toBe(
      document(free('taskAnswers', '[{"mood":{"label":"calm"}}]')),
    )
  })
})

describe('the encoding of text [questions 9.4]', () => {
  const cases: [string, string, string][] = [
    ['a character outside the BMP is one reference', '😀', '&#128512;'],
    ['markup', '<a href="x">&amp;\'</a>', '&lt;a href="x"&gt;&amp;amp;\'&lt;/a&gt;'],
    ['CR LF keeps both', 'a\r\nb', 'a&#13;\nb'],
    ['a lone CR', 'a\rb', 'a&#13;b'],
    ['a tab and a line feed stay', 'a\tb\nc', 'a\tb\nc'],
    ['the end of a CDATA section', ']]>', ']]&gt;'],
    ['control characters are dropped', '\0a\x01\x08\x0B\x0C\x0E\x1Fb', 'ab'],
    ['DEL and C1 are allowed', '\x7F\x80\x9F', '\x7F&#128;&#159;'],
    ['lone surrogates are dropped', 'a\uD800b\uDC00c', 'abc'],
    ['surrogates the wrong way round are dropped', '\uDC00\uD800', ''],
    ['noncharacters', '\uFFFD\uFFFE\uFFFF', '&#65533;'],
    ['the last character', '\u{10FFFF}', '&#1114111;'],
    ['the dash of the recorded response', '—', '&#8212;'],
  ]
  it.each(cases)('%s', (_, text, expected) => {
    expect(writeAnswers([{ kind: 'FreeText', identifier: 'q', text }])).toBe(document(free('q', expected)))
  })
})

const form: QuestionForm = {
  version: '2005-10-01',
  parts: [
    { kind: 'Overview', content: [{ kind: 'Title', text: 'x' }] },
    {
      kind: 'Question',
      identifier: 'instruments',
      isRequired: false,
      content: [],
      answer: {
        kind: 'SelectionAnswer',
        minSelectionCount: 0,
        maxSelectionCount: 3,
        selections: ['oboe', 'viola', 'drum'].map((identifier) => ({
          identifier,
          content: { kind: 'Text', text: identifier },
        })),
        otherSelection: { kind: 'FreeTextAnswer', regexes: [], defaultText: '' },
      },
    },
    {
      kind: 'Question',
      identifier: 'shop_open',
      isRequired: false,
      content: [],
      answer: {
        kind: 'SelectionAnswer',
        minSelectionCount: 1,
        maxSelectionCount: 1,
        selections: [{ identifier: 'open', content: { kind: 'Text', text: 'Open' } }],
      },
    },
    {
      kind: 'Question',
      identifier: 'note',
      isRequired: false,
      content: [],
      answer: { kind: 'FreeTextAnswer', regexes: [], defaultText: '' },
    },
    {
      kind: 'Question',
      identifier: 'scan',
      isRequired: false,
      content: [],
      answer: { kind: 'FileUploadAnswer', minFileSize: 1, maxFileSize: 100000 },
    },
  ],
}

const named = (name: string, inside: string) =>
  `<Answer><QuestionIdentifier>${name}</QuestionIdentifier>${inside}</Answer>`
const selected = (...selections: string[]) =>
  selections.map((selection) => `<SelectionIdentifier>${selection}</SelectionIdentifier>`).join('')

describe('answers to a QuestionForm', () => {
  const cases: [string, Record<string, FormAnswer>, string][] = [
    [
      'the example, in form order whatever the order given [questions 9.2, 12.5]',
      {
        scan: { fileKey: 'k-7f21', size: 48211 },
        note: 'n',
        instruments: { selections: ['oboe', 'drum'], other: 'triangle' },
      },
      named('instruments', `${selected('oboe', 'drum')}<OtherSelectionText>triangle</OtherSelectionText>`) +
        named('shop_open', '') +
        named('note', '<FreeText>n</FreeText>') +
        named(
          'scan',
          '<UploadedFileSizeInBytes>48211</UploadedFileSizeInBytes><UploadedFileKey>k-7f21</UploadedFileKey>',
        ),
    ],
    [
      'nothing answered: empty selections, an empty text, no file [questions 9.2]',
      {},
      named('instruments', '') + named('shop_open', '') + named('note', '<FreeText></FreeText>'),
    ],
    [
      'a list and a single text are selections; a selection counts once',
      { instruments: ['viola', 'drum', 'viola'], shop_open: 'open' },
      named('instruments', selected('viola', 'drum')) +
        named('shop_open', selected('open')) +
        named('note', '<FreeText></FreeText>'),
    ],
  ]
  it.each(cases)('%s', async (_, given, expected) => {
    expect(written(await answersFromForm(form, given))).toBe(document(expected))
  })

  const refused: [string, Record<string, FormAnswer>, string][] = [
    ['no such question', { nothing: 'x' }, 'nothing'],
    ['no such question, with a name that every object has', { toString: 'x' }, 'toString'],
    ['no such selection', { instruments: ['harp'] }, 'instruments'],
    ['other text where none is asked', { shop_open: { selections: [], other: 'x' } }, 'shop_open'],
    ['a list for free text', { note: ['a', 'b'] }, 'note'],
    ['a file for free text', { note: { fileKey: 'k', size: 1 } }, 'note'],
    ['a file for a selection', { shop_open: { fileKey: 'k', size: 1 } }, 'shop_open'],
    ['a text for a file', { scan: 'x' }, 'scan'],
    ['a list for a file', { scan: ['x'] }, 'scan'],
  ]
  it.each(refused)('refuses: %s', async (_, given, member) => {
    expect(await answersFromForm(form, given)).toMatchObject({ fault: 'InvalidInput', member })
  })
})

describe('every document', () => {
  const text = fc.string({ unit: 'binary' })
  const answer: fc.Arbitrary<Answer> = fc.oneof(
    fc.record({ kind: fc.constant('FreeText' as const), identifier: text, text }),
    fc.record({
      kind: fc.constant('File' as const),
      identifier: text,
      fileKey: text,
      size: fc.integer({ min: 1, max: 2_000_000_000 }),
    }),
    fc.record(
      { kind: fc.constant('Selection' as const), identifier: text, selections: fc.array(text), other: text },
      { requiredKeys: ['kind', 'identifier', 'selections'] },
    ),
  )
  const schemas = new Map([[`{${QUESTION_FORM_ANSWERS}}QuestionFormAnswers`, questionFormAnswersSchema]])

  it('is plain ASCII, valid against the schema, and says the same to both readers [questions 9.1, 9.4]', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(answer), async (answers) => {
        const xml = writeAnswers(answers)
        expect(xml).toMatch(/^[\t\n\x20-\x7F]*$/)
        const read = await readXML(xml, schemas)
        expect(read).not.toHaveProperty('problem')
        const back = readAnswers(xml)
        expect(writeAnswers(back)).toBe(xml)
        expect(back.map(({ kind }) => kind)).toEqual(answers.map(({ kind }) => kind))
        if (!('root' in read)) return
        const identifiers = read.root.children.map((child) => typeof child !== 'string' && child.children[0])
        expect(identifiers.map((child) => typeof child === 'object' && child.text)).toEqual(
          back.map(({ identifier }) => identifier),
        )
      }),
    )
  })

  it('gives legal text back unchanged [questions 9.4]', () => {
    const text = 'é😀—\r\n\t<&>"\'|\u{10FFFF}'
    const answers: Answer[] = [{ kind: 'FreeText', identifier: text, text }]
    expect(readAnswers(writeAnswers(answers))).toEqual(answers)
  })

  it('reads an empty text and a root without answers as none [questions 9.2]', () => {
    expect(readAnswers('')).toEqual([])
    expect(readAnswers(writeAnswers([]))).toEqual([])
    expect(() => readAnswers('{}')).toThrow()
  })
})
