// The body of a submission: fields and files, in either of the two encodings that a form has.
import type { Context } from 'hono'
import { server } from '../../limits.ts'
import { readBytes } from '../body.ts'
import type { ArrivedFile } from './hand-in.ts'
import type { Field } from './read-form.ts'

/** What was sent. The field of a file holds its name. */
export interface Sent {
  fields: Field[]
  files: Map<string, ArrivedFile>
}

/** The fields of address and body together, in the order sent, and the files; undefined when they cannot be read. */
export async function readAllFields(c: Context): Promise<Sent | undefined | 'too large'> {
  const query: Field[] = [...new URL(c.req.url).searchParams]
  if (c.req.method !== 'POST') return { fields: query, files: new Map() }
  const sent = await readBodyFields(c)
  return typeof sent === 'object' ? { fields: [...query, ...sent.fields], files: sent.files } : sent
}

/** The fields and files of the body alone. */
export async function readBodyFields(c: Context): Promise<Sent | undefined | 'too large'> {
  const type = (c.req.header('content-type') ?? '').split(';')[0]?.trim().toLowerCase()
  const bytes = await readBytes(c, server.submitBodyBytes)
  if (bytes === 'too large') return bytes
  if (bytes === 'gone') return undefined
  if (type === 'multipart/form-data') return readParts(bytes, c.req.header('content-type') ?? '')
  if (type !== 'application/x-www-form-urlencoded' && bytes.byteLength > 0) return undefined
  return { fields: [...new URLSearchParams(new TextDecoder().decode(bytes))], files: new Map() }
}

async function readParts(bytes: Uint8Array<ArrayBuffer>, type: string): Promise<Sent | undefined> {
  const sent: Sent = { fields: [], files: new Map() }
  try {
    const form = await new Response(bytes, { headers: { 'Content-Type': type } }).formData()
    for (const [name, value] of form) {
      sent.fields.push([name, typeof value === 'string' ? value : value.name])
      // A field in which nothing was chosen comes as an empty file without a name.
      if (typeof value !== 'string' && (value.name !== '' || value.size > 0))
        sent.files.set(name, { name: value.name, bytes: new Uint8Array(await value.arrayBuffer()) })
    }
    return sent
  } catch {
    return undefined
  }
}
