// The command line: what is understood, and the sentence for what is not.
import { describe, expect, test } from 'vitest'
import { Refused, type Command } from './command.ts'
import { commands } from './commands.ts'
import { helpText } from './help.ts'
import { parseCommandLine, usageOf } from './parse.ts'

function parse(line: string) {
  const parsed = parseCommandLine(line.split(' '), commands)
  return 'help' in parsed ? parsed : { run: parsed.run.name, ...parsed.given }
}

test.for([
  ['layouts list', { run: 'layouts list', arguments: [], options: {} }],
  ['layouts list --json', { run: 'layouts list', arguments: [], options: { json: true } }],
  [
    '--json layouts show 3L --version=2',
    { run: 'layouts show', arguments: ['3L'], options: { json: true, version: '2' } },
  ],
  [
    'layouts put page.html --requester A1 --name Ships --environment sandbox',
    {
      run: 'layouts put',
      arguments: ['page.html'],
      options: { requester: 'A1', name: 'Ships', environment: 'sandbox' },
    },
  ],
  [
    'layouts put - --requester A1 --name Ships',
    { run: 'layouts put', arguments: ['-'], options: { requester: 'A1', name: 'Ships' } },
  ],
  ['help', { help: '' }],
  ['--help', { help: '' }],
  ['help layouts put', { help: 'layouts put' }],
  ['layouts put --help', { help: 'layouts put' }],
  ['layouts -h', { help: 'layouts' }],
  ['serve --help', { help: 'serve' }],
] as const)('"%s" is understood', ([line, expected]) => {
  expect(parse(line)).toEqual(expected)
})

test.for([
  ['servee', 'There is no command "servee". Did you mean "serve"? See: kempelen help'],
  ['--adopt-dmeo', 'There is no command "--adopt-dmeo". Did you mean "--adopt-demo"? See: kempelen help'],
  ['layout list', 'There is no command "layout list". Did you mean "layouts list"? See: kempelen help'],
  ['layouts lst', 'There is no command "layouts lst". Did you mean "layouts list"? See: kempelen help'],
  ['frobnicate', 'There is no command "frobnicate". See: kempelen help'],
  ['constructor', 'There is no command "constructor". See: kempelen help'],
  ['serve --port=80', 'kempelen serve takes nothing but --adopt-demo; settings are environment variables.'],
  ['layouts', 'Say what to do: kempelen layouts put, kempelen layouts list, kempelen layouts show.'],
  ['layouts list --jsno', 'layouts list has no option --jsno. Did you mean "--json"?'],
  ['layouts list --constructor', 'layouts list has no option --constructor.'],
  ['layouts list --json=yes', '--json takes no value.'],
  ['layouts list --requester', '--requester needs a value: --requester ID.'],
  ['layouts list --requester=', '--requester needs a value: --requester ID.'],
  ['layouts show', 'layouts show needs ID: the layout.'],
  ['layouts show 3A 3B', '"3B" is too much: kempelen layouts show ID [--version NUMBER]'],
  [
    'layouts put page.html --name Ships',
    'layouts put needs --requester ID: the requester whose layout it is.',
  ],
])('"%s" is refused with a sentence', ([line, sentence]) => {
  expect(() => parse(line!)).toThrow(new Refused(sentence))
})

describe('help', () => {
  test('lists every command with its summary', () => {
    const text = helpText('', commands)
    for (const { name, summary } of commands) expect(text).toMatch(new RegExp(`kempelen ${name} +${summary}`))
  })

  test.for(commands.map((command): [string, Command] => [command.name, command]))(
    'of "%s" tells its use, its arguments and each of its options',
    ([name, command]) => {
      const text = helpText(name, commands)
      expect(text).toContain(usageOf(command))
      for (const { meaning } of [...command.arguments, ...Object.values(command.options)])
        expect(text).toContain(meaning)
      expect(text).toContain('--json')
      for (const line of text.split('\n')) expect(line.length, line).toBeLessThanOrEqual(120)
    },
  )

  test('of a group lists its commands; of a word that means nothing, everything', () => {
    expect(helpText('layouts', commands)).toContain('kempelen layouts put')
    expect(helpText('layouts', commands)).not.toContain('messages')
    expect(helpText('nonsense', commands)).toBe(helpText('', commands))
  })
})
