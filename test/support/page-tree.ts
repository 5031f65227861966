// A page as workers' tools look at it: they fetch its HTML, take it apart and pick elements by class, attribute and
// island [websites 1.1].
import { parse, type DefaultTreeAdapterTypes } from 'parse5'

type Node = DefaultTreeAdapterTypes.Node
export type Element = DefaultTreeAdapterTypes.Element

/** The document of a page. */
export function parsePage(html: string): Node {
  return parse(html)
}

export function attribute(element: Element, name: string): string | undefined {
  return element.attrs.find((one) => one.name === name)?.value
}

export function hasClass(element: Element, ...names: string[]): boolean {
  const classes = (attribute(element, 'class') ?? '').split(/\s+/)
  return names.every((name) => classes.includes(name))
}

/** Every element inside that fits, in document order. */
export function all(inside: Node, fits: (element: Element) => boolean): Element[] {
  const children = 'childNodes' in inside ? inside.childNodes : []
  return children.flatMap((child) => [
    ...('tagName' in child && fits(child) ? [child] : []),
    ...('tagName' in child ? all(child, fits) : []),
  ])
}

/** The first element inside that fits. Throws when there is none. */
export function first(inside: Node, fits: (element: Element) => boolean): Element {
  const [found] = all(inside, fits)
  if (found === undefined) throw new Error(`the page has nothing that fits ${fits.toString()}`)
  return found
}

/** The nearest element around that fits, or the element itself. Throws when there is none. */
export function closest(element: Element, fits: (element: Element) => boolean): Element {
  let at: Node | null = element
  while (at !== null && 'tagName' in at) {
    if (fits(at)) return at
    at = at.parentNode
  }
  throw new Error(`nothing around fits ${fits.toString()}`)
}

/** The element after this one under the same parent. */
export function nextElement(element: Element): Element | undefined {
  const siblings = element.parentNode?.childNodes ?? []
  const after = siblings.slice(siblings.indexOf(element) + 1)
  return after.find((node): node is Element => 'tagName' in node)
}

/** The text inside. */
export function textOf(inside: Node): string {
  if (inside.nodeName === '#text') return (inside as DefaultTreeAdapterTypes.TextNode).value
  return 'childNodes' in inside ? inside.childNodes.map(textOf).join('') : ''
}

export const isIsland = (name: string) => (element: Element) =>
  (attribute(element, 'data-react-class') ?? '').includes(name)

/** The props of an element that is an island. */
export function propsOf(island: Element): Record<string, unknown> {
  return JSON.parse(attribute(island, 'data-react-props') ?? 'null') as Record<string, unknown>
}

/** The props of the first island of this name. */
export function islandProps(inside: Node, name: string): Record<string, unknown> {
  return propsOf(first(inside, isIsland(name)))
}
