// Every setting as a table: what is taken, and what is refused with a sentence that says what to do [design 7].
import { describe, expect, test } from 'vitest'
import { isLoopback, readConfig, type Config, type Mode, type Variables } from './config.ts'
import { usualFees } from './domain/fees.ts'
import { cents } from './domain/money.ts'

const key = (fill: number) =>
  Buffer.from(Array.from({ length: 32 }, (_, i) => (i * fill) % 251)).toString('base64')

function good(mode: Mode, variables: Variables = {}): Config {
  const config = readConfig(mode, variables)
  if (Array.isArray(config)) throw new Error(config.join('\n'))
  return config
}

function problems(mode: Mode, variables: Variables): string[] {
  const config = readConfig(mode, variables)
  if (!Array.isArray(config)) throw new Error(`taken: ${JSON.stringify(variables)}`)
  return config
}

describe('without any setting', () => {
  const common = {
    port: 1770,
    host: 'localhost',
    databaseURL: 'sqlite:./data/kempelen.db',
    dataFolder: './data',
    environments: ['production'],
    publicURL: 'http://localhost:1770',
    sandboxURL: 'http://localhost:1770',
    trustedProxies: [],
    secretKeys: undefined,
    virtualClock: false,
    controlToken: undefined,
    corsOrigins: [],
    submitPolicy: 'open',
    fees: usualFees,
    payouts: { minimum: cents(100), methods: ['Bank transfer', 'Gift card', 'Other'] },
    retentionDays: undefined,
    adoptDemo: false,
    eventsPerDocument: 1,
  }
  test('demo mode has the control API and takes http task pages', () => {
    const questions = { allowHTTP: true, strictHTML5: false }
    expect(good('demo')).toEqual({
      ...common,
      mode: 'demo',
      control: true,
      pageRate: 0,
      accounts: { signUp: 'open', termsFile: undefined },
      questions,
      privateDestinations: true,
      mail: 'keep',
    })
  })
  test('serve has neither', () => {
    const questions = { allowHTTP: false, strictHTML5: false }
    expect(good('serve')).toEqual({
      ...common,
      mode: 'serve',
      control: false,
      pageRate: 2,
      accounts: { signUp: 'invitation', termsFile: undefined },
      questions,
      privateDestinations: false,
    })
  })
  test('an empty setting is none: tools that start servers set those they do not know to nothing', () => {
    const names = [
      ...['PORT', 'HOST', 'DATABASE_URL', 'KEMPELEN_DATA', 'KEMPELEN_ENVIRONMENTS', 'KEMPELEN_PUBLIC_URL'],
      ...['KEMPELEN_SANDBOX_URL', 'KEMPELEN_INSECURE', 'KEMPELEN_TRUSTED_PROXIES', 'KEMPELEN_SECRET_KEY'],
      ...['KEMPELEN_CLOCK', 'KEMPELEN_CONTROL', 'KEMPELEN_CONTROL_TOKEN', 'KEMPELEN_CORS_ORIGINS'],
      ...[
        'KEMPELEN_SUBMIT',
        'KEMPELEN_FEES',
        'KEMPELEN_SIGN_UP',
        'KEMPELEN_TERMS',
        'KEMPELEN_HTTP_QUESTIONS',
        'KEMPELEN_STRICT_HTML',
      ],
      ...[
        'KEMPELEN_PRIVATE_DESTINATIONS',
        'KEMPELEN_AWS_ENDPOINT',
        'KEMPELEN_EVENTS_PER_DOCUMENT',
        'KEMPELEN_PAYOUT_MINIMUM',
        'KEMPELEN_PAYOUT_METHODS',
        'KEMPELEN_RETENTION_DAYS',
        'KEMPELEN_FILES',
        'KEMPELEN_SMTP_URL',
        'KEMPELEN_MAIL_FROM',
      ],
    ]
    const empty = Object.fromEntries(names.map((name) => [name, '']))
    expect(good('serve', empty)).toEqual(good('serve'))
  })
})

const taken: [variables: Variables, result: Partial<Config>][] = [
  [{ PORT: '0' }, { port: 0 }],
  [{ PORT: '65535' }, { port: 65_535, publicURL: 'http://localhost:65535' }],
  [{ HOST: '127.0.0.1' }, { host: '127.0.0.1' }],
  [{ KEMPELEN_DATA: '/srv/k' }, { dataFolder: '/srv/k', databaseURL: 'sqlite:/srv/k/kempelen.db' }],
  [{ DATABASE_URL: 'sqlite::memory:' }, { databaseURL: 'sqlite::memory:' }],
  [
    { DATABASE_URL: 'postgres://u:p@h/d', KEMPELEN_SECRET_KEY: key(3) },
    { databaseURL: 'postgres://u:p@h/d', secretKeys: [Buffer.from(key(3), 'base64')] },
  ],
  [
    { KEMPELEN_SECRET_KEY: `${key(3)}, ${key(5)}` },
    { secretKeys: [key(3), key(5)].map((one) => Buffer.from(one, 'base64')) },
  ],
  [{ KEMPELEN_ENVIRONMENTS: 'sandbox' }, { environments: ['sandbox'] }],
  [
    { KEMPELEN_ENVIRONMENTS: ' production , sandbox ' },
    { environments: ['production', 'sandbox'], sandboxURL: 'http://sandbox.localhost:1770' },
  ],
  [{ KEMPELEN_ENVIRONMENTS: 'sandbox,sandbox' }, { environments: ['sandbox'] }],
  [
    { KEMPELEN_PUBLIC_URL: 'https://work.example.org/', KEMPELEN_ENVIRONMENTS: 'production,sandbox' },
    { publicURL: 'https://work.example.org', sandboxURL: 'https://sandbox.work.example.org' },
  ],
  [
    { KEMPELEN_PUBLIC_URL: 'https://a.example', KEMPELEN_SANDBOX_URL: 'https://b.example:8443' },
    { publicURL: 'https://a.example', sandboxURL: 'https://b.example:8443' },
  ],
  [{ KEMPELEN_PUBLIC_URL: 'http://a.example', KEMPELEN_INSECURE: '1' }, { publicURL: 'http://a.example' }],
  [{ KEMPELEN_TRUSTED_PROXIES: '10.0.0.1, ::1' }, { trustedProxies: ['10.0.0.1', '::1'] }],
  [{ KEMPELEN_CLOCK: 'virtual' }, { virtualClock: true }],
  [{ KEMPELEN_CLOCK: 'real' }, { virtualClock: false }],
  [{ KEMPELEN_CONTROL: '1' }, { control: true }],
  [{ KEMPELEN_CONTROL: '0' }, { control: false }],
  [{ KEMPELEN_CORS_ORIGINS: '*' }, { corsOrigins: '*' }],
  [
    { KEMPELEN_CORS_ORIGINS: 'https://a.example, http://localhost:3000' },
    { corsOrigins: ['https://a.example', 'http://localhost:3000'] },
  ],
  [{ KEMPELEN_SUBMIT: 'strict' }, { submitPolicy: 'strict' }],
  [{ KEMPELEN_SIGN_UP: 'open' }, { accounts: { signUp: 'open', termsFile: undefined } }],
  [
    { KEMPELEN_SIGN_UP: 'closed', KEMPELEN_TERMS: 'terms.txt' },
    { accounts: { signUp: 'closed', termsFile: 'terms.txt' } },
  ],
  [{ KEMPELEN_PAGE_RATE: '0.5' }, { pageRate: 0.5 }],
  [{ KEMPELEN_PAGE_RATE: '0' }, { pageRate: 0 }],
  [{ KEMPELEN_FEES: '0,0,0,0,0' }, { fees: { base: 0, tenOrMore: 0, masters: 0, bonus: 0, minimum: 0 } }],
  [
    { KEMPELEN_FEES: '12.5, 20,5,20,2' },
    { fees: { base: 12.5, tenOrMore: 20, masters: 5, bonus: 20, minimum: 2 } },
  ],
  [{ KEMPELEN_PRIVATE_DESTINATIONS: '1' }, { privateDestinations: true }],
  [{ KEMPELEN_EVENTS_PER_DOCUMENT: '10' }, { eventsPerDocument: 10 }],
  [
    { KEMPELEN_PAYOUT_MINIMUM: '12.5', KEMPELEN_PAYOUT_METHODS: 'SEPA, M-Pesa, SEPA' },
    { payouts: { minimum: cents(1250), methods: ['SEPA', 'M-Pesa'] } },
  ],
  [{ KEMPELEN_RETENTION_DAYS: '365' }, { retentionDays: 365 }],
  [{ KEMPELEN_AWS_ENDPOINT: 'http://localhost:4566' }, { awsEndpoint: 'http://localhost:4566' }],
  [
    { KEMPELEN_SMTP_URL: 'smtps://u:p@mail.example.org', KEMPELEN_MAIL_FROM: 'mturk@example.org' },
    { mail: { serverURL: 'smtps://u:p@mail.example.org', from: 'mturk@example.org' } },
  ],
  [{ KEMPELEN_HTTP_QUESTIONS: '1' }, { questions: { allowHTTP: true, strictHTML5: false } }],
  [{ KEMPELEN_FILES: 's3://scans' }, { files: { bucket: 'scans', prefix: '' } }],
  [{ KEMPELEN_FILES: 's3://lab.scans-1/' }, { files: { bucket: 'lab.scans-1', prefix: '' } }],
  [{ KEMPELEN_FILES: 's3://scans/lab' }, { files: { bucket: 'scans', prefix: 'lab/' } }],
  [{ KEMPELEN_FILES: 's3://scans/a..b/.c/' }, { files: { bucket: 'scans', prefix: 'a..b/.c/' } }],
  [{ KEMPELEN_STRICT_HTML: '1' }, { questions: { allowHTTP: false, strictHTML5: true } }],
]

describe('a setting is taken:', () => {
  test.for(taken)('%o', ([variables, result]) => {
    expect(good('serve', variables)).toMatchObject(result)
  })
  test('demo mode can be without control API and http pages, too', () => {
    const config = good('demo', { KEMPELEN_CONTROL: '0', KEMPELEN_HTTP_QUESTIONS: '0' })
    expect(config).toMatchObject({ control: false, questions: { allowHTTP: false } })
  })
})

const token = 'a token of some length'
const refusedValues: [variables: Variables, sentence: RegExp][] = [
  ...['-1', '65536', 'http', '1.5', '1e3', '0x50', ' 80'].map((PORT): [Variables, RegExp] => [
    { PORT },
    /^PORT must be a number from 0 to 65535, not "/,
  ]),
  [{ DATABASE_URL: 'mysql://h/d' }, /^DATABASE_URL must begin with sqlite: or postgres:\/\//],
  [{ DATABASE_URL: './kempelen.db' }, /^DATABASE_URL must begin with/],
  [{ DATABASE_URL: 'sqlite:' }, /^DATABASE_URL must name a file/],
  [{ DATABASE_URL: 'postgres://h/d' }, /same KEMPELEN_SECRET_KEY \(make one: openssl rand -base64 32\)/],
  ...['staging', 'production,staging', ','].map((KEMPELEN_ENVIRONMENTS): [Variables, RegExp] => [
    { KEMPELEN_ENVIRONMENTS },
    /^KEMPELEN_ENVIRONMENTS must be production, sandbox or production,sandbox, not "/,
  ]),
  ...[
    'work.example.org',
    'ftp://x',
    'https://',
    'https://x.example/path',
    'https://x.example?a',
    'https://u:p@x.example',
  ].map((KEMPELEN_PUBLIC_URL): [Variables, RegExp] => [
    { KEMPELEN_PUBLIC_URL },
    /^KEMPELEN_PUBLIC_URL must be an address such as https:\/\/mturk\.example\.org/,
  ]),
  [{ KEMPELEN_SANDBOX_URL: 'nonsense' }, /^KEMPELEN_SANDBOX_URL must be an address/],
  // No name can be put before a number.
  [
    { KEMPELEN_ENVIRONMENTS: 'production,sandbox', KEMPELEN_PUBLIC_URL: 'http://127.0.0.1:1770' },
    /host name of its own: set KEMPELEN_SANDBOX_URL/,
  ],
  [
    { KEMPELEN_ENVIRONMENTS: 'production,sandbox', KEMPELEN_SANDBOX_URL: 'http://localhost:1770' },
    /host name of its own: set KEMPELEN_SANDBOX_URL/,
  ],
  [{ KEMPELEN_PUBLIC_URL: 'http://work.example.org' }, /must be https: \(or set KEMPELEN_INSECURE=1/],
  [{ KEMPELEN_SANDBOX_URL: 'http://work.example.org' }, /must be https:/],
  [{ KEMPELEN_TRUSTED_PROXIES: '10.0.0.0/8' }, /^KEMPELEN_TRUSTED_PROXIES must be addresses/],
  [{ KEMPELEN_TRUSTED_PROXIES: 'proxy.example' }, /^KEMPELEN_TRUSTED_PROXIES must be addresses/],
  ...['short', Buffer.alloc(31).toString('base64'), `${key(3)},short`, `${key(3)}!`].map(
    (KEMPELEN_SECRET_KEY): [Variables, RegExp] => [
      { KEMPELEN_SECRET_KEY },
      /^KEMPELEN_SECRET_KEY must be 32 bytes in base64, or several separated by commas \(openssl rand/,
    ],
  ),
  ...[
    './files',
    's3:/scans',
    's3://',
    's3://ab',
    's3://Scans',
    's3://scans//lab',
    's3://scans/../lab',
    's3://scans/./lab',
    's3://scans/a b',
    's3://scans?x=y',
    's3://key:secret@scans',
    `s3://scans/${'x'.repeat(500)}`,
    'https://scans.s3.amazonaws.com/',
  ].map((KEMPELEN_FILES): [Variables, RegExp] => [
    { KEMPELEN_FILES },
    /^KEMPELEN_FILES must be s3:\/\/bucket or s3:\/\/bucket\/prefix, not "/,
  ]),
  ...['-1', 'fast', '2/s', '1e3', '.5', '99999'].map((KEMPELEN_PAGE_RATE): [Variables, RegExp] => [
    { KEMPELEN_PAGE_RATE },
    /^KEMPELEN_PAGE_RATE must be a number of pages per second, or 0 for no limit/,
  ]),
  ...['0', '11', '1.5', 'all', '-1', '010'].map((KEMPELEN_EVENTS_PER_DOCUMENT): [Variables, RegExp] => [
    { KEMPELEN_EVENTS_PER_DOCUMENT },
    /^KEMPELEN_EVENTS_PER_DOCUMENT must be a number from 1 to 10/,
  ]),
  ...['1.234', '-1', '$1', 'none'].map((KEMPELEN_PAYOUT_MINIMUM): [Variables, RegExp] => [
    { KEMPELEN_PAYOUT_MINIMUM },
    /^KEMPELEN_PAYOUT_MINIMUM must be dollars/,
  ]),
  ...[',', 'x'.repeat(61)].map((KEMPELEN_PAYOUT_METHODS): [Variables, RegExp] => [
    { KEMPELEN_PAYOUT_METHODS },
    /^KEMPELEN_PAYOUT_METHODS must be 1 to 20 names/,
  ]),
  ...['0', '-1', '1.5', '100000', 'ever'].map((KEMPELEN_RETENTION_DAYS): [Variables, RegExp] => [
    { KEMPELEN_RETENTION_DAYS },
    /^KEMPELEN_RETENTION_DAYS must be a number of days/,
  ]),
  [{ KEMPELEN_AWS_ENDPOINT: 'localhost:4566' }, /^KEMPELEN_AWS_ENDPOINT must be an address such as/],
  [{ KEMPELEN_SMTP_URL: 'mail.example.org', KEMPELEN_MAIL_FROM: 'a@b' }, /^KEMPELEN_SMTP_URL must be an/],
  [{ KEMPELEN_MAIL_FROM: 'a@b' }, /^KEMPELEN_SMTP_URL must be an/],
  [{ KEMPELEN_SMTP_URL: 'smtp://mail.example.org' }, /^KEMPELEN_MAIL_FROM must be the address/],
  [{ KEMPELEN_CLOCK: 'fast' }, /^KEMPELEN_CLOCK must be real or virtual, not "fast"/],
  [{ KEMPELEN_SIGN_UP: 'yes' }, /^KEMPELEN_SIGN_UP must be open or invitation or closed, not "yes"/],
  [{ KEMPELEN_SUBMIT: 'Strict' }, /^KEMPELEN_SUBMIT must be open or strict, not "Strict"/],
  ...['KEMPELEN_INSECURE', 'KEMPELEN_CONTROL', 'KEMPELEN_HTTP_QUESTIONS', 'KEMPELEN_STRICT_HTML'].map(
    (name): [Variables, RegExp] => [{ [name]: 'true' }, new RegExp(`^${name} must be 0 or 1, not "true"`)],
  ),
  ...[
    '20',
    '20,20,5,20',
    '20,20,5,20,1,1',
    'a,20,5,20,1',
    '-1,20,5,20,1',
    '20,,5,20,1',
    '20,20,5,20,1.5',
    '1001,0,0,0,0',
  ].map((KEMPELEN_FEES): [Variables, RegExp] => [{ KEMPELEN_FEES }, /^KEMPELEN_FEES must be five numbers/]),
  ...['https://a.example/', 'a.example', 'https://a.example/x', '*,https://a.example'].map(
    (KEMPELEN_CORS_ORIGINS): [Variables, RegExp] => [
      { KEMPELEN_CORS_ORIGINS },
      /^KEMPELEN_CORS_ORIGINS must be \* or origins such as https:\/\/lab\.example\.org, not "/,
    ],
  ),
]

describe('a wrong setting is refused in both modes:', () => {
  test.for(refusedValues)('%o', ([variables, sentence]) => {
    for (const mode of ['demo', 'serve'] as const)
      expect(problems(mode, variables)).toContainEqual(expect.stringMatching(sentence))
  })
})

describe('settings that are too weak are refused:', () => {
  const everywhere = { HOST: '0.0.0.0', KEMPELEN_PUBLIC_URL: 'https://work.example.org' }
  const control = { KEMPELEN_CONTROL: '1' }
  const weak: [mode: Mode, variables: Variables, sentence: RegExp][] = [
    ['demo', { HOST: '0.0.0.0' }, /^Demo mode listens on this machine only: leave HOST unset, or use/],
    ['serve', { ...everywhere, ...control }, /needs KEMPELEN_CONTROL_TOKEN/],
    // A proxy on this machine makes the control API public although we listen on loopback only.
    [
      'serve',
      { KEMPELEN_PUBLIC_URL: 'https://work.example.org', ...control },
      /needs KEMPELEN_CONTROL_TOKEN/,
    ],
    ['demo', { KEMPELEN_PUBLIC_URL: 'https://work.example.org' }, /^Demo mode is for this machine only/],
    [
      'serve',
      { KEMPELEN_CONTROL_TOKEN: 'short', ...control },
      /^KEMPELEN_CONTROL_TOKEN must have 16 characters/,
    ],
    [
      'serve',
      { KEMPELEN_SECRET_KEY: Buffer.alloc(32, 7).toString('base64') },
      /^KEMPELEN_SECRET_KEY is not random: make one with openssl rand -base64 32/,
    ],
  ]
  test.for(weak)('%s %o', ([mode, variables, sentence]) => {
    expect(problems(mode, variables)).toContainEqual(expect.stringMatching(sentence))
  })
  test('the same with a token is taken', () => {
    const config = good('serve', { ...everywhere, ...control, KEMPELEN_CONTROL_TOKEN: token })
    expect(config).toMatchObject({ control: true, controlToken: token })
  })
})

describe('problems', () => {
  test('are all told at once', () => {
    const variables = { PORT: 'x', KEMPELEN_CLOCK: 'x', KEMPELEN_FEES: 'x', DATABASE_URL: 'x' }
    expect(problems('serve', variables)).toHaveLength(4)
  })

  test('never tell a secret', () => {
    const secret = 'top-secret-value'
    const variables = {
      PORT: 'x',
      DATABASE_URL: `mysql://user:${secret}@h/d`,
      KEMPELEN_SECRET_KEY: secret,
      KEMPELEN_CONTROL: '1',
      KEMPELEN_CONTROL_TOKEN: secret.slice(0, 10),
      KEMPELEN_PUBLIC_URL: `https://user:${secret}@x.example`,
    }
    const sentences = problems('serve', variables).join('\n')
    expect(sentences).not.toContain(secret.slice(0, 10))
  })
})

test('a command of the operator takes the settings of a server that listens everywhere', () => {
  const { host, control } = good('command', {
    HOST: '0.0.0.0',
    KEMPELEN_CONTROL: '1',
    KEMPELEN_PUBLIC_URL: 'http://mturk.example.org',
  })
  expect({ host, control }).toEqual({ host: '0.0.0.0', control: true })
})

test.for([
  ['localhost', true],
  ['sandbox.localhost', true],
  ['127.0.0.1', true],
  ['127.1.2.3', true],
  ['::1', true],
  ['[::1]', true],
  ['0.0.0.0', false],
  ['::', false],
  ['10.0.0.1', false],
  ['localhost.example.org', false],
  ['127.0.0.1.example.org', false],
  ['notlocalhost', false],
] as const)('%s means this machine only: %o', ([host, isLocal]) => {
  expect(isLoopback(host)).toBe(isLocal)
})
