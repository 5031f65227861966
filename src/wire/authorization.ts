// The Authorization header of Signature V4. Clients differ: parameters in any order, commas with or without a
// space, spaces without a comma, and key ids that hold any junk [wire 4.1, client 2].

/** What the header says; a parameter that is missing or empty is undefined. */
export interface Authorization {
  readonly algorithm: string
  readonly credential: string | undefined
  readonly signedHeaders: string | undefined
  readonly signature: string | undefined
}

/** The five parts of a Credential. */
export interface CredentialScope {
  readonly accessKeyId: string
  readonly date: string
  readonly region: string
  readonly service: string
  readonly terminator: string
}

const parameter = /(?:^|[ ,])(Credential|SignedHeaders|Signature)=/g

/** Reads the header's value. Undefined when it is not one of AWS's schemes (`AWS4-…`). */
export function parseAuthorization(header: string): Authorization | undefined {
  if (!header.startsWith('AWS4-')) return undefined
  const end = header.search(/[ ,]/)
  const algorithm = end === -1 ? header : header.slice(0, end)
  const rest = end === -1 ? '' : header.slice(end)

  // A value reaches to the next parameter, not to the next blank: a key id may hold blanks.
  const values = new Map<string, string>()
  let name: string | undefined
  let start = 0
  const take = (stop: number) => {
    if (name !== undefined && !values.has(name)) values.set(name, trimSeparators(rest.slice(start, stop)))
  }
  for (const match of rest.matchAll(parameter)) {
    take(match.index)
    name = match[1]!
    start = match.index + match[0].length
  }
  take(rest.length)
  return {
    algorithm,
    credential: values.get('Credential') || undefined,
    signedHeaders: values.get('SignedHeaders') || undefined,
    signature: values.get('Signature') || undefined,
  }
}

/** Splits a Credential from the right, so that a key id may hold slashes; undefined when a part is missing. */
export function parseCredential(credential: string): CredentialScope | undefined {
  const parts = credential.split('/')
  if (parts.length < 5) return undefined
  const [date, region, service, terminator] = parts.slice(-4) as [string, string, string, string]
  return { accessKeyId: parts.slice(0, -4).join('/'), date, region, service, terminator }
}

function trimSeparators(text: string): string {
  let stop = text.length
  while (stop > 0 && (text[stop - 1] === ' ' || text[stop - 1] === ',')) stop--
  return text.slice(0, stop)
}
