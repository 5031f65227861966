import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as examples from '../../domain/question/examples.ts'
import { insertedTag, prepareTaskHTML } from './html.ts'

const options = {
  scriptURL: '/static/task.js',
  submitHost: 'https://crowd.example.org/s/tok-en',
  helperScriptURL: '/static/externalHIT_v1.js',
  crowdScriptURL: '/static/crowd.js?v=1&x',
}
const script = insertedTag(options)
const prepare = (html: string) => prepareTaskHTML(html, options)
const submit = 'https://crowd.example.org/s/tok-en/mturk/externalSubmit'

describe('the inserted script comes before everything that the page runs [design 5]', () => {
  // § marks where it must stand.
  it.each([
    ['after the opening head', '<!DOCTYPE html>\n<html><head>§<title>x</title></head>'],
    [
      'after a head with attributes',
      '<!doctype html><HTML lang="en">\n<HEAD data-x=">">§\n<script>1</script>',
    ],
    ['after the html tag when there is no head', '<!DOCTYPE html><html>\n§<script>1</script>'],
    ['after the doctype when there is no html tag', '<!DOCTYPE html>\n  §<p>x'],
    ['before text', '<!DOCTYPE html>\n  §x<p>'],
    ['before an end tag', '<!DOCTYPE html>§</p>'],
    ['at the start of a fragment', '§<p>x</p>'],
    [
      'after comments, whatever they hold',
      '<!-- <head> --><!DOCTYPE html><!-- <script>1</script> -->§<script>2</script>',
    ],
    [
      'after a processing instruction that HTML takes for a comment',
      '<?xml version="1.0"?><!DOCTYPE html><html><head>§</head>',
    ],
    ['once, whatever follows', '<head>§<head></head><html><head><body><p>'],
    ['not in text that looks like a tag', '<!DOCTYPE html>§<textarea><head></textarea><head>'],
    ['in a page of frames', '<html>§<frameset>'],
    ['at the end of an empty page', '<!DOCTYPE html>\n§'],
    ['in an empty text', '§'],
    ['behind a byte order mark', '\uFEFF<!DOCTYPE html>§<p>'],
    ['with lines that end in CR LF', '<!DOCTYPE html>\r\n<html>\r\n<head>§\r\n<title>\r\n'],
    ['after characters of two units', '<!-- 😀😀 --><html lang="😀"><head>§<title>😀'],
  ])('%s', async (_, marked) => {
    expect(await prepare(marked.replace('§', ''))).toBe(marked.replace('§', () => script))
  })

  it('says its addresses as attributes that nothing can leave', async () => {
    const html = await prepareTaskHTML('', {
      ...options,
      scriptURL: `/a"'><b>&amp;`,
      submitHost: 'https://x/"',
    })
    expect(html).toBe(
      '<script src="/a&quot;&#39;>&lt;b>&amp;amp;" data-submit-host="https://x/&quot;"></script>',
    )
  })
})

describe('addresses in attributes [questions 6.2]', () => {
  it.each([
    [
      'the helper script',
      '<script src="https://s3.amazonaws.com/mturk-public/externalHIT_v1.js">',
      '<script src="/static/externalHIT_v1.js">',
    ],
    [
      'over http, single quotes',
      "<script src='http://s3.amazonaws.com/mturk-public/externalHIT_v1.js'>",
      "<script src='/static/externalHIT_v1.js'>",
    ],
    [
      'without scheme or quotes',
      '<script src=//s3.amazonaws.com/mturk-public/externalHIT_v1.js type=x>',
      '<script src="/static/externalHIT_v1.js" type=x>',
    ],
    [
      'spaces around, a query behind',
      '<SCRIPT  SRC = " https://s3.amazonaws.com/mturk-public/externalHIT_v1.js?1 ">',
      '<SCRIPT  SRC = "/static/externalHIT_v1.js?1">',
    ],
    [
      'the crowd library',
      '<script src="https://assets.crowd.aws/crowd-html-elements.js"></script>',
      '<script src="/static/crowd.js?v=1&amp;x"></script>',
    ],
    [
      'another library of the same host stays',
      '<script src="https://assets.crowd.aws/crowd-html-elements-v2.js">',
      '<script src="https://assets.crowd.aws/crowd-html-elements-v2.js">',
    ],
    [
      'the submit host',
      '<form action="https://www.mturk.com/mturk/externalSubmit">',
      `<form action="${submit}">`,
    ],
    [
      'the sandbox, http',
      '<form action="http://workersandbox.mturk.com/mturk/externalSubmit">',
      `<form action="${submit}">`,
    ],
    [
      'protocol-relative, doubled slash',
      '<form action="//www.mturk.com//mturk/externalSubmit">',
      `<form action="${submit}">`,
    ],
    [
      'a query stays, escaped',
      '<form action="https://www.mturk.com/mturk/externalSubmit?a=1&amp;b=2">',
      `<form action="${submit}?a=1&amp;b=2">`,
    ],
    [
      'a character reference in the address',
      '<form action="https:&#47;/www.mturk.com/mturk/externalSubmit">',
      `<form action="${submit}">`,
    ],
    [
      'relative',
      '<form action="/mturk/externalSubmit" method=post>',
      `<form action="${submit}" method=post>`,
    ],
    ['relative without slash', "<form action='externalSubmit'>", `<form action='${submit}'>`],
    ['formaction', '<button formaction=/mturk/externalSubmit>', `<button formaction="${submit}">`],
    [
      'a link',
      '<a href="https://www.mturk.com/mturk/externalSubmit?assignmentId=1">',
      `<a href="${submit}?assignmentId=1">`,
    ],
    ['a relative link stays', '<a href="/mturk/externalSubmit">', '<a href="/mturk/externalSubmit">'],
    [
      'another page of the host stays',
      '<a href="https://www.mturk.com/mturk/help">',
      '<a href="https://www.mturk.com/mturk/help">',
    ],
    [
      'another host stays',
      '<form action="https://www.mturk.com.evil.example/mturk/externalSubmit">',
      '<form action="https://www.mturk.com.evil.example/mturk/externalSubmit">',
    ],
    [
      'a longer name stays',
      '<form action="/mturk/externalSubmitter">',
      '<form action="/mturk/externalSubmitter">',
    ],
    [
      'the first of two equal attributes counts',
      '<form action="x" action="/mturk/externalSubmit">',
      '<form action="x" action="/mturk/externalSubmit">',
    ],
    ['an attribute without a value', '<form action>', '<form action>'],
    [
      'scripts are not touched',
      '<script>f.action="https://www.mturk.com/mturk/externalSubmit"</script>',
      '<script>f.action="https://www.mturk.com/mturk/externalSubmit"</script>',
    ],
    [
      'text is not touched',
      '<p>https://www.mturk.com/mturk/externalSubmit</p>',
      '<p>https://www.mturk.com/mturk/externalSubmit</p>',
    ],
    [
      'comments are not touched',
      '<p><!-- <form action="/mturk/externalSubmit"> -->',
      '<p><!-- <form action="/mturk/externalSubmit"> -->',
    ],
    [
      'a dollar sign in our address is no pattern',
      '<form action="/mturk/externalSubmit$&">',
      '<form action="/mturk/externalSubmit$&">',
    ],
    [
      'a style sheet in a drawing holds elements, elsewhere text',
      '<svg><style><a href="https://www.mturk.com/mturk/externalSubmit"></style><title><a href="https://www.mturk.com/mturk/externalSubmit"></title></svg><style><a href="https://www.mturk.com/mturk/externalSubmit"></style>',
      `<svg><style><a href="${submit}"></style><title><a href="${submit}"></title></svg><style><a href="https://www.mturk.com/mturk/externalSubmit"></style>`,
    ],
    [
      'HTML inside a drawing is read as HTML',
      '<svg><foreignObject><textarea><a href="https://www.mturk.com/mturk/externalSubmit"></textarea></foreignObject><textarea><a href="https://www.mturk.com/mturk/externalSubmit"></textarea></svg>',
      `<svg><foreignObject><textarea><a href="https://www.mturk.com/mturk/externalSubmit"></textarea></foreignObject><textarea><a href="${submit}"></textarea></svg>`,
    ],
    [
      'a drawing closed in its own tag',
      '<svg/><style><a href="https://www.mturk.com/mturk/externalSubmit"></style>',
      '<svg/><style><a href="https://www.mturk.com/mturk/externalSubmit"></style>',
    ],
  ])('%s', async (_, source, expected) => {
    expect(await prepare(source)).toBe(script + expected)
  })

  it('keeps dollar signs of our own addresses', async () => {
    const html = await prepareTaskHTML('<form action=externalSubmit>', {
      ...options,
      submitHost: 'https://x/$&/$1',
    })
    expect(html).toContain('action="https://x/$&amp;/$1/mturk/externalSubmit"')
  })

  it.each([
    ['with the helper script', examples.colourPage],
    ['with a crowd-form', examples.moodPage],
    ['with a relative action', examples.tagsPage],
  ])('the example %s [questions 12.3]', async (_, page) => {
    const expected = page
      .replace('https://s3.amazonaws.com/mturk-public/externalHIT_v1.js', options.helperScriptURL)
      .replace('https://assets.crowd.aws/crowd-html-elements.js', '/static/crowd.js?v=1&amp;x')
      .replace(/"(?:https:\/\/www\.mturk\.com)?\/mturk\/externalSubmit"/, `"${submit}"`)
      .replace('<head>', `<head>${script}`)
    expect(await prepare(page)).toBe(expected)
  })
})

describe('everything else stays, whatever the page', () => {
  // prettier-ignore
  const pieces = [
    '<!DOCTYPE html>', '<html>', '<head>', '</head>', '<body ', '>', '<p class="', '"', "'",
    '<!--', '-->', '\r\n', '\r', '<script>', '</script>', '<svg>', '</svg>', '<style>',
    '<![CDATA[', ']]>', '<textarea>', '</', '&amp;', '😀', '\0', '=', '<form action=',
    '/mturk/externalSubmi', ' src=', '<title>', '</title>', '<noscript>', '<plaintext>', '\uFEFF',
  ]
  const piece = fc.oneof(fc.string({ unit: 'binary', maxLength: 6 }), fc.constantFrom(...pieces))

  it('a page without addresses of Amazon gains the script and nothing else', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 30 }), async (parts) => {
        const page = parts.join('')
        const result = await prepare(page)
        expect(result.length).toBe(page.length + script.length)
        const at = result.indexOf(script)
        expect(result.slice(0, at) + result.slice(at + script.length)).toBe(page)
      }),
      { numRuns: 500 },
    )
  })

  it('a page with addresses changes in them alone', async () => {
    const amazon = '<form action="https://www.mturk.com/mturk/externalSubmit">'
    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(piece, fc.constant(amazon)), { maxLength: 30 }), async (parts) => {
        const page = parts.join('')
        const result = await prepare(page)
        expect(
          result.replace(script, '').replaceAll(submit, 'https://www.mturk.com/mturk/externalSubmit'),
        ).toBe(page)
      }),
      { numRuns: 500 },
    )
  })

  it('a megabyte of anything takes no minute', async () => {
    const start = performance.now()
    await prepare(`<p ${Array.from({ length: 100_000 }, (_, n) => `a${n}=1`).join(' ')}>`)
    await prepare('<form action=externalSubmit>'.repeat(35_000))
    await prepare('<b a=1><p>'.repeat(100_000))
    expect(performance.now() - start).toBeLessThan(10_000)
  })
})
