// Checks of single values that the service model does not bound [hits 4]: each answers the fault that names the
// parameter, or undefined. Lengths count code points, because that is what people count.
import type { Fault } from './fault.ts'

export interface Range {
  minimum: number
  maximum: number
}

/** ParameterOutOfRange when `value` is outside `range` (both ends included). */
export function checkRange(parameter: string, value: number, range: Range): Fault | undefined {
  if (value >= range.minimum && value <= range.maximum) return undefined
  return { fault: 'ParameterOutOfRange', parameter, value, minimum: range.minimum, maximum: range.maximum }
}

// Code points 0-8, 11, 12 and 14-31: no XML document may hold them, and no field of a form can send them.
// oxlint-disable-next-line no-control-regex
const forbidden = /[\u0000-\u0008\u000b\u000c\u000e-\u001f]/

/** InvalidParameterValue when a text holds a control character that the service forbids [hits 4.2]. */
export function checkCharacters(parameter: string, text: string): Fault | undefined {
  return forbidden.test(text) ? { fault: 'InvalidParameterValue', parameter, value: text } : undefined
}

/** How many code points a text has. */
export function lengthOf(text: string): number {
  let length = 0
  for (const _ of text) length++
  return length
}

/** ParameterTooLong when the text has more than `maximum` code points; also what checkCharacters refuses. */
export function checkText(parameter: string, text: string, maximum: number): Fault | undefined {
  // A text is never shorter in UTF-16 units than in code points: most need no counting.
  if (text.length > maximum && lengthOf(text) > maximum)
    return { fault: 'ParameterTooLong', parameter, maximum }
  return checkCharacters(parameter, text)
}

/** As checkText; also ParameterTooShort when the text is empty. */
export function checkRequiredText(parameter: string, text: string, maximum: number): Fault | undefined {
  return text === '' ? { fault: 'ParameterTooShort', parameter } : checkText(parameter, text, maximum)
}
