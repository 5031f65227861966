// The only file that reads the environment: raw strings in, one typed value out, every problem reported at once.
import type { Environment } from './domain/market-settings.ts'
import { usualFees, type FeeRates } from './domain/fees.ts'

/** `demo` is `npm start`: demo people, the control API, loopback only. `serve` is for real use. */
export type Mode = 'demo' | 'serve'

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
  fees: FeeRates
  questions: { allowHTTP: boolean; strictHTML5: boolean }
  /** `serve` may take over a database that was made in demo mode, without its people. */
  adoptDemo: boolean
}

export type Variables = Readonly<Record<string, string | undefined>>

const loopback = new Set(['localhost', '127.0.0.1', '::1', '[::1]'])

/** Whether a host name means this machine only. */
export function isLoopback(host: string): boolean {
  return loopback.has(host) || /^127\.\d+\.\d+\.\d+$/.test(host)
}

/** The process's environment and arguments. */
export function processVariables(): { variables: Variables; args: readonly string[] } {
  return { variables: process.env, args: process.argv.slice(2) }
}

/** Reads the configuration, or a list of sentences that say what is wrong with it and what to do. */
export function readConfig(
  mode: Mode,
  variables: Variables,
  args: readonly string[] = [],
): Config | string[] {
  const problems: string[] = []
  const problem = (sentence: string) => void problems.push(sentence)
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
    trustedProxies: list(variables.KEMPELEN_TRUSTED_PROXIES),
    secretKeys: readKeys(variables.KEMPELEN_SECRET_KEY, problem),
    virtualClock:
      readChoice('KEMPELEN_CLOCK', variables.KEMPELEN_CLOCK, ['real', 'virtual'], problem) === 'virtual',
    control: mode === 'demo' || variables.KEMPELEN_CONTROL === '1',
    controlToken: variables.KEMPELEN_CONTROL_TOKEN || undefined,
    corsOrigins: variables.KEMPELEN_CORS_ORIGINS === '*' ? '*' : list(variables.KEMPELEN_CORS_ORIGINS),
    submitPolicy: readChoice('KEMPELEN_SUBMIT', variables.KEMPELEN_SUBMIT, ['open', 'strict'], problem),
    fees: readFees(variables.KEMPELEN_FEES, problem),
    questions: {
      // Demo mode is for tests: a developer's task page on this machine has no certificate.
      allowHTTP: (variables.KEMPELEN_HTTP_QUESTIONS ?? (mode === 'demo' ? '1' : '0')) === '1',
      strictHTML5: variables.KEMPELEN_STRICT_HTML === '1',
    },
    adoptDemo: args.includes('--adopt-demo'),
  }
  checkTogether(config, variables, problem)
  return problems.length > 0 ? problems : config
}

/** Rules about several settings at once. */
function checkTogether(config: Config, variables: Variables, problem: (sentence: string) => void): void {
  const insecure = variables.KEMPELEN_INSECURE === '1'
  for (const address of new Set([config.publicURL, config.sandboxURL])) {
    const url = URL.parse(address)
    if (url !== null && url.protocol !== 'https:' && !isLoopback(url.hostname) && !insecure) {
      problem(
        `${address} is not on this machine, so it must be https: (or set KEMPELEN_INSECURE=1 and know why).`,
      )
    }
  }
  if (!isLoopback(config.host)) {
    if (config.mode === 'demo')
      problem('Demo mode listens on this machine only: leave HOST unset, or use `kempelen serve`.')
    if (config.control && config.controlToken === undefined) {
      problem('The control API off this machine needs KEMPELEN_CONTROL_TOKEN.')
    }
  }
  if (!config.databaseURL.startsWith('sqlite:') && !/^postgres(ql)?:\/\//.test(config.databaseURL)) {
    problem('DATABASE_URL must begin with sqlite: or postgres://.')
  } else if (!config.databaseURL.startsWith('sqlite:') && config.secretKeys === undefined) {
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

function readPort(text: string | undefined, problem: (sentence: string) => void): number {
  const port = Number(text ?? 1770)
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port
  problem(`PORT must be a number from 0 to 65535, not "${text}".`)
  return 1770
}

function readURL(name: string, text: string, problem: (sentence: string) => void): string {
  const url = URL.parse(text)
  if (url === null || !/^https?:$/.test(url.protocol)) {
    problem(`${name} must be an address such as https://mturk.example.org, not "${text}".`)
    return 'http://localhost'
  }
  return url.href.replace(/\/$/, '')
}

function readEnvironments(text: string, problem: (sentence: string) => void): Environment[] {
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
  problem: (sentence: string) => void,
): string {
  if (text !== undefined) return readURL('KEMPELEN_SANDBOX_URL', text, problem)
  if (environments.length < 2) return publicURL
  const url = new URL(publicURL)
  url.hostname = `sandbox.${url.hostname}`
  return url.href.replace(/\/$/, '')
}

function readKeys(text: string | undefined, problem: (sentence: string) => void): Buffer[] | undefined {
  if (text === undefined || text === '') return undefined
  const keys = list(text).map((key) => Buffer.from(key, 'base64'))
  if (keys.every((key) => key.length === 32)) return keys
  problem(
    'KEMPELEN_SECRET_KEY must be 32 bytes in base64, or several separated by commas (openssl rand -base64 32).',
  )
  return undefined
}

function readChoice<C extends string>(
  name: string,
  text: string | undefined,
  choices: readonly [C, ...C[]],
  problem: (sentence: string) => void,
): C {
  const choice = choices.find((known) => known === text)
  if (text !== undefined && choice === undefined)
    problem(`${name} must be ${choices.join(' or ')}, not "${text}".`)
  return choice ?? choices[0]
}

function readFees(text: string | undefined, problem: (sentence: string) => void): FeeRates {
  if (text === undefined) return usualFees
  const [base, tenOrMore, masters, bonus, minimum] = text.split(',').map(Number)
  const rates = [base, tenOrMore, masters, bonus, minimum]
  if (
    text.split(',').length === 5 &&
    rates.every((rate) => rate !== undefined && rate >= 0 && rate <= 1000)
  ) {
    return {
      base: base!,
      tenOrMore: tenOrMore!,
      masters: masters!,
      bonus: bonus!,
      minimum: Math.round(minimum!),
    }
  }
  problem(
    'KEMPELEN_FEES must be five numbers: percent of the reward, more from 10 assignments on, more for Masters, ' +
      `percent of a bonus, and the least fee in cents; for example 20,20,5,20,1 or 0,0,0,0,0. It is "${text}".`,
  )
  return usualFees
}
