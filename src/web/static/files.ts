// Style, scripts and icon. They are files of their own, read once; an address carries the hash of its file, so a browser
// asks again only after an update.
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { Context } from 'hono'
import { crowdFormFallbackScript } from '../task/crowd-form-fallback.ts'
import { externalHITScript } from '../task/external-hit.ts'
import { insertedScript } from '../task/inserted-script.ts'

interface StaticFile {
  type: string
  text: string
  hash: string
}

const types = { css: 'text/css', js: 'text/javascript', svg: 'image/svg+xml' } as const

function file(name: string, text: string): [string, StaticFile] {
  const type = `${types[name.split('.').at(-1) as keyof typeof types]}; charset=utf-8`
  return [name, { type, text, hash: createHash('sha256').update(text).digest('base64url').slice(0, 16) }]
}

const read = (url: URL) => readFileSync(url, 'utf8')

/** The style of the site, a file for each part of it, in the order in which they hold. */
const siteParts = [
  'base',
  'fields',
  'forms',
  'lists',
  'work',
  'record',
  'money',
  'qualifications',
  'accounts',
  'searches',
]

const files: ReadonlyMap<string, StaticFile> = new Map([
  file('site.css', siteParts.map((name) => read(new URL(`./site/${name}.css`, import.meta.url))).join('')),
  file(
    'form.css',
    ['form', 'site/forms'].map((name) => read(new URL(`./${name}.css`, import.meta.url))).join(''),
  ),
  file('drafts.js', read(new URL('./drafts.js', import.meta.url))),
  file('patterns.js', read(new URL('./patterns.js', import.meta.url))),
  file('pattern-thread.js', read(new URL('./pattern-thread.js', import.meta.url))),
  file('form.js', read(new URL('./form.js', import.meta.url))),
  file('icon.svg', read(new URL('./icon.svg', import.meta.url))),
  file('lists.js', read(new URL('./lists.js', import.meta.url))),
  file('work.js', read(new URL('./work.js', import.meta.url))),
  file('countdown.js', read(new URL('./countdown.js', import.meta.url))),
  file('queue.js', read(new URL('./queue.js', import.meta.url))),
  file('shortcuts.js', read(new URL('./shortcuts.js', import.meta.url))),
  file('qualification-test.js', read(new URL('./qualification-test.js', import.meta.url))),
  file('answer.js', read(new URL('./answer.js', import.meta.url))),
  // For tasks, by the names that their authors know.
  file('externalHIT_v1.js', externalHITScript),
  file('crowd-html-elements.js', crowdFormFallbackScript),
  file('task.js', insertedScript),
])

/** The path of a static file, with its hash. Throws when there is no such file: a mistake in a page. */
export function staticURL(name: string): string {
  const found = files.get(name)
  if (found === undefined) throw new Error(`no static file ${name}`)
  return `/static/${name}?v=${found.hash}`
}

/** Answers a static file, or undefined when there is none. Pages of any origin may read it: tasks load scripts [design 5]. */
export function serveStatic(c: Context, name: string): Response | undefined {
  const found = files.get(name)
  if (found === undefined) return undefined
  const etag = `"${found.hash}"`
  const lasting = c.req.query('v') === found.hash
  const headers = {
    'Content-Type': found.type,
    'X-Content-Type-Options': 'nosniff',
    'Access-Control-Allow-Origin': '*',
    'Cross-Origin-Resource-Policy': 'cross-origin',
    'Cache-Control': lasting ? 'public, max-age=31536000, immutable' : 'public, max-age=300',
    ETag: etag,
  }
  const known = c.req.header('if-none-match')?.includes(etag)
  return known ? c.body(null, 304, headers) : c.body(found.text, 200, headers)
}
