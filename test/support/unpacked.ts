// Programs that tests need (PostgreSQL, Chromium) come packed in npm packages. They are laid out once per version
// in a temporary folder, and found there by every later run.
import { chmod, lstat, mkdtemp, rename, rm } from 'node:fs/promises'
import { statSync } from 'node:fs'
import { tmpdir, userInfo } from 'node:os'
import { dirname, join } from 'node:path'

/**
 * The folder `kempelen-<name>-<user>` in the temporary folder, filled by `fill` if it was not there yet. A folder
 * that belongs to somebody else is not trusted: then a new one is made for this run.
 */
export async function unpacked(name: string, fill: (directory: string) => Promise<void>): Promise<string> {
  const base = readableTemporaryFolder()
  const wanted = join(base, `kempelen-${name}-${userInfo().uid}`)
  if (await isOurs(wanted)) return wanted
  const fresh = await mkdtemp(join(base, `kempelen-${name}-`))
  try {
    await chmod(fresh, 0o755)
    await fill(fresh)
    await rename(fresh, wanted)
    return wanted
  } catch (error) {
    // Another run was faster: its folder serves as well. In front of a stranger's folder ours keeps its own name.
    const taken = ['ENOTEMPTY', 'EEXIST', 'ENOTDIR', 'EPERM', 'EACCES'].includes(
      (error as NodeJS.ErrnoException).code ?? '',
    )
    if (taken && !(await isOurs(wanted)) && (error as NodeJS.ErrnoException).syscall === 'rename')
      return fresh
    await rm(fresh, { recursive: true, force: true })
    if (taken && (await isOurs(wanted))) return wanted
    throw error
  }
}

async function isOurs(directory: string): Promise<boolean> {
  const found = await lstat(directory).catch(() => undefined)
  return (
    found !== undefined && found.isDirectory() && found.uid === userInfo().uid && (found.mode & 0o022) === 0
  )
}

/** A temporary folder that every user can enter: PostgreSQL, which refuses root, runs as another user. */
export function readableTemporaryFolder(): string {
  const isRoot = userInfo().uid === 0
  return isRoot && !everyoneMayEnter(tmpdir()) ? '/tmp' : tmpdir()
}

function everyoneMayEnter(directory: string): boolean {
  if ((statSync(directory).mode & 0o001) === 0) return false
  return directory === dirname(directory) || everyoneMayEnter(dirname(directory))
}
