// The built program as a process of its own, to be killed.
import { spawn, type ChildProcess } from 'node:child_process'
import { buildProgram } from '../../scripts/build.mjs'

/** Starts the built program in demo mode; answers when it says that it is ready. */
export async function startProcess(
  port: number,
  folder: string,
  variables: Record<string, string> = {},
): Promise<ChildProcess> {
  const program = await buildProgram()
  const child = spawn(process.execPath, [program], {
    env: { ...process.env, ...variables, PORT: String(port), KEMPELEN_DATA: folder },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  await new Promise<void>((resolve, reject) => {
    child.stdout!.on('data', (chunk: Buffer) => {
      if (chunk.toString().includes('is ready')) resolve()
    })
    child.once('exit', (code) => reject(new Error(`the server ended with ${code}`)))
  })
  return child
}
