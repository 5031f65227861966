// A mail server on this machine that keeps what it gets, and fails as a test wants.
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'

export interface Mail {
  from: string
  to: string[]
  /** Header fields by their names in lower case: unfolded and decoded. */
  headers: Record<string, string>
  /** The header as it came. */
  head: string
  body: string
}

export interface MailServer {
  url: string
  /** What came, in order, also what it refused in the end. */
  received: Mail[]
  /** Mailboxes that it does not have. */
  unknown: Set<string>
  /** How many mails it refuses next, after it has read them. */
  refuses: number
  close(): Promise<void>
}

/** Starts a mail server. */
export async function startMailServer(): Promise<MailServer> {
  const unknown = new Set<string>()
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onRcptTo: ({ address }, _, done) => done(unknown.has(address) ? new Error('No such mailbox.') : null),
    onData(stream, { envelope }, done) {
      let mail = ''
      stream.setEncoding('utf8')
      stream.on('data', (chunk: string) => (mail += chunk))
      stream.on('end', () => {
        const from = envelope.mailFrom === false ? '' : envelope.mailFrom.address
        result.received.push({ from, to: envelope.rcptTo.map(({ address }) => address), ...parse(mail) })
        done(result.refuses-- > 0 ? new Error('Not now.') : null)
      })
    },
  })
  server.listen(0, '127.0.0.1')
  await once(server.server, 'listening')
  const result: MailServer = {
    url: `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`,
    received: [],
    unknown,
    refuses: 0,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
  return result
}

function parse(mail: string): Pick<Mail, 'headers' | 'head' | 'body'> {
  const [head = '', ...rest] = mail.split('\r\n\r\n')
  const lines = head.replace(/\r\n[ \t]+/g, ' ').split('\r\n')
  const headers = Object.fromEntries(
    lines.map((line) => {
      const [, name = '', value = ''] = /^([^:]+):\s*(.*)$/.exec(line) ?? []
      return [name.toLowerCase(), decodeWords(value)]
    }),
  )
  const body = rest.join('\r\n\r\n')
  return { headers, head, body: decodeBody(headers['content-transfer-encoding'], body) }
}

/** Encoded words (RFC 2047): what stands between two of them is no text. */
function decodeWords(value: string): string {
  return value
    .replace(/\?=\s+=\?/g, '?==?')
    .replace(/(?:=\?UTF-8\?[BQ]\?[^?]*\?=)+/gi, (words) =>
      Buffer.concat(
        [...words.matchAll(/=\?UTF-8\?([BQ])\?([^?]*)\?=/gi)].map(([, kind, word]) =>
          kind!.toUpperCase() === 'B' ? Buffer.from(word!, 'base64') : unquote(word!.replaceAll('_', ' ')),
        ),
      ).toString(),
    )
}

function decodeBody(encoding: string | undefined, body: string): string {
  const lines = body.replaceAll('\r\n', '\n')
  if (encoding === 'base64') return Buffer.from(lines, 'base64').toString()
  return encoding === 'quoted-printable' ? unquote(lines.replace(/=\n/g, '')).toString() : lines
}

/** What quoted-printable stands for. */
function unquote(text: string): Buffer {
  const bytes = text.replace(/=([0-9A-F]{2})/gi, (_, digits: string) =>
    String.fromCharCode(parseInt(digits, 16)),
  )
  return Buffer.from(bytes, 'latin1')
}
