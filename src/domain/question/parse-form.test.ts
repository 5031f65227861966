import { describe, expect, it } from 'vitest'
import * as examples from './examples.ts'
import { question, questionForm } from './examples.ts'
import { QUESTION_FORM_2005 } from './namespaces.ts'
import { parseQuestion, parseTest } from './parse-question.ts'

async function form(text: string) {
  const parsed = await parseQuestion(text)
  return 'form' in parsed ? parsed.form : parsed
}

describe('the examples [questions 12.1]', () => {
  it('a selection', async () => {
    expect(await form(examples.shopForm)).toEqual({
      version: '2017-11-06',
      parts: [
        {
          kind: 'Question',
          identifier: 'shop_open',
          isRequired: true,
          content: [{ kind: 'Text', text: 'Is the bakery in the photo open?' }],
          answer: {
            kind: 'SelectionAnswer',
            minSelectionCount: 1,
            maxSelectionCount: 1,
            style: 'radiobutton',
            selections: [
              { identifier: 'open', content: { kind: 'Text', text: 'Open' } },
              { identifier: 'shut', content: { kind: 'Text', text: 'Closed' } },
            ],
          },
        },
      ],
    })
  })

  it('an overview and free text; minLength makes the question required [questions 2.5]', async () => {
    expect(await form(examples.parcelForm)).toEqual({
      version: '2005-10-01',
      parts: [
        {
          kind: 'Overview',
          content: [
            { kind: 'Title', text: 'Parcel labels' },
            {
              kind: 'FormattedContent',
              html: '<p>Copy what is <b>printed</b>, not what is handwritten.</p>',
            },
          ],
        },
        {
          kind: 'Question',
          identifier: 'weight_kg',
          displayName: 'Weight',
          isRequired: true,
          content: [
            {
              kind: 'Binary',
              type: 'image',
              subType: 'png',
              url: 'https://files.example.org/labels/17.png',
              altText: 'Parcel label 17',
            },
          ],
          answer: {
            kind: 'FreeTextAnswer',
            numeric: { minValue: 0, maxValue: 40 },
            length: { minLength: 1, maxLength: 5 },
            regexes: [{ regex: '^[0-9.]+$', errorText: 'Digits and a dot only.' }],
            defaultText: '',
            numberOfLines: 1,
          },
        },
      ],
    })
  })

  it('several selections and an other one', async () => {
    expect(await form(examples.instrumentsForm)).toMatchObject({
      parts: [
        {
          isRequired: false,
          content: [
            { kind: 'Text' },
            { kind: 'List', items: ['Pick up to three.', 'Leave blank if unsure.'] },
          ],
          answer: {
            minSelectionCount: 0,
            maxSelectionCount: 3,
            style: 'checkbox',
            selections: [
              { identifier: 'oboe' },
              { identifier: 'viola', content: { kind: 'FormattedContent', html: '<i>Viola</i>' } },
              { identifier: 'drum' },
            ],
            otherSelection: { kind: 'FreeTextAnswer', regexes: [], defaultText: '', numberOfLines: 1 },
          },
        },
      ],
    })
  })
})

const text = '<FreeTextAnswer/>'
const upload = (maximum: string, minimum: string) =>
  `<FileUploadAnswer><MaxFileSizeInBytes>${maximum}</MaxFileSizeInBytes><MinFileSizeInBytes>${minimum}</MinFileSizeInBytes></FileUploadAnswer>`
const selections = (before: string, ...identifiers: string[]) =>
  `<SelectionAnswer>${before}<Selections>${identifiers.map((identifier) => `<Selection><SelectionIdentifier>${identifier}</SelectionIdentifier><Text/></Selection>`).join('')}</Selections></SelectionAnswer>`

describe('forms that are accepted', () => {
  const embedded = `<Overview><EmbeddedBinary><EmbeddedMimeType><Type>application</Type><SubType>pdf</SubType></EmbeddedMimeType><DataURL>http://a.example/x</DataURL><AltText>x</AltText><Width>1</Width><Height>2</Height><ApplicationParameter><Name>n</Name><Value>v</Value></ApplicationParameter></EmbeddedBinary></Overview>`
  it.each<[string, string, object]>([
    [
      'only an overview [questions 2.1]',
      questionForm('<Overview><Text/></Overview>'),
      { parts: [{ kind: 'Overview' }] },
    ],
    [
      'overviews between questions [questions 2.1]',
      questionForm(`${question('a', text)}<Overview><Text/></Overview>${question('b', text)}`),
      { parts: [{ identifier: 'a' }, { kind: 'Overview' }, { identifier: 'b' }] },
    ],
    [
      'IsRequired as a number',
      questionForm(question('a', text, '<IsRequired> 1 </IsRequired>')),
      { parts: [{ isRequired: true }] },
    ],
    ['an empty identifier', questionForm(question('', text)), { parts: [{ identifier: '' }] }],
    [
      'an embedded object [questions 2.4]',
      questionForm(embedded),
      {
        parts: [
          { content: [{ type: 'application', subType: 'pdf', parameters: [{ name: 'n', value: 'v' }] }] },
        ],
      },
    ],
    [
      'a file upload in the old version [questions 2.7]',
      questionForm(question('a', upload('2000000000', '1')), QUESTION_FORM_2005),
      { parts: [{ answer: { kind: 'FileUploadAnswer', minFileSize: 1, maxFileSize: 2_000_000_000 } }] },
    ],
    [
      'numbers beyond any use are bounded',
      questionForm(
        question(
          'a',
          `<FreeTextAnswer><NumberOfLinesSuggestion>${'9'.repeat(500)}</NumberOfLinesSuggestion></FreeTextAnswer>`,
        ),
      ),
      { parts: [{ answer: { numberOfLines: Number.MAX_SAFE_INTEGER } }] },
    ],
    [
      'the other text counts as a selection [questions 2.6]',
      questionForm(
        question(
          'a',
          selections('<MaxSelectionCount>2</MaxSelectionCount>', 'x').replace(
            '</Selections>',
            '<OtherSelection/></Selections>',
          ),
        ),
      ),
      { parts: [{ answer: { maxSelectionCount: 2 } }] },
    ],
  ])('%s', async (_, document, expected) => {
    expect(await form(document)).toMatchObject(expected)
  })
})

describe('forms that are refused', () => {
  const regex = (attributes: string) =>
    `<FreeTextAnswer><Constraints><AnswerFormatRegex ${attributes}/></Constraints></FreeTextAnswer>`
  it.each([
    ['no child [questions 2.1]', questionForm(''), 'cvc-complex-type.2.4.b'],
    ['empty content [questions 2.3]', questionForm('<Overview/>'), 'cvc-complex-type.2.4.b'],
    [
      'text in content [questions 2.3]',
      questionForm('<Overview>x<Text/></Overview>'),
      'cvc-complex-type.2.3',
    ],
    ['a second answer', questionForm(question('a', text + text)), 'cvc-complex-type.2.4.d'],
    [
      'IsRequired yes',
      questionForm(question('a', text, '<IsRequired>yes</IsRequired>')),
      "'yes' is not a valid value for 'boolean'",
    ],
    [
      'the display name behind IsRequired',
      questionForm(question('a', text, '<IsRequired>1</IsRequired><DisplayName/>')),
      "starting with element 'DisplayName'",
    ],
    [
      'a regex without its attribute [questions 2.5]',
      questionForm(question('a', regex(''))),
      "cvc-complex-type.4: Attribute 'regex'",
    ],
    [
      'white space in a constraint [questions 2.5]',
      questionForm(question('a', regex('regex=""').replace('/></C', '> </AnswerFormatRegex></C'))),
      'cvc-complex-type.2.1',
    ],
    [
      'an unknown style [questions 2.6]',
      questionForm(question('a', selections('<StyleSuggestion>tree</StyleSuggestion>', 'x'))),
      "cvc-enumeration-valid: Value 'tree' is not facet-valid with respect to enumeration '[radiobutton, dropdown, checkbox, list, combobox, multichooser]'.",
    ],
    ['no selection', questionForm(question('a', selections(''))), 'cvc-complex-type.2.4.b'],
    [
      'a URL of another scheme [questions 2.4]',
      examples.parcelForm.replace('https://files', 'ftp://files'),
      "cvc-pattern-valid: Value 'ftp://files.example.org/labels/17.png' is not facet-valid with respect to pattern '(http|https)://.*' for type 'URLType'.",
    ],
    [
      'Application, old version [questions 2.8]',
      questionForm('<Overview><Application><Flash/></Application></Overview>', QUESTION_FORM_2005),
      "starting with element 'Application'",
    ],
    [
      'Application, new version',
      questionForm('<Overview><Application/></Overview>'),
      "starting with element 'Application'",
    ],
    [
      'a file upload, new version [questions 2.8]',
      questionForm(question('a', upload('2', '1'))),
      "starting with element 'FileUploadAnswer'",
    ],
    [
      'an upload of at least 0 bytes [questions 2.7]',
      questionForm(question('a', upload('2', '0')), QUESTION_FORM_2005),
      "'0' is not a valid value",
    ],
    [
      'an upload over 2 GB [questions 2.7]',
      questionForm(question('a', upload('2000000001', '1')), QUESTION_FORM_2005),
      'cvc-maxInclusive-valid',
    ],
    [
      'elements in FormattedContent [questions 4.1]',
      questionForm('<Overview><FormattedContent><p/></FormattedContent></Overview>'),
      'cvc-type.3.1.2',
    ],
  ])('by the schema: %s', async (_, document, detail) => {
    expect(await parseQuestion(document)).toMatchObject({
      fault: 'XMLParseError',
      parameter: 'Question',
      detail: expect.stringContaining(detail),
    })
  })

  it('a file upload where the server keeps none, and in every test [questions 2.7]', async () => {
    const document = questionForm(question('a', upload('2', '1')), QUESTION_FORM_2005)
    expect(await parseQuestion(document, { fileUploads: false })).toHaveProperty('fault', 'XMLParseError')
    expect(await parseTest(document)).toHaveProperty('fault', 'XMLParseError')
    expect(await parseQuestion(document, { fileUploads: true })).toHaveProperty('kind')
  })

  const count = (element: string, value: number) => `<${element}>${value}</${element}>`
  it.each([
    [
      'an identifier twice [questions 2.2]',
      question('a', text) + question('b', text) + question('a', text),
      'Question',
      'a',
    ],
    ['a selection twice', question('a', selections('', 'x', 'y', 'x')), 'SelectionIdentifier', 'x'],
    [
      'too many to choose [questions 2.6]',
      question('a', selections(count('MaxSelectionCount', 3), 'x', 'y')),
      'MaxSelectionCount',
      '3',
    ],
    [
      'more demanded than there are [questions 2.6]',
      question('a', selections(count('MinSelectionCount', 3), 'x', 'y')),
      'MinSelectionCount',
      '3',
    ],
    [
      'more demanded than allowed',
      question('a', selections(count('MinSelectionCount', 2), 'x', 'y')),
      'MinSelectionCount',
      '2',
    ],
    [
      'file sizes the wrong way round [questions 1.1]',
      question('a', upload('1', '2')),
      'MinFileSizeInBytes',
      '2',
    ],
  ])('by its meaning: %s', async (_, inside, parameter, value) => {
    const fault = await parseQuestion(questionForm(inside, QUESTION_FORM_2005))
    expect(fault).toMatchObject({ fault: 'InvalidParameterValue', parameter, value })
  })

  it('an identifier twice in a test names the Test [questions 2.2]', async () => {
    const fault = await parseTest(questionForm(question('a', text) + question('a', text)))
    expect(fault).toMatchObject({ fault: 'InvalidParameterValue', parameter: 'Test', value: 'a' })
  })

  it('FormattedContent outside the subset, also in a selection and in a test [questions 4.1]', async () => {
    const bad = questionForm('<Overview><FormattedContent>&lt;div/&gt;</FormattedContent></Overview>')
    expect(await parseQuestion(bad)).toMatchObject({ fault: 'XHTMLParseError', parameter: 'Question' })
    expect(await parseTest(bad)).toMatchObject({ fault: 'XHTMLParseError', parameter: 'Test' })
    const selection = examples.instrumentsForm.replace('<i>Viola</i>', '<i>Viola')
    expect(await parseQuestion(selection)).toHaveProperty('fault', 'XHTMLParseError')
  })
})
