// AWS JSON 1.1: bytes of a request to an operation's input, an operation's output to the text of an answer.
export { readBody, type JSONObject } from './json-body.ts'
export { decode, Mistyped } from './decode.ts'
export { encode, spellTime } from './encode.ts'

/** The content type of the protocol, on every JSON answer [wire 2.1]. */
export const jsonContentType = 'application/x-amz-json-1.1'
