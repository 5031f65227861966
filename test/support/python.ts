// Runs the unmodified AWS CLI and boto3 against a server of ours, where this machine has them.
import { execFile, spawnSync } from 'node:child_process'

export interface Output {
  code: number
  stdout: string
  stderr: string
}

/** Why there is no AWS CLI or boto3 here, or undefined. */
export function clientsMissing(): string | undefined {
  if (spawnSync('aws', ['--version']).status !== 0) return 'the AWS CLI is not installed'
  if (spawnSync('python3', ['-c', 'import boto3']).status !== 0) return 'Python has no boto3'
  return undefined
}

/** Environment of a client with the demo key, and nothing of the machine's own AWS settings. */
export function clientEnvironment(address: string): Record<string, string> {
  return {
    PATH: process.env.PATH ?? '',
    HOME: '/nonexistent',
    AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
    AWS_SECRET_ACCESS_KEY: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
    AWS_DEFAULT_REGION: 'us-east-1',
    AWS_ENDPOINT_URL_MTURK: address,
    AWS_PAGER: '',
  }
}

/** What makes the AWS CLI call `address`: versions before 1.29 and 2.13 do not obey the variable. */
export function endpointArguments(program: string, address: string): string[] {
  const version = spawnSync(program, ['--version']).stdout?.toString() ?? ''
  const [, major, minor] = /^aws-cli\/(\d+)\.(\d+)/.exec(version) ?? []
  const isOld = Number(minor) < (major === '1' ? 29 : 13)
  return isOld ? ['--endpoint-url', address] : []
}

/** Lines with which a Python program begins: botocore before 1.31 does not obey the variable. */
export const pythonPrelude = `import functools, json, os, boto3, botocore
if tuple(map(int, botocore.__version__.split('.')[:2])) < (1, 31):
    boto3.client = functools.partial(boto3.client, endpoint_url=os.environ['AWS_ENDPOINT_URL_MTURK'])
`

/** Runs a program to its end. */
export function run(
  program: string,
  args: readonly string[],
  environment: Record<string, string>,
): Promise<Output> {
  return new Promise((resolve) => {
    execFile(program, [...args], { env: environment, maxBuffer: 16 << 20 }, (error, stdout, stderr) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : error === null ? 0 : 1, stdout, stderr })
    })
  })
}

/** Runs `aws mturk …`; answers its JSON. Throws with what it printed when it fails. */
export async function aws(address: string, ...args: string[]): Promise<Record<string, unknown>> {
  const { code, stdout, stderr } = await run(
    'aws',
    ['mturk', ...endpointArguments('aws', address), ...args, '--output', 'json'],
    clientEnvironment(address),
  )
  if (code !== 0) throw new Error(`aws mturk ${args[0]} failed: ${stderr}`)
  return stdout.trim() === '' ? {} : (JSON.parse(stdout) as Record<string, unknown>)
}

/** Runs a Python program that has `client`, a boto3 client of ours, and prints one JSON value. */
export async function boto3(address: string, program: string): Promise<unknown> {
  const source = `${pythonPrelude}client = boto3.client('mturk')\n${program}`
  const { code, stdout, stderr } = await run('python3', ['-c', source], clientEnvironment(address))
  if (code !== 0) throw new Error(`the boto3 program failed: ${stderr}`)
  return JSON.parse(stdout)
}
