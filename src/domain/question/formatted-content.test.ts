import { describe, expect, it } from 'vitest'
import { readFormattedContent } from './formatted-content.ts'

async function html(fragment: string): Promise<string> {
  const content = await readFormattedContent(fragment, 'Question')
  return 'fault' in content
    ? `refused: ${'detail' in content ? content.detail : content.fault}`
    : content.html
}

describe('accepted fragments [questions 4.1, 4.2, 4.3]', () => {
  it.each([
    ['text', 'plain text', 'plain text'],
    ['nothing', '', ''],
    ['blocks, inlines and text at the top', 'a<p>b <b>c</b></p><i>d</i>', 'a<p>b <b>c</b></p><i>d</i>'],
    ['empty elements get HTML spelling', 'a<br/><hr /><br></br>', 'a<br><hr><br>'],
    ['other elements keep their end tag', '<p/>', '<p></p>'],
    ['entities of HTML', '&nbsp;&eacute;&copy;&hellip;&alpha;&lt;&amp;', '\u00A0é©…α&lt;&amp;'],
    ['an entity that means markup stays text', '&LT;b&GT; &amp;lt;', '&lt;b&gt; &amp;lt;'],
    ['numeric references', '&#60;&#x3E;&#233;', '&lt;&gt;é'],
    [
      'a link',
      '<a href="https://a.example/?a=1&amp;b=2" target="_top" rel="opener" name="n" accesskey="s">x</a>',
      '<a href="https://a.example/?a=1&amp;b=2" target="_blank" rel="noopener noreferrer nofollow">x</a>',
    ],
    [
      'an image',
      '<img src="http://a.example/x.png" alt="" width="50%"/>',
      '<img src="http://a.example/x.png" alt="" width="50%">',
    ],
    [
      'a map',
      '<map name="m" id="m"><area alt="x" shape="rect" coords="0,0,1,1" nohref="nohref"/></map>',
      '<map name="task-m"><area alt="x" shape="rect" coords="0,0,1,1" nohref="nohref"></map>',
    ],
    [
      'an image with a map, whose names cannot be those of the page',
      '<img src="http://a.example/x.png" alt="" name="form" usemap="#m"/>',
      '<img src="http://a.example/x.png" alt="" usemap="#task-m">',
    ],
    [
      'a table with white space',
      '<table border="1"> <tr> <td colspan="2">x</td> </tr> </table>',
      '<table border="1"> <tr> <td colspan="2">x</td> </tr> </table>',
    ],
    [
      'a whole table',
      '<table><col span="2"/><thead><tr><th>a</th></tr></thead><tfoot><tr><td/></tr></tfoot><tbody><tr><td/></tr></tbody></table>',
      '<table><col span="2"><thead><tr><th>a</th></tr></thead><tfoot><tr><td></td></tr></tfoot><tbody><tr><td></td></tr></tbody></table>',
    ],
    [
      'lists',
      '<ul type="disc"><li>a<ol start="3"><li value="4">b</li></ol></li></ul><dl><dt>t</dt><dd><p>d</p></dd></dl>',
      '<ul type="disc"><li>a<ol start="3"><li value="4">b</li></ol></li></ul><dl><dt>t</dt><dd><p>d</p></dd></dl>',
    ],
    [
      'a CDATA section is text, in the page too',
      '<p><![CDATA[x><script>alert(1)</script>]]></p>',
      '<p>x&gt;&lt;script&gt;alert(1)&lt;/script&gt;</p>',
    ],
    ['quotes in attributes', `<p title='"&lt;script>'>x</p>`, '<p title="&quot;&lt;script&gt;">x</p>'],
  ])('%s', async (_, fragment, expected) => {
    expect(await html(fragment)).toBe(expected)
  })
})

describe('refused fragments [questions 4.1, 4.2, 4.3]', () => {
  const xhtml = '"http://www.w3.org/1999/xhtml":'
  it.each([
    ['an unclosed tag', '<p>a', 'The element type "p" must be terminated by the matching end-tag "</p>".'],
    [
      'wrong nesting',
      '<b><i>a</b></i>',
      'The element type "i" must be terminated by the matching end-tag "</i>".',
    ],
    ['an unquoted attribute', '<p align=left>a</p>', 'Open quote is expected for an attribute value.'],
    ['an unknown entity', '&nothing;', 'The entity "nothing" was referenced, but not declared.'],
    ['a raw &', 'a & b', "The entity name must immediately follow the '&' in the entity reference."],
    ['a comment', 'a<!-- b -->', 'Comments and processing instructions are not allowed'],
    ['an instruction', '<?php x ?>', 'Comments and processing instructions are not allowed'],
    [
      'the end of the wrapper',
      '</FormattedContent><p/>',
      'The markup in the document following the root element',
    ],
    ['a script', '<script>x</script>', "starting with element 'script'"],
    ['a style sheet', '<style/>', "starting with element 'style'"],
    ['div', '<div/>', "starting with element 'div'"],
    ['span in p', '<p><span/></p>', "starting with element 'span'"],
    ['upper case', '<P/>', "starting with element 'P'"],
    ['another namespace', '<svg xmlns="http://www.w3.org/2000/svg"/>', "starting with element 'svg'"],
    ['a known name of another namespace', '<p xmlns="u:x"/>', "starting with element 'p'"],
    ['a block in p', '<p><p/></p>', "starting with element 'p'"],
    ['a link in a link', '<a><a/></a>', "starting with element 'a'"],
    ['a picture in pre', '<pre><img src="http://a/" alt=""/></pre>', "starting with element 'img'"],
    [
      'an empty list',
      '<ul/>',
      `cvc-complex-type.2.4.b: The content of element 'ul' is not complete. One of '{${xhtml}li}' is expected.`,
    ],
    ['text in a list', '<ul>x<li/></ul>', "cvc-complex-type.2.3: Element 'ul'"],
    ['text in br', '<br>x</br>', "cvc-complex-type.2.1: Element 'br'"],
    ['an element in br', '<br><b/></br>', "cvc-complex-type.2.1: Element 'br'"],
    [
      'a table without rows',
      '<table><thead><tr><td/></tr></thead></table>',
      "cvc-complex-type.2.4.b: The content of element 'table'",
    ],
    [
      'a foot before the head',
      '<table><tfoot><tr><td/></tr></tfoot><thead><tr><td/></tr></thead><tr><td/></tr></table>',
      "cvc-complex-type.2.4.b: The content of element 'table'",
    ],
    [
      'rows beside bodies',
      '<table><tbody><tr><td/></tr></tbody><tr><td/></tr></table>',
      "cvc-complex-type.2.4.b: The content of element 'table'",
    ],
    ['a caption', '<table><caption/><tr><td/></tr></table>', "starting with element 'caption'"],
    [
      'class',
      '<p class="a"/>',
      "cvc-complex-type.3.2.2: Attribute 'class' is not allowed to appear in element 'p'.",
    ],
    ['style', '<p style="a"/>', "Attribute 'style'"],
    ['id', '<p id="a"/>', "Attribute 'id'"],
    ['a handler', '<p onclick="a"/>', "Attribute 'onclick'"],
    ['lang on br', '<br lang="en"/>', "Attribute 'lang'"],
    ['no alt', '<img src="http://a/"/>', "cvc-complex-type.4: Attribute 'alt' must appear on element 'img'."],
    ['no id on map', '<map name="m"><area alt=""/></map>', "Attribute 'id' must appear on element 'map'."],
    [
      'a script in a link',
      '<a href="javascript:alert(1)">x</a>',
      "cvc-attribute.3: The value 'javascript:alert(1)' of attribute 'href'",
    ],
    ['a script in a link, disguised', '<a href="&#9;java&#10;script:alert(1)">x</a>', "of attribute 'href'"],
    ['a script in a citation', '<q cite=" JavaScript:alert(1)">x</q>', "of attribute 'cite'"],
    ['a relative link', '<a href="/x">x</a>', "of attribute 'href'"],
    ['a mail address', '<a href="mailto:a@example.org">x</a>', "of attribute 'href'"],
    ['a data picture', '<img src="data:image/png;base64,AA" alt=""/>', "of attribute 'src'"],
    ['an unknown alignment', '<p align="middle"/>', "of attribute 'align'"],
    ['a colour that is none', '<font color="#12345">x</font>', "of attribute 'color'"],
    ['a width that is none', '<hr width="5em"/>', "of attribute 'width'"],
    ['a tab index that is too large', '<a tabindex="32768">x</a>', "of attribute 'tabindex'"],
    ['a shorthand value', '<hr noshade="true"/>', "of attribute 'noshade'"],
  ])('%s', async (_, fragment, detail) => {
    expect(await html(fragment)).toMatch(/^refused: /)
    expect(await html(fragment)).toContain(detail)
  })

  it.each([
    ['nesting', '<b>'.repeat(9_000) + '</b>'.repeat(9_000)],
    ['thousands of names', Array.from({ length: 9_000 }, (_, n) => `&x${n};`).join('')],
  ])('hostile: %s', async (_, fragment) => {
    const start = performance.now()
    expect(await html(fragment)).toMatch(/^refused: /)
    expect(performance.now() - start).toBeLessThan(2_000)
  })

  it('takes the values that stand at a bound', async () => {
    expect(await html('<a tabindex="32767">x</a>')).toBe('<a>x</a>')
  })
})
