import { describe, expect, it } from 'vitest'
import { market } from '../../limits.ts'
import * as examples from './examples.ts'
import { externalQuestion, htmlQuestion } from './examples.ts'
import { EXTERNAL_QUESTION, HTML_QUESTION } from './namespaces.ts'
import { parseQuestion, parseTest, type QuestionOptions } from './parse-question.ts'

const page = 'https://tasks.example.org/birdsong'

describe('ExternalQuestion', () => {
  it.each([
    ['the example [questions 12.2]', externalQuestion(page), page, 0],
    [
      'with a declaration and an escaped ampersand [questions 12.2]',
      `<?xml version="1.0" encoding="UTF-8"?>\n${externalQuestion('https://a.example/run?batch=9&amp;item=204', '720')}`,
      'https://a.example/run?batch=9&item=204',
      720,
    ],
    [
      'with a prefix and CDATA [questions 12.2]',
      examples.prefixedExternalQuestion,
      'https://tasks.example.org/run?a=1&b=2',
      500,
    ],
    ['a negative height is shown as 0 [questions 5.1]', externalQuestion(page, '-5'), page, 0],
    ['a huge height is bounded', externalQuestion(page, '9'.repeat(400)), page, 1_000_000],
    ['white space around the values', externalQuestion(`\n  ${page}\n  `, ' +600 '), page, 600],
    [
      'a wrong encoding in the declaration',
      `<?xml version="1.0" encoding="UTF-16"?>${externalQuestion(page)}`,
      page,
      0,
    ],
    ['a byte order mark', `\uFEFF${externalQuestion(page)}`, page, 0],
    ['comments', `<!-- a -->${externalQuestion(`${page}<!-- b -->`)}<!-- c -->`, page, 0],
    ['an upper-case scheme', externalQuestion('HTTPS://a.example/'), 'HTTPS://a.example/', 0],
    ['characters outside ASCII', externalQuestion('https://a.example/é?q=ü'), 'https://a.example/é?q=ü', 0],
  ])('%s', async (_, text, url, frameHeight) => {
    expect(await parseQuestion(text)).toEqual({ kind: 'ExternalQuestion', url, frameHeight })
  })

  it.each<[string, string, string | undefined, QuestionOptions?]>([
    ['http [questions 5.1, 11.2]', 'http://a.example/', 'This URL must use the HTTPS protocol.'],
    ['no URL', 'birdsong', 'This URL must use the HTTPS protocol.'],
    ['an empty URL', '', 'This URL must use the HTTPS protocol.'],
    ['a script', 'javascript:alert(1)', 'This URL must use the HTTPS protocol.'],
    [
      'a script, http allowed',
      'javascript:alert(1)',
      'This URL must use the HTTPS protocol.',
      { allowHTTP: true },
    ],
    ['no host', 'https://', undefined],
    ['a bad port', 'https://a.example:99999/', undefined],
    [
      'a reserved parameter [questions 5.1]',
      'https://a.example/?hitId=1',
      'The query parameter hitId is reserved',
    ],
    [
      'a page of this server',
      'https://crowd.example.org/anything',
      'A page of this server cannot be a task',
      { ownOrigins: ['https://other.example', 'https://crowd.example.org'] },
    ],
    [
      'a page of this server, spelled otherwise',
      'https://u:p@CROWD.example.org:443/',
      'A page of this server cannot be a task',
      { ownOrigins: ['https://crowd.example.org/'] },
    ],
  ])('refuses %s', async (_, url, explanation, options = {}) => {
    expect(await parseQuestion(externalQuestion(url), options)).toEqual({
      fault: 'InvalidParameterValue',
      parameter: 'ExternalURL',
      value: url,
      ...(explanation && { explanation }),
    })
  })

  it('accepts http where the operator allows it [questions 5.1]', async () => {
    const question = await parseQuestion(externalQuestion('http://localhost:3000/?workerid=1'), {
      allowHTTP: true,
      ownOrigins: ['http://localhost:1770'],
    })
    expect(question).toMatchObject({ kind: 'ExternalQuestion', url: 'http://localhost:3000/?workerid=1' })
  })
})

describe('HTMLQuestion', () => {
  it.each([
    ['the example with the helper script', examples.colourPage],
    ['the example with a crowd-form', examples.moodPage],
    ['the example with a relative action', examples.tagsPage],
    [
      'a page without html and head tags, as the vendor published',
      '<!DOCTYPE html>\n<body><p>x</p></body></html>',
    ],
    [
      'drawings and raw text',
      '<!doctype html><svg><style>a>b{}</style><title>&lt;</title></svg><style>a<b</style>',
    ],
  ])('%s has no warnings [questions 6.3, 12.3]', async (_, html) => {
    expect(await parseQuestion(htmlQuestion(html, '450'), { strictHTML5: true })).toEqual({
      kind: 'HTMLQuestion',
      html,
      frameHeight: 450,
      warnings: [],
    })
  })

  const faulty: [string, string, string[]][] = [
    ['no doctype', '<p>x</p>', ['1,1 The page does not begin with <!DOCTYPE html>.']],
    ['text before the doctype', 'x<!DOCTYPE html>', ['1,1 The page does not begin with <!DOCTYPE html>.']],
    ['an empty page', '', ['1,1 The page does not begin with <!DOCTYPE html>.']],
    [
      'no space between attributes',
      '<!DOCTYPE html>\n<p class="a"id="b">',
      ['2,13 Missing whitespace between attributes.'],
    ],
    [
      'a second body',
      '<!DOCTYPE html>\n<body>\n  <BODY>',
      ['3,3 The start tag "body" is there a second time.'],
    ],
    ['an odd attribute name', '<!DOCTYPE html><p a"b>', ['1,20 Unexpected character in attribute name.']],
    ['a nested comment', '<!DOCTYPE html><!-- <!-- -->', ['1,25 Nested comment.']],
  ]
  it.each(faulty)(
    '%s: a warning by default, refused when strict [questions 6.3]',
    async (_, html, expected) => {
      const lenient = await parseQuestion(htmlQuestion(html))
      expect(lenient).toMatchObject({ kind: 'HTMLQuestion', html })
      if (!('warnings' in lenient)) return
      expect(lenient.warnings.map(({ line, column, problem }) => `${line},${column} ${problem}`)).toEqual(
        expected,
      )
      const [error = ''] = expected
      const [place = '', ...words] = error.split(' ')
      expect(await parseQuestion(htmlQuestion(html), { strictHTML5: true })).toEqual({
        fault: 'HTML5ParseError',
        parameter: 'Question',
        detail: `Errors: <! [${place}] ${words.join(' ')} !> Invalid content: ${html}`,
      })
    },
  )

  it('keeps a bounded number of warnings', async () => {
    const question = await parseQuestion(htmlQuestion('<'.repeat(60_000)))
    expect(question).toHaveProperty('warnings.length', 100)
  })

  it('puts a split CDATA end together again [questions 6.1]', async () => {
    const text = `<HTMLQuestion xmlns="${HTML_QUESTION}"><HTMLContent><![CDATA[<!DOCTYPE html>a[b[0]]]]><![CDATA[>1]]></HTMLContent><FrameHeight>0</FrameHeight></HTMLQuestion>`
    expect(await parseQuestion(text)).toMatchObject({ html: '<!DOCTYPE html>a[b[0]]>1' })
  })
})

describe('sizes [questions 1, 1.1, 11.2]', () => {
  const room = market.questionBytes - Buffer.byteLength(htmlQuestion('<!DOCTYPE html>'))

  it('refuses an empty value', async () => {
    expect(await parseQuestion('')).toEqual({ fault: 'ParameterTooShort', parameter: 'Question' })
    expect(await parseTest('')).toEqual({ fault: 'ParameterTooShort', parameter: 'Test' })
  })

  it('accepts exactly 65535 bytes and refuses one more [questions 3]', async () => {
    expect(await parseQuestion(htmlQuestion(`<!DOCTYPE html>${'x'.repeat(room)}`))).toHaveProperty('kind')
    const tooLong = { fault: 'ParameterTooLong', parameter: 'Question', maximum: 65535 }
    expect(await parseQuestion(htmlQuestion(`<!DOCTYPE html>${'x'.repeat(room + 1)}`))).toEqual(tooLong)
    expect(await parseQuestion(htmlQuestion(`<!DOCTYPE html>${'é'.repeat(room / 2 + 1)}`))).toEqual(tooLong)
  })

  it('is checked before the document is read', async () => {
    expect(await parseQuestion('<'.repeat(70_000))).toHaveProperty('fault', 'ParameterTooLong')
    const attributes = Array.from({ length: 800_000 }, (_, n) => `a${n}=""`).join(' ')
    expect(await parseQuestion(`<x ${attributes}/>`)).toHaveProperty('fault', 'ParameterTooLong')
  })
})

describe('XML errors in the words of the Java parser [questions 11.3]', () => {
  const url = (inside: string) =>
    `<ExternalQuestion xmlns="${EXTERNAL_QUESTION}">${inside}</ExternalQuestion>`
  const name = (element: string) => `"${EXTERNAL_QUESTION}":${element}`
  const both = `<ExternalURL>${page}</ExternalURL><FrameHeight>0</FrameHeight>`
  it.each([
    [
      'a raw & in a URL',
      externalQuestion('https://a.example/?a=1&b=2'),
      `The reference to entity "b" must end with the ';' delimiter.`,
    ],
    [
      'a raw & after characters outside ASCII',
      externalQuestion('https://a.example/é😀€?a=1&amp;b=é&cé=2'),
      `The reference to entity "cé" must end with the ';' delimiter.`,
    ],
    [
      'a lone &',
      url('<ExternalURL>a & b</ExternalURL>'),
      "The entity name must immediately follow the '&' in the entity reference.",
    ],
    ['an entity', url('&nbsp;'), 'The entity "nbsp" was referenced, but not declared.'],
    [
      'an unclosed tag',
      url('<a>'),
      'The element type "a" must be terminated by the matching end-tag "</a>".',
    ],
    ['an end too early', '<a><b>', 'XML document structures must start and end within the same entity.'],
    [
      'something after the root',
      `${url(both)}x`,
      'The markup in the document following the root element must be well-formed.',
    ],
    ['something before the root', `x${url(both)}`, 'Content is not allowed in prolog.'],
    ['no XML', 'hello & goodbye', 'Content is not allowed in prolog.'],
    ['blank', ' \n ', 'Premature end of file.'],
    [
      'an unknown prefix',
      '<q:ExternalQuestion/>',
      'The prefix "q" for element "q:ExternalQuestion" is not bound.',
    ],
    [
      'white space before the declaration',
      ` <?xml version="1.0"?>${url(both)}`,
      'The processing instruction target matching "[xX][mM][lL]" is not allowed.',
    ],
    ['the same attribute twice', '<a b="" b=""/>', 'Attribute "b" was already specified for this element.'],
    ['an attribute without quotes', '<a b=1/>', 'Open quote is expected for an attribute value.'],
    [
      'a control character',
      url('\u0001'),
      'An invalid XML character (Unicode: 0x1) was found in the element content of the document.',
    ],
    [
      'a null character',
      url('\0'),
      'An invalid XML character (Unicode: 0x0) was found in the element content of the document.',
    ],
    [
      'a noncharacter',
      url('\uFFFE'),
      'An invalid XML character (Unicode: 0xfffe) was found in the element content of the document.',
    ],
    ['a lone surrogate', url('\uD800'), 'Invalid byte of UTF-8 sequence.'],
    ['an open CDATA section', url('<![CDATA[x'), 'The CDATA section must end with "]]>".'],
    [
      'a control character in a CDATA section',
      url('<![CDATA[a\u000bb]]>'),
      'An invalid XML character (Unicode: 0xb) was found in the CDATA section.',
    ],
    [
      'a control character in a long CDATA section',
      url(`<![CDATA[${'<p>a</p>\n'.repeat(500)}\u0001${'<p>b</p>\n'.repeat(500)}]]>`),
      'An invalid XML character (Unicode: 0x1) was found in the CDATA section.',
    ],
    [
      'a noncharacter in a CDATA section',
      url('<![CDATA[\uFFFF]]>'),
      'An invalid XML character (Unicode: 0xffff) was found in the CDATA section.',
    ],
    [
      'no namespace',
      '<ExternalQuestion/>',
      "cvc-elt.1: Cannot find the declaration of element 'ExternalQuestion'.",
    ],
    [
      'https in the namespace [questions 1]',
      externalQuestion(page).replace('xmlns="http:', 'xmlns="https:'),
      "cvc-elt.1: Cannot find the declaration of element 'ExternalQuestion'.",
    ],
    [
      'the root of another namespace',
      `<HTMLQuestion xmlns="${EXTERNAL_QUESTION}"/>`,
      "cvc-elt.1: Cannot find the declaration of element 'HTMLQuestion'.",
    ],
    [
      'the wrong order',
      url('<FrameHeight>0</FrameHeight><ExternalURL>x</ExternalURL>'),
      `cvc-complex-type.2.4.a: Invalid content was found starting with element 'FrameHeight'. One of '{${name('ExternalURL')}}' is expected.`,
    ],
    [
      'a missing child',
      url(`<ExternalURL>${page}</ExternalURL>`),
      `cvc-complex-type.2.4.b: The content of element 'ExternalQuestion' is not complete. One of '{${name('FrameHeight')}}' is expected.`,
    ],
    [
      'one child too many',
      url(`${both}<FrameHeight>0</FrameHeight>`),
      "cvc-complex-type.2.4.d: Invalid content was found starting with element 'FrameHeight'. No child element is expected at this point.",
    ],
    [
      'stray text',
      url(`x${both}`),
      "cvc-complex-type.2.3: Element 'ExternalQuestion' cannot have character [children], because the type's content type is element-only.",
    ],
    [
      'an unknown attribute',
      url(both.replace('<FrameHeight', '<FrameHeight unit="px"')),
      "cvc-complex-type.3.2.2: Attribute 'unit' is not allowed to appear in element 'FrameHeight'.",
    ],
    [
      'a height that is no integer',
      externalQuestion(page, '50%'),
      "cvc-datatype-valid.1.2.1: '50%' is not a valid value for 'integer'.",
    ],
  ])('%s', async (_, text, detail) => {
    expect(await parseQuestion(text)).toEqual({ fault: 'XMLParseError', parameter: 'Question', detail })
  })

  it('cuts a detail that would hold the whole document', async () => {
    const fault = await parseQuestion(externalQuestion(page, 'x'.repeat(60_000)))
    expect(fault).toHaveProperty('detail.length', 2001)
  })
})

describe('a Test is a QuestionForm and nothing else [questions 1, 6.1]', () => {
  it.each([
    ['ExternalQuestion', externalQuestion(page)],
    ['HTMLQuestion', htmlQuestion(examples.colourPage)],
  ])('%s is refused', async (root, text) => {
    const detail = `cvc-elt.1: Cannot find the declaration of element '${root}'.`
    expect(await parseTest(text)).toEqual({ fault: 'XMLParseError', parameter: 'Test', detail })
  })

  it('a form is accepted', async () => {
    expect(await parseTest(examples.shopForm)).toHaveProperty('version', '2017-11-06')
  })
})

describe('hostile documents are refused quickly', () => {
  const laughs = Array.from({ length: 9 }, (_, n) => `<!ENTITY l${n + 1} "${`&l${n};`.repeat(10)}">`).join('')
  const hidden = '<!-- <a> --><?x <b> ?>\n'
  const doctypes: [string, string][] = [
    ['a billion laughs', `<!DOCTYPE l [<!ENTITY l0 "lol">${laughs}]><l>&l9;</l>`],
    ['an external entity', `<!DOCTYPE l [<!ENTITY x SYSTEM "file:///etc/passwd">]><l>&x;</l>`],
    ['an external subset', `<!DOCTYPE l SYSTEM "http://127.0.0.1:1/x.dtd">${externalQuestion(page)}`],
    [
      'default attributes',
      `<!DOCTYPE l [<!ATTLIST b c CDATA "${'x'.repeat(30_000)}">]><l>${'<b/>'.repeat(8_000)}</l>`,
    ],
    ['behind a declaration, a comment and an instruction', `<?xml version="1.0"?>${hidden}<!DOCTYPE l><l/>`],
    ['behind thousands of comments', `${'<!---->'.repeat(9_000)}<!DOCTYPE l><l/>`],
  ]
  it.each(doctypes)('a DOCTYPE: %s', async (_, text) => {
    expect(await parseQuestion(text)).toMatchObject({
      fault: 'XMLParseError',
      detail: expect.stringContaining('DOCTYPE is disallowed'),
    })
  })

  const question = `<HTMLQuestion xmlns="${HTML_QUESTION}">`
  it.each<[string, string]>([
    ['64 KB of nesting, open', '<a>'.repeat(21_000)],
    ['64 KB of nesting, closed', '<a>'.repeat(9_000) + '</a>'.repeat(9_000)],
    [
      'thousands of attributes',
      `${question}<x ${Array.from({ length: 8_000 }, (_, n) => `a${n}=""`).join(' ')}/>`,
    ],
    [
      'thousands of namespaces',
      `<x ${Array.from({ length: 4_000 }, (_, n) => `xmlns:a${n}="u"`).join(' ')}/>`,
    ],
    ['thousands of wrong elements', `${question}${'<x/>'.repeat(15_000)}</HTMLQuestion>`],
    [
      'thousands of bad attributes',
      examples.questionForm(`<Overview>${'<Text a=""/>'.repeat(5_000)}</Overview>`),
    ],
    ['thousands of open comments', '<!--'.repeat(16_000)],
    ['thousands of closed comments and no root', '<!---->'.repeat(9_000)],
    ['thousands of instructions', '<?'.repeat(30_000)],
    ['a long name', `<${'a'.repeat(60_000)}/>`],
    ['a long prefix', `<${'a'.repeat(30_000)}:${'b'.repeat(30_000)}/>`],
    ['ampersands', `<a>${'&'.repeat(60_000)}</a>`],
    ['a long entity name', `<a>&${'x'.repeat(60_000)}</a>`],
    ['a long URL that matches no pattern', examples.questionForm(binary('http'.repeat(15_000)))],
    ['lone surrogates', '\uD800'.repeat(20_000)],
    [
      'a schema location',
      externalQuestion('http://a.example').replace(
        '<ExternalURL',
        `<ExternalURL xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="u file:///etc/passwd"`,
      ),
    ],
  ])('%s', async (_, text) => {
    const start = performance.now()
    expect(await parseQuestion(text)).toHaveProperty('fault')
    expect(performance.now() - start).toBeLessThan(2_000)
  })

  function binary(url: string): string {
    return `<Overview><Binary><MimeType><Type>image</Type></MimeType><DataURL>${url}</DataURL><AltText/></Binary></Overview>`
  }
})
