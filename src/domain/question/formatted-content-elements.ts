// The XHTML subset of FormattedContent as a table: which elements, what they may hold, which attributes they take
// with which values [questions 4.2, 4.3].

/** What may stand inside an element: `text` allows character data, `order` says more about the sequence of children. */
export interface ContentModel {
  text: boolean
  children: ReadonlySet<string>
  /** Matched against the names of the children, each followed by a space. */
  order?: RegExp
}

/** An attribute: the values it takes, and whether it must be there. */
export interface AttributeRule {
  pattern: RegExp
  required: boolean
}

export interface ElementRule {
  content: ContentModel
  attributes: ReadonlyMap<string, AttributeRule>
}

const words = (list: string) => list.split(' ')

const BLOCK = words('p h1 h2 h3 h4 h5 h6 ul ol dl pre hr blockquote center table')
const INLINE = words('a br img map i b u s strike big small font em strong code q cite sub sup')
const MISC = words('ins del')

const flow: ContentModel = { text: true, children: new Set([...BLOCK, ...INLINE, ...MISC]) }
const inline: ContentModel = { text: true, children: new Set([...INLINE, ...MISC]) }
const link: ContentModel = {
  text: true,
  children: new Set([...INLINE, ...MISC].filter((name) => name !== 'a')),
}
const preformatted: ContentModel = {
  text: true,
  children: new Set(words('a br i b u s strike em strong code q cite ins del')),
}
const empty: ContentModel = { text: false, children: new Set() }

function only(names: string, order: RegExp): ContentModel {
  return { text: false, children: new Set(words(names)), order }
}

/** Values by the name that the table below uses. A name that is not here lists its values, separated by `|`. */
const VALUES: Record<string, RegExp> = {
  any: /^/,
  url: /^\s*(?:https?|ftp|news|nntp|mailto|gopher|telnet):\/\//,
  uri: /^(?!\s*(?:javascript|vbscript|data):)/i,
  character: /^.$/su,
  token: /^[\p{L}\p{N}._:-]+$/u,
  digits: /^\d+$/,
  integer: /^[+-]?\d+$/,
  length: /^(?:[+-]?\d+|\d+%)$/,
  multilength: /^(?:[+-]?\d+|\d+%|\d*\*)$/,
  color: /^(?:[A-Za-z]+|#[0-9A-Fa-f]{3}|#[0-9A-Fa-f]{6})$/,
  target: /^(?:_blank|_self|_parent|_top|[A-Za-z].*)$/,
  tabindex: /^(?:[0-2]?\d{1,4}|3[01]\d{3}|32[0-6]\d{2}|327[0-5]\d|3276[0-7])$/,
  shape: /^(?:rect|circle|poly|default)$/,
}

/** Reads `name:values name!:values …`, with `!` for required and `any` when no values are named. */
function attributes(list: string): [string, AttributeRule][] {
  return words(list)
    .filter(Boolean)
    .map((entry) => {
      const [name = '', values = 'any'] = entry.split(':')
      const pattern = VALUES[values] ?? new RegExp(`^(?:${values})$`)
      return [name.replace('!', ''), { pattern, required: name.endsWith('!') }]
    })
}

const CELLS = 'align:left|center|right|justify|char char charoff:length valign:top|middle|bottom|baseline'
const COLUMN = `${CELLS} span:digits width:multilength`
const CELL = `${CELLS} abbr axis bgcolor:color colspan:digits headers height:length nowrap:nowrap rowspan:digits scope:row|col|rowgroup|colgroup width:length`
const PARAGRAPH = 'align:left|center|right|justify'

const table: Record<string, [ContentModel, string?]> = {
  p: [inline, PARAGRAPH],
  h1: [inline, PARAGRAPH],
  h2: [inline, PARAGRAPH],
  h3: [inline, PARAGRAPH],
  h4: [inline, PARAGRAPH],
  h5: [inline, PARAGRAPH],
  h6: [inline, PARAGRAPH],
  ul: [only('li', /^(?:li )+$/), 'type:disc|square|circle compact:compact'],
  ol: [only('li', /^(?:li )+$/), 'type start:integer compact:compact'],
  li: [flow, 'type value:integer'],
  dl: [only('dt dd', /^(?:d[td] )+$/), 'compact:compact'],
  dt: [inline],
  dd: [flow],
  pre: [preformatted, 'width:integer'],
  hr: [empty, 'align:left|center|right noshade:noshade size:length width:length'],
  blockquote: [flow, 'cite:uri'],
  center: [flow],
  ins: [flow, 'cite:uri datetime'],
  del: [flow, 'cite:uri datetime'],
  a: [
    link,
    'accesskey:character charset coords href:url hreflang name:token rel rev shape:shape tabindex:tabindex target:target type',
  ],
  br: [empty, 'clear:left|all|right|none'],
  img: [
    empty,
    'src!:url alt! align:top|middle|bottom|left|right border:length height:length hspace:length ismap:ismap longdesc:uri name usemap vspace:length width:length',
  ],
  map: [only('area', /^(?:area )+$/), 'name!:token id!:token'],
  area: [
    empty,
    'alt! accesskey:character coords href:url nohref:nohref shape:shape tabindex:tabindex target:target',
  ],
  font: [inline, 'color:color face size:integer'],
  q: [inline, 'cite:uri'],
  table: [
    only(
      'col colgroup thead tfoot tbody tr',
      /^(?:(?:col )*|(?:colgroup )*)(?:thead )?(?:tfoot )?(?:(?:tbody )+|(?:tr )+)$/,
    ),
    'align:left|center|right bgcolor:color border:length cellpadding:length cellspacing:length frame:void|above|below|hsides|lhs|rhs|vsides|box|border rules:none|groups|rows|cols|all summary width:length',
  ],
  thead: [only('tr', /^(?:tr )+$/), CELLS],
  tfoot: [only('tr', /^(?:tr )+$/), CELLS],
  tbody: [only('tr', /^(?:tr )+$/), CELLS],
  tr: [only('th td', /^(?:t[hd] )+$/), `${CELLS} bgcolor:color`],
  th: [flow, CELL],
  td: [flow, CELL],
  colgroup: [only('col', /^(?:col )*$/), COLUMN],
  col: [empty, COLUMN],
}
for (const name of words('i b u s strike big small em strong code cite sub sup')) table[name] = [inline]

/** The rule of each element of the subset, by its name. */
export const ELEMENTS: ReadonlyMap<string, ElementRule> = new Map(
  Object.entries(table).map(([name, [content, list = '']]) => {
    const common = name === 'br' ? 'title' : 'title lang dir:ltr|rtl'
    return [name, { content, attributes: new Map([...attributes(common), ...attributes(list)]) }]
  }),
)

/** What may stand at the top of a fragment. */
export const ROOT_CONTENT: ContentModel = flow

/** Elements that HTML writes without an end tag. */
export const EMPTY_ELEMENTS: ReadonlySet<string> = new Set(words('br hr img col area'))
