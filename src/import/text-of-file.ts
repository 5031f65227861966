// The text of a file: which encoding it has, and where it breaks that encoding. A wrong byte must not become a question
// mark in somebody's answers, so nothing is guessed.
import { isUtf8 } from 'node:buffer'
import type { ImportProblem } from '../domain/import/record.ts'

const advice =
  'Open the file in the program that wrote it and save it as UTF-8 (in Excel: "CSV UTF-8"), or download it again.'

/** Thrown through whatever reads the text: the file is not what it should be from here on. */
export class WrongEncoding extends Error {
  readonly problem: ImportProblem

  constructor(problem: ImportProblem) {
    super(problem.message)
    this.problem = problem
  }
}

/** The text without a byte-order mark, in pieces. Throws WrongEncoding. */
export async function* decodeFile(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  let start = Buffer.alloc(0)
  let decoder: Decoder | undefined
  for await (const piece of bytes) {
    // The mark may come in pieces.
    if (decoder === undefined) {
      start = Buffer.concat([start, piece])
      if (start.length < 4) continue
      decoder = decoderFor(start)
      yield decoder.decode(start.subarray(decoder.markLength))
    } else yield decoder.decode(Buffer.from(piece.buffer, piece.byteOffset, piece.length))
  }
  decoder ??= decoderFor(start)
  yield (
    decoder.decode(start.length < 4 ? start.subarray(decoder.markLength) : Buffer.alloc(0)) + decoder.end()
  )
}

function decoderFor(start: Buffer): Decoder {
  const begins = (...values: number[]) =>
    start.length >= values.length && values.every((v, i) => start[i] === v)
  const refuse = (what: string) =>
    new WrongEncoding({ line: 1, column: 1, message: `This is ${what}, not text in UTF-8. ${advice}` })
  if (begins(0xef, 0xbb, 0xbf)) return new UTF8Decoder(3)
  if (begins(0xff, 0xfe, 0, 0) || begins(0, 0, 0xfe, 0xff)) throw refuse('text in UTF-32')
  if (begins(0xff, 0xfe)) return new UTF16Decoder(false)
  if (begins(0xfe, 0xff)) return new UTF16Decoder(true)
  if (begins(0x50, 0x4b, 3, 4)) throw refuse('an archive or a workbook of a spreadsheet program')
  if (begins(0xd0, 0xcf, 0x11, 0xe0)) throw refuse('a workbook of a spreadsheet program')
  if (begins(0x1f, 0x8b)) throw refuse('a file compressed with gzip')
  if (start.length >= 4 && (start[0] === 0) !== (start[1] === 0) && (start[2] === 0) !== (start[3] === 0))
    throw refuse('text in UTF-16 without the byte-order mark that says so')
  return new UTF8Decoder(0)
}

interface Decoder {
  markLength: number
  decode(piece: Buffer): string
  end(): string
}

/** Where a text has come to, from 1. */
class Place {
  line = 1
  column = 1

  pass(text: string): void {
    const first = text.indexOf('\n')
    if (first < 0) {
      this.column += text.length
      return
    }
    for (let at = first; at >= 0; at = text.indexOf('\n', at + 1)) this.line++
    this.column = text.length - text.lastIndexOf('\n')
  }
}

class UTF8Decoder implements Decoder {
  readonly markLength: number
  readonly #place = new Place()
  #begun = Buffer.alloc(0)

  constructor(markLength: number) {
    this.markLength = markLength
  }

  decode(piece: Buffer): string {
    const bytes = this.#begun.length === 0 ? piece : Buffer.concat([this.#begun, piece])
    const whole = wholeLength(bytes)
    const known = bytes.subarray(0, whole)
    if (!isUtf8(known)) throw this.#refuse(known)
    // A copy: the piece may be written over.
    this.#begun = Buffer.from(bytes.subarray(whole))
    const text = known.toString('utf8')
    this.#place.pass(text)
    return text
  }

  end(): string {
    if (this.#begun.length > 0) throw this.#refuse(this.#begun)
    return ''
  }

  #refuse(bytes: Buffer): WrongEncoding {
    const offset = firstWrong(bytes)
    this.#place.pass(bytes.toString('utf8', 0, offset))
    const { line, column } = this.#place
    const byte = bytes[offset]!.toString(16).toUpperCase().padStart(2, '0')
    const message = `The byte ${byte} is no part of a character in UTF-8, the encoding that was expected. ${advice}`
    return new WrongEncoding({ line, column, message })
  }
}

/** How many bytes a character has that begins with a byte. */
const lengthOf = (byte: number) => (byte < 0xc2 ? 1 : byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4)

/** The length without a last character that is not all there. */
function wholeLength(bytes: Buffer): number {
  for (let back = 1; back <= 3 && back <= bytes.length; back++) {
    const byte = bytes[bytes.length - back]!
    if (byte >= 0xc0) return lengthOf(byte) > back ? bytes.length - back : bytes.length
    if (byte < 0x80) break
  }
  return bytes.length
}

/** Where the first character begins that is none. */
function firstWrong(bytes: Buffer): number {
  let at = 0
  while (at < bytes.length) {
    const length = lengthOf(bytes[at]!)
    const character = bytes.subarray(at, at + length)
    if (character.length < length || !isUtf8(character)) return at
    at += length
  }
  return at
}

class UTF16Decoder implements Decoder {
  readonly markLength = 2
  readonly #isBigEndian: boolean
  readonly #place = new Place()
  #begun = Buffer.alloc(0)

  constructor(isBigEndian: boolean) {
    this.#isBigEndian = isBigEndian
  }

  decode(piece: Buffer): string {
    // A copy: it may be swapped, and the piece be written over.
    const bytes = Buffer.concat([this.#begun, piece])
    const whole = this.#wholeLength(bytes)
    this.#begun = bytes.subarray(whole)
    const known = bytes.subarray(0, whole)
    const text = (this.#isBigEndian ? known.swap16() : known).toString('utf16le')
    if (!text.isWellFormed()) throw this.#refuse(text)
    this.#place.pass(text)
    return text
  }

  end(): string {
    if (this.#begun.length > 0) throw this.#refuse('')
    return ''
  }

  /** The length without a last character that is not all there. */
  #wholeLength(bytes: Buffer): number {
    const even = bytes.length - (bytes.length % 2)
    if (even === 0) return 0
    const last = this.#isBigEndian ? bytes.readUInt16BE(even - 2) : bytes.readUInt16LE(even - 2)
    return last >= 0xd800 && last < 0xdc00 ? even - 2 : even
  }

  #refuse(text: string): WrongEncoding {
    this.#place.pass(text.slice(0, /\p{Surrogate}/u.exec(text)?.index))
    const { line, column } = this.#place
    const message = `Here stand bytes that are no character in UTF-16, the encoding the file says it has. ${advice}`
    return new WrongEncoding({ line, column, message })
  }
}
