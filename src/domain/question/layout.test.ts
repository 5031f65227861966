import { describe, expect, test } from 'vitest'
import { isFault } from '../fault.ts'
import { fillPage, pageOfTemplate, placeholdersOf } from './layout.ts'
import { parseQuestion } from './parse-question.ts'

const fill = (page: string, values: Record<string, string>, maximum = 65_535) =>
  fillPage(page, new Map(Object.entries(values)), maximum)

/** The page inside a question document, as a worker's frame gets it. */
async function htmlOf(document: string | undefined): Promise<string> {
  const question = await parseQuestion(document ?? '')
  if (isFault(question) || question.kind !== 'HTMLQuestion') throw new Error('no HTMLQuestion')
  return question.html
}

describe('placeholders [questions 8]', () => {
  test.each([
    ['${a}', ['a']],
    ['<img src="${image_url}" alt="${caption}"> ${caption} ${image_url}', ['image_url', 'caption']],
    ['${A}${a}', ['A', 'a']],
    ['${Column 2} ${grün} ${x-1} ${x.y:z} ${0}', ['Column 2', 'grün', 'x-1', 'x.y:z', '0']],
    ['${} $a {a} ${a ${b} ${c? 1 : 2} ${`x`} ${f(x)} $ {a}', ['b']],
    ['$${a}}', ['a']],
    ['nothing', []],
  ])('of %s', (page, names) => {
    expect(placeholdersOf(page)).toEqual(names)
  })
})

describe('filling [questions 8]', () => {
  test.each([
    ['<p>${a} and ${a}</p>', { a: '1' }, '<p>1 and 1</p>'],
    ['names are case-sensitive: ${A}', { A: 'x', a: 'y' }, 'names are case-sensitive: x'],
    ['one pass: ${a}', { a: '${b}', b: 'no' }, 'one pass: ${b}'],
    ['unused: ${a}', { a: '1', b: '2' }, 'unused: 1'],
    ['as it is: ${a}', { a: '<b>&amp; & "\'' }, 'as it is: <b>&amp; & "\''],
    ['no pattern: ${a}', { a: '$& $1 $` $$' }, 'no pattern: $& $1 $` $$'],
    ['empty: [${a}]', { a: '' }, 'empty: []'],
    ['a script keeps ${x ? 1 : 2} and a[b[0]]>1', {}, 'a script keeps ${x ? 1 : 2} and a[b[0]]>1'],
    ['the section ends: ${a}', { a: ']]>]]>' }, 'the section ends: ]]>]]>'],
  ])('%s', async (page, values, html) => {
    expect(await htmlOf(fill(page, values as Record<string, string>))).toBe(html)
  })

  test('the document is an HTMLQuestion with a declaration, as the site made it', () => {
    expect(fill('<p>${a}</p>', { a: '1' })).toBe(
      '<?xml version="1.0" encoding="UTF-8"?>\n<HTMLQuestion xmlns="http://mechanicalturk.amazonaws.com/AWSMechanicalTurkDataSchemas/2011-11-11/HTMLQuestion.xsd">' +
        '<HTMLContent><![CDATA[<p>1</p>]]></HTMLContent><FrameHeight>0</FrameHeight></HTMLQuestion>',
    )
  })

  test.each([
    ['${a}${a}', 'x'.repeat(5), 10, true],
    ['${a}${a}', 'x'.repeat(6), 11, false],
    ['${a}', '', 0, true],
    ['more than memory: ' + '${a}'.repeat(200_000), 'x'.repeat(1_000_000), 65_535, false],
  ])('a page is not filled past its bound (%#)', (page, value, maximum, fits) => {
    expect(fill(page, { a: value }, maximum) !== undefined).toBe(fits)
  })
})

describe('the page of a template [questions 8, websites 2.2]', () => {
  test('fields get a form with the assignment, a button, and the helper script', async () => {
    const page = await pageOfTemplate('<p>${question}</p><input name="colour">')
    expect(page).toMatch(/^<!DOCTYPE html><html><head><title>HIT<\/title><meta http-equiv="Content-Type"/)
    expect(page).toContain(
      '<script type="text/javascript" src="https://s3.amazonaws.com/mturk-public/externalHIT_v1.js">',
    )
    expect(page).toContain('<form name="mturk_form" method="post" id="mturk_form"')
    expect(page).toContain(
      '<input type="hidden" value="" name="assignmentId" id="assignmentId"/>\n<p>${question}',
    )
    expect(page).toMatch(
      /id="submitButton".*<\/form><script type="text\/javascript">turkSetAssignmentID\(\);/,
    )
    const question = await parseQuestion(fill(page, { question: 'Which?' })!, { strictHTML5: true })
    expect(question, 'a clean page').toMatchObject({ kind: 'HTMLQuestion', warnings: [] })
  })

  test.each([
    ['a crowd-form', '<crowd-form><crowd-input name="a"></crowd-input></crowd-form>'],
    [
      'a form that posts answers',
      '<form action="/mturk/externalSubmit" method="POST"><input name="a"></form>',
    ],
  ])('%s gets no second form', async (_, template) => {
    const page = await pageOfTemplate(template)
    expect(page).toContain(template)
    expect(page).not.toContain('mturk_form')
    expect(page).toMatch(/^<!DOCTYPE html>/)
  })

  test.each([
    '<!DOCTYPE html><html><body><crowd-form></crowd-form></body></html>',
    '<body><form action="https://www.mturk.com/mturk/externalSubmit"></form>',
  ])('a whole page with its form stays as it is: %s', async (template) => {
    expect(await pageOfTemplate(template)).toBe(template)
  })

  test.each([
    ['a form of another kind', '<form action="/search"><input name="a"></form>'],
    ['a crowd-form in a comment', '<!-- <crowd-form> --><input name="a">'],
    ['a crowd-form in a script', '<script>"<crowd-form>"</script><input name="a">'],
  ])('%s does not count', async (_, template) => {
    expect(await pageOfTemplate(template)).toContain('<form name="mturk_form"')
  })
})
