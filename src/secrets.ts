// What must stay secret: access-key secrets at rest, tokens that bind a task to its worker, passwords. Every use of
// the server key is here.
import {
  argon2,
  createCipheriv,
  createDecipheriv,
  createHmac,
  hash,
  hkdfSync,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto'
import { promisify } from 'node:util'

export interface Secrets {
  /** Encrypts a text for the database (AES-256-GCM under the first server key). */
  encrypt(text: string): string
  /** Decrypts under whichever server key fits. Throws when none does: the key file belongs to another database. */
  decrypt(text: string): string
  /** A token that only this server can make for `subject`. */
  sign(subject: string): string
  /** Whether `token` was made by `sign` for `subject`. */
  verify(subject: string, token: string): boolean
  /** A code for `subject` that people can copy by hand: four groups of four characters. */
  code(subject: string): string
  /** Whether `typed` is the code of `subject`, however it is spaced and in whichever case. */
  isCode(subject: string, typed: string): boolean
}

const version = 'v1'
const nonceBytes = 12
const tagBytes = 16
// 80 bits. Without the letters that look like a digit or another letter (I, L, O), and U.
const codeAlphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const codeLength = 16

/** Builds the secrets over server keys of 32 bytes: the first encrypts and signs, all decrypt and verify. */
export function createSecrets(keys: readonly Buffer[]): Secrets {
  const derived = keys.map((key) => ({
    encryption: derive(key, 'encryption'),
    signing: derive(key, 'signing'),
  }))
  const first = derived[0]
  if (first === undefined) throw new Error('no server key')
  const mac = (key: Buffer, subject: string) => createHmac('sha256', key).update(subject).digest()

  return {
    encrypt(text) {
      const nonce = randomBytes(nonceBytes)
      const cipher = createCipheriv('aes-256-gcm', first.encryption, nonce)
      const sealed = Buffer.concat([nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()])
      return `${version}:${sealed.toString('base64')}`
    },
    decrypt(text) {
      const sealed = Buffer.from(text.slice(version.length + 1), 'base64')
      for (const { encryption } of derived) {
        const decipher = createDecipheriv('aes-256-gcm', encryption, sealed.subarray(0, nonceBytes))
        decipher.setAuthTag(sealed.subarray(-tagBytes))
        try {
          const opened = decipher.update(sealed.subarray(nonceBytes, -tagBytes))
          return Buffer.concat([opened, decipher.final()]).toString('utf8')
        } catch {
          // Sealed under another of the keys.
        }
      }
      throw new Error('the database was written under another server key than this one')
    },
    sign: (subject) => mac(first.signing, subject).toString('base64url'),
    verify(subject, token) {
      const given = Buffer.from(token, 'base64url')
      return derived.some(({ signing }) => {
        const expected = mac(signing, subject)
        return given.length === expected.length && timingSafeEqual(given, expected)
      })
    },
    code: (subject) => spell(mac(first.signing, codeSubject(subject))).replace(/.{4}(?=.)/g, '$&-'),
    isCode(subject, typed) {
      const given = Buffer.from(readCode(typed))
      return derived.some(({ signing }) => {
        const expected = Buffer.from(spell(mac(signing, codeSubject(subject))))
        return given.length === expected.length && timingSafeEqual(given, expected)
      })
    },
  }
}

// So that no code is the beginning of a token.
const codeSubject = (subject: string) => `code ${subject}`

function spell(digest: Buffer): string {
  return Array.from(digest.subarray(0, codeLength), (byte) => codeAlphabet[byte & 31]).join('')
}

/** What was typed, with what looks like a digit as that digit. */
function readCode(typed: string): string {
  const letters = typed
    .slice(0, 100)
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, '')
  return letters.replaceAll('O', '0').replaceAll(/[IL]/g, '1')
}

function derive(key: Buffer, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', key, '', `kempelen ${purpose}`, 32))
}

/** SHA-256 in hexadecimal: how cookies and one-time tokens are stored. */
export function fingerprint(token: string): string {
  return hash('sha256', token, 'hex')
}

/** The secret under which a requester's webhooks are signed. It is shown to him and the operator alone. */
export function webhookSecret(secrets: Pick<Secrets, 'sign'>, requesterId: string): string {
  return secrets.sign(`webhook ${requesterId}`)
}

/** What the code of a worker id of the real service is made of: whoever knows it may claim the id with this requester. */
export function claimSubject(environment: string, requesterId: string, workerId: string): string {
  return `claim ${environment} ${requesterId} ${workerId}`
}

const computeArgon2 = promisify(argon2)
const costs = { parallelism: 1, tagLength: 32, memory: 19_456, passes: 2 }

/** The argon2id hash of a password, with its salt and costs, as text for the database. */
export async function hashPassword(password: string): Promise<string> {
  const nonce = randomBytes(16)
  const digest = await computeArgon2('argon2id', { ...costs, message: password, nonce })
  const { memory, passes, parallelism } = costs
  return ['argon2id', memory, passes, parallelism, nonce.toString('base64'), digest.toString('base64')].join(
    '$',
  )
}

/** Whether `password` is the one that was hashed. Takes as long when `stored` is undefined, so names cannot be guessed. */
export async function isPassword(password: string, stored: string | undefined): Promise<boolean> {
  const parts = (
    stored ?? `argon2id$${costs.memory}$${costs.passes}$${costs.parallelism}$AAAAAAAAAAAAAAAAAAAAAA==$`
  ).split('$')
  const [, memory, passes, parallelism, nonce, digest] = parts
  const computed = await computeArgon2('argon2id', {
    message: password,
    nonce: Buffer.from(nonce ?? '', 'base64'),
    memory: Number(memory),
    passes: Number(passes),
    parallelism: Number(parallelism),
    tagLength: costs.tagLength,
  })
  const expected = Buffer.from(digest ?? '', 'base64')
  return expected.length === computed.length && timingSafeEqual(expected, computed)
}
