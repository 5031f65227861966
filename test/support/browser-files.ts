// The Chromium of the package @sparticuz/chromium, laid out once per version. The package would unpack it to fixed
// names in the temporary folder, where an old version would stay in use for ever; a folder of its own avoids that.
import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { unpacked } from './unpacked.ts'

/** What launching needs: the program, and the environment it finds its fonts and libraries by. */
export interface BrowserFiles {
  program: string
  environment: Record<string, string>
}

const run = promisify(execFile)

/** Finds the browser; throws with the reason where there is none. `KEMPELEN_TEST_BROWSER` names another one. */
export async function unpackBrowser(): Promise<BrowserFiles> {
  const own = process.env.KEMPELEN_TEST_BROWSER
  if (own) return { program: own, environment: {} }
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error(
      `the packaged Chromium is for linux on x64; set KEMPELEN_TEST_BROWSER to the path of a Chromium on ` +
        `${process.platform} on ${process.arch}`,
    )
  }
  const entry = createRequire(import.meta.url).resolve('@sparticuz/chromium')
  const { version } = JSON.parse(await readFile(join(dirname(entry), '..', 'package.json'), 'utf8')) as {
    version: string
  }
  const directory = await unpacked(`chromium-${version}`, (folder) => unpack(entry, folder))
  const libraries = join(directory, 'al2023', 'lib')
  const fonts = join(directory, 'kempelen-fonts.conf')
  if (!existsSync(fonts)) await writeFile(fonts, fontsConfiguration(directory))
  return {
    program: join(directory, 'chromium'),
    environment: {
      FONTCONFIG_FILE: fonts,
      ...(existsSync(libraries) ? { LD_LIBRARY_PATH: libraries } : {}),
    },
  }
}

async function unpack(entry: string, directory: string): Promise<void> {
  // The package unpacks below TMPDIR as it was when it was asked, hence a process of its own.
  await run(process.execPath, ['--input-type=module', '--eval', unpackScript, entry], {
    env: { ...process.env, TMPDIR: directory },
  })
  const starts = await run(join(directory, 'chromium'), ['--version']).catch(() => undefined)
  if (starts === undefined) {
    // A bare machine lacks the NSS libraries; the package has them for such.
    await run(process.execPath, ['--input-type=module', '--eval', unpackLibrariesScript, entry], {
      env: { ...process.env, TMPDIR: directory },
    })
  }
}

const unpackScript = `
const { default: chromium } = await import(process.argv[1])
await chromium.executablePath()
`

const unpackLibrariesScript = `
const { inflate } = await import(process.argv[1])
const { join, dirname } = await import('node:path')
await inflate(join(dirname(process.argv[1]), '..', 'bin', 'al2023.tar.br'))
`

/** Only the package's own fonts, so that a page looks the same on every machine. */
const fontsConfiguration = (directory: string) => `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${directory}/fonts</dir>
  <cachedir>${directory}/fonts-cache</cachedir>
</fontconfig>
`
