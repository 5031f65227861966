// The only file that reads the environment: raw strings in, one typed value out, every problem reported at once.
import { isIP } from 'node:net'
import { signUpModes, type SignUpMode } from './domain/account.ts'
import type { Environment } from './domain/market-settings.ts'
import { usualFees, type FeeRates } from './domain/fees.ts'
import { parseDollars, zero, type Cents } from './domain/money.ts'
import { server } from './limits.ts'

/**
 * `demo` is `npm start`: demo people, the control API, loopback only. `serve` is for real use. `command` is a command
 * of the operator, which reads the settings of the server and listens nowhere.
 */
export type Mode = 'demo' | 'serve' | 'command'

export interface Config {
  mode: Mode
  port: number
  host: string
  databaseURL: string
  /** Folder for the embedded database and the server key. */
  dataFolder: string
  environments: readonly Environment[]
  publicURL: string
  sandboxURL: string
  trustedProxies: readonly string[]
  /** Server keys of 32 bytes; undefined: a file in the data folder. */
  secretKeys: readonly Buffer[] | undefined
  virtualClock: boolean
  control: boolean
  controlToken: string | undefined
  corsOrigins: '*' | readonly string[]
  submitPolicy: 'open' | 'strict'
  /** Pages that one worker may load each second, after a burst; 0: as many as he likes. */
  pageRate: number
  /** Who may open an account, and the file with the terms that workers agree to. */
  accounts: { signUp: SignUpMode; termsFile: string | undefined }
  fees: FeeRates
  questions: { allowHTTP: boolean; strictHTML5: boolean }
  /** The least that a worker may ask to be paid, and the ways to pay that he may choose from. */
  payouts: { minimum: Cents; methods: readonly string[] }
  /** Days for which answers and files of disposed HITs are kept; undefined: for ever. */
  retentionDays: number | undefined
  /** Whether events may go to queues and webhooks in private networks. */
  privateDestinations: boolean
  /** Where queues, topics and the bucket are, when not at AWS. */
  awsEndpoint: string | undefined
  /** The bucket for the files of workers, and what the names in it begin with; undefined: a folder of `dataFolder`. */
  files: { bucket: string; prefix: string } | undefined
  /** Events of one HIT type and destination that may share a document. */
  eventsPerDocument: number
  /** How mail leaves. In demo mode it is kept, never sent. */
  mail: { serverURL: string; from: string } | 'keep' | undefined
  /** `serve` may take over a database that was made in demo mode, without its people. */
  adoptDemo: boolean
}

export type Variables = Readonly<Record<string, string | undefined>>

type Tell = (sentence: string) => void

const loopback = new Set(['localhost', '::1', '[::1]'])

/** Whether a host name means this machine only; names under `localhost` always do (RFC 6761). */
export function isLoopback(host: string): boolean {
  return loopback.has(host) || host.endsWith('.localhost') || /^127\.\d+\.\d+\.\d+$/.test(host)
}

/** The process's environment and arguments. */
export function processVariables(): { variables: Variables; args: readonly string[] } {
  return { variables: process.env, args: process.argv.slice(2) }
}

/** Reads the configuration, or a list of sentences that say what is wrong with it and what to do. */
export function readConfig(
  mode: Mode,
  environment: Variables,
  { adoptDemo = false }: { adoptDemo?: boolean } = {},
): Config | string[] {
  const problems: string[] = []
  const problem: Tell = (sentence) => void problems.push(sentence)
  // Tools that start servers set what they do not know to nothing.
  const variables: Variables = Object.fromEntries(
    Object.entries(environment).filter(([, value]) => value !== ''),
  )
  const dataFolder = variables.KEMPELEN_DATA ?? './data'
  const port = readPort(variables.PORT, problem)
  const host = variables.HOST ?? 'localhost'
  const publicURL = readURL(
    'KEMPELEN_PUBLIC_URL',
    variables.KEMPELEN_PUBLIC_URL ?? `http://localhost:${port}`,
    problem,
  )
  const environments = readEnvironments(variables.KEMPELEN_ENVIRONMENTS ?? 'production', problem)
  const sandboxURL = readSandboxURL(variables.KEMPELEN_SANDBOX_URL, environments, publicURL, problem)
  const config: Config = {
    mode,
    port,
    host,
    databaseURL: variables.DATABASE_URL ?? `sqlite:${dataFolder}/kempelen.db`,
    dataFolder,
    environments,
    publicURL,
    sandboxURL,
    trustedProxies: readProxies(variables.KEMPELEN_TRUSTED_PROXIES, problem),
    secretKeys: readKeys(variables.KEMPELEN_SECRET_KEY, problem),
    virtualClock:
      readChoice('KEMPELEN_CLOCK', variables.KEMPELEN_CLOCK, ['real', 'virtual'], problem) === 'virtual',
    control: readSwitch(variables, 'KEMPELEN_CONTROL', mode === 'demo', problem),
    controlToken: variables.KEMPELEN_CONTROL_TOKEN,
    corsOrigins: readOrigins(variables.KEMPELEN_CORS_ORIGINS, problem),
    submitPolicy: readChoice('KEMPELEN_SUBMIT', variables.KEMPELEN_SUBMIT, ['open', 'strict'], problem),
    pageRate: readPageRate(mode, variables.KEMPELEN_PAGE_RATE, problem),
    accounts: {
      signUp: readSignUp(mode, variables.KEMPELEN_SIGN_UP, problem),
      termsFile: variables.KEMPELEN_TERMS,
    },
    fees: readFees(variables.KEMPELEN_FEES, problem),
    payouts: {
      minimum: readPayoutMinimum(variables.KEMPELEN_PAYOUT_MINIMUM, problem),
      methods: readPayoutMethods(variables.KEMPELEN_PAYOUT_METHODS, problem),
    },
    retentionDays: readRetention(variables.KEMPELEN_RETENTION_DAYS, problem),
    questions: {
      // Demo mode is for tests: a developer's task page on this machine has no certificate.
      allowHTTP: readSwitch(variables, 'KEMPELEN_HTTP_QUESTIONS', mode === 'demo', problem),
      strictHTML5: readSwitch(variables, 'KEMPELEN_STRICT_HTML', false, problem),
    },
    privateDestinations: readSwitch(variables, 'KEMPELEN_PRIVATE_DESTINATIONS', mode === 'demo', problem),
    awsEndpoint: readEndpoint(variables.KEMPELEN_AWS_ENDPOINT, problem),
    files: readBucket(variables.KEMPELEN_FILES, problem),
    eventsPerDocument: readEventsPerDocument(variables.KEMPELEN_EVENTS_PER_DOCUMENT, problem),
    mail: readMail(mode, variables, problem),
    adoptDemo,
  }
  checkTogether(config, readSwitch(variables, 'KEMPELEN_INSECURE', false, problem), problem)
  checkDatabase(config, problem)
  return problems.length > 0 ? problems : config
}

/** Rules about several settings at once. */
function checkTogether(config: Config, insecure: boolean, problem: Tell): void {
  if (config.environments.length > 1 && config.sandboxURL === config.publicURL)
    problem('The sandbox needs a host name of its own: set KEMPELEN_SANDBOX_URL to another address.')
  if (config.mode === 'command') return
  const addresses = [...new Set([config.publicURL, config.sandboxURL])].map((address) => new URL(address))
  const far = addresses.filter(({ hostname }) => !isLoopback(hostname))
  for (const { href, protocol } of far) {
    if (protocol === 'https:' || insecure) continue
    problem(`${href} is not on this machine, so it must be https: (or set KEMPELEN_INSECURE=1 and know why).`)
  }
  if (config.mode === 'demo') {
    if (!isLoopback(config.host))
      problem('Demo mode listens on this machine only: leave HOST unset, or use `kempelen serve`.')
    if (far.length > 0)
      problem('Demo mode is for this machine only: leave KEMPELEN_PUBLIC_URL unset, or use `kempelen serve`.')
  }
  // Behind a proxy a server on the loopback address is reached from everywhere.
  const isReachable = !isLoopback(config.host) || far.length > 0
  if (config.control && isReachable && config.controlToken === undefined)
    problem('The control API off this machine needs KEMPELEN_CONTROL_TOKEN.')
  if (config.mode === 'serve' && config.controlToken !== undefined && config.controlToken.length < 16)
    problem('KEMPELEN_CONTROL_TOKEN must have 16 characters or more (make one: openssl rand -hex 16).')
  // 32 random bytes with fewer than 8 different ones do not happen.
  if (config.mode === 'serve' && config.secretKeys?.some((key) => new Set(key).size < 8))
    problem('KEMPELEN_SECRET_KEY is not random: make one with openssl rand -base64 32.')
}

function checkDatabase({ databaseURL, secretKeys }: Config, problem: Tell): void {
  if (databaseURL === 'sqlite:') {
    problem('DATABASE_URL must name a file after sqlite: (or sqlite::memory:).')
  } else if (databaseURL.startsWith('sqlite:')) {
    return
  } else if (!/^postgres(ql)?:\/\//.test(databaseURL)) {
    problem('DATABASE_URL must begin with sqlite: or postgres://.')
  } else if (secretKeys === undefined) {
    problem(
      'With PostgreSQL every process needs the same KEMPELEN_SECRET_KEY (make one: openssl rand -base64 32).',
    )
  }
}

function list(text: string | undefined): string[] {
  return (text ?? '')
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '')
}

function readPort(text: string | undefined, problem: Tell): number {
  if (text === undefined) return 1770
  if (/^\d{1,5}$/.test(text) && Number(text) <= 65_535) return Number(text)
  problem(`PORT must be a number from 0 to 65535, not "${text}".`)
  return 1770
}

function readURL(name: string, text: string, problem: Tell): string {
  const url = URL.parse(text)
  // Nothing but a host and a port: the real service's paths begin at the root.
  if (url !== null && /^https?:$/.test(url.protocol) && url.href === `${url.origin}/`) return url.origin
  problem(
    `${name} must be an address such as https://mturk.example.org, without a path, a user or a password.`,
  )
  return 'http://localhost'
}

function readEndpoint(text: string | undefined, problem: Tell): string | undefined {
  if (text === undefined || /^https?:$/.test(URL.parse(text)?.protocol ?? '')) return text
  problem('KEMPELEN_AWS_ENDPOINT must be an address such as http://localhost:4566.')
  return undefined
}

function readBucket(text: string | undefined, problem: Tell): Config['files'] {
  if (text === undefined) return undefined
  // Names that every S3 takes as they are; a name that begins with a slash or has two together is taken by few.
  const [, bucket, path] =
    /^s3:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])((?:\/[\w!.*'()-]+)*)\/?$/.exec(text) ?? []
  if (bucket !== undefined && path !== undefined && path.length <= 500 && !/\/\.{1,2}(\/|$)/.test(path))
    return { bucket, prefix: path === '' ? '' : `${path.slice(1)}/` }
  problem(`KEMPELEN_FILES must be s3://bucket or s3://bucket/prefix, not "${text}".`)
  return undefined
}

function readSignUp(mode: Mode, text: string | undefined, problem: Tell): SignUpMode {
  const usual = mode === 'demo' ? 'open' : 'invitation'
  return text === undefined ? usual : readChoice('KEMPELEN_SIGN_UP', text, signUpModes, problem)
}

function readPageRate(mode: Mode, text: string | undefined, problem: Tell): number {
  const usual = mode === 'demo' ? 0 : 2
  if (text === undefined) return usual
  if (/^\d{1,4}(\.\d{1,3})?$/.test(text)) return Number(text)
  problem(`KEMPELEN_PAGE_RATE must be a number of pages per second, or 0 for no limit, not "${text}".`)
  return usual
}

function readEventsPerDocument(text: string | undefined, problem: Tell): number {
  const most = server.notifications.eventsPerDocument
  if (text === undefined) return 1
  if (/^[1-9]\d?$/.test(text) && Number(text) <= most) return Number(text)
  problem(`KEMPELEN_EVENTS_PER_DOCUMENT must be a number from 1 to ${most}, not "${text}".`)
  return 1
}

function readMail(mode: Mode, variables: Variables, problem: Tell): Config['mail'] {
  const serverURL = variables.KEMPELEN_SMTP_URL
  const from = variables.KEMPELEN_MAIL_FROM
  const unset = mode === 'demo' ? 'keep' : undefined
  if (serverURL === undefined && from === undefined) return unset
  if (!/^smtps?:$/.test(URL.parse(serverURL ?? '')?.protocol ?? ''))
    problem('KEMPELEN_SMTP_URL must be an address such as smtps://user:password@mail.example.org.')
  if (from === undefined || !/^[^@\s]+@[^@\s]+$/.test(from))
    problem('KEMPELEN_MAIL_FROM must be the address that mail comes from, such as mturk@example.org.')
  return unset ?? { serverURL: serverURL ?? '', from: from ?? '' }
}

function readEnvironments(text: string, problem: Tell): Environment[] {
  const names = list(text)
  const known = names.filter((name): name is Environment => name === 'production' || name === 'sandbox')
  if (known.length > 0 && known.length === names.length) return [...new Set(known)]
  problem(`KEMPELEN_ENVIRONMENTS must be production, sandbox or production,sandbox, not "${text}".`)
  return ['production']
}

function readSandboxURL(
  text: string | undefined,
  environments: readonly Environment[],
  publicURL: string,
  problem: Tell,
): string {
  if (text !== undefined) return readURL('KEMPELEN_SANDBOX_URL', text, problem)
  if (environments.length < 2) return publicURL
  const url = new URL(publicURL)
  url.hostname = `sandbox.${url.hostname}`
  return url.href.replace(/\/$/, '')
}

function readKeys(text: string | undefined, problem: Tell): Buffer[] | undefined {
  if (text === undefined) return undefined
  const keys = list(text)
  if (keys.length > 0 && keys.every((key) => /^[A-Za-z0-9+/_-]{43}=?$/.test(key)))
    return keys.map((key) => Buffer.from(key, 'base64'))
  problem(
    'KEMPELEN_SECRET_KEY must be 32 bytes in base64, or several separated by commas (openssl rand -base64 32).',
  )
  return undefined
}

function readChoice<C extends string>(
  name: string,
  text: string | undefined,
  choices: readonly [C, ...C[]],
  problem: Tell,
): C {
  const choice = choices.find((known) => known === text)
  if (text !== undefined && choice === undefined)
    problem(`${name} must be ${choices.join(' or ')}, not "${text}".`)
  return choice ?? choices[0]
}

function readSwitch(variables: Variables, name: string, usual: boolean, problem: Tell): boolean {
  const text = variables[name]
  if (text === '0' || text === '1') return text === '1'
  if (text !== undefined) problem(`${name} must be 0 or 1, not "${text}".`)
  return usual
}

function readProxies(text: string | undefined, problem: Tell): string[] {
  const proxies = list(text)
  if (!proxies.every((proxy) => isIP(proxy) !== 0))
    problem(
      `KEMPELEN_TRUSTED_PROXIES must be addresses such as 10.0.0.1, separated by commas, not "${text}".`,
    )
  return proxies
}

function readOrigins(text: string | undefined, problem: Tell): '*' | string[] {
  if (text === '*') return '*'
  const origins = list(text)
  if (!origins.every((origin) => URL.parse(origin)?.origin === origin))
    problem(`KEMPELEN_CORS_ORIGINS must be * or origins such as https://lab.example.org, not "${text}".`)
  return origins
}

function readPayoutMinimum(text: string | undefined, problem: Tell): Cents {
  const amount = parseDollars(text ?? '1.00')
  if (amount !== undefined) return amount
  problem(`KEMPELEN_PAYOUT_MINIMUM must be dollars such as 1.00, not "${text}".`)
  return zero
}

function readPayoutMethods(text: string | undefined, problem: Tell): string[] {
  const methods = [...new Set(list(text ?? 'Bank transfer,Gift card,Other'))]
  if (methods.length > 0 && methods.length <= 20 && methods.every((method) => method.length <= 60))
    return methods
  problem(
    'KEMPELEN_PAYOUT_METHODS must be 1 to 20 names of at most 60 characters, separated by commas, such as ' +
      `Bank transfer,Gift card. It is "${text}".`,
  )
  return ['Other']
}

function readRetention(text: string | undefined, problem: Tell): number | undefined {
  if (text === undefined || /^[1-9]\d{0,4}$/.test(text)) return text === undefined ? undefined : Number(text)
  problem(`KEMPELEN_RETENTION_DAYS must be a number of days from 1 to 99999, not "${text}".`)
  return undefined
}

function readFees(text: string | undefined, problem: Tell): FeeRates {
  if (text === undefined) return usualFees
  const parts = text.split(',').map((part) => part.trim())
  const [base, tenOrMore, masters, bonus, minimum] = parts.map(Number)
  const areRates = parts.every((part) => /^\d{1,4}(\.\d{1,2})?$/.test(part) && Number(part) <= 1000)
  if (parts.length === 5 && areRates && Number.isInteger(minimum))
    return { base: base!, tenOrMore: tenOrMore!, masters: masters!, bonus: bonus!, minimum: minimum! }
  problem(
    'KEMPELEN_FEES must be five numbers: percent of the reward, more from 10 assignments on, more for Masters, ' +
      `percent of a bonus, and the least fee in cents; for example 20,20,5,20,1 or 0,0,0,0,0. It is "${text}".`,
  )
  return usualFees
}
