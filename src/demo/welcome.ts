import { demo } from './seed.ts'

/** The text that `npm start` prints when the server is ready. */
export function welcome(publicURL: string, port: number): string {
  const address = publicURL.replace(/:0$/, `:${port}`)
  const lines = [
    `Kempelen is ready at ${address}`,
    '',
    `  Worker site   ${address}/         sign in as ${demo.workerEmail}, password ${demo.password}`,
    `  API           ${address}          key ${demo.accessKeyId}, secret ${demo.secretAccessKey}`,
    `  Control API   ${address}/_control  for tests: plays workers, turns the clock`,
    '',
    'Try, in another terminal:',
    '',
    `  export AWS_ACCESS_KEY_ID=${demo.accessKeyId} AWS_SECRET_ACCESS_KEY=${demo.secretAccessKey} AWS_DEFAULT_REGION=us-east-1`,
    `  aws mturk get-account-balance --endpoint-url http://localhost:${port}`,
    `  aws mturk list-hits --endpoint-url http://localhost:${port}`,
    '',
    'Ctrl-C stops the server.',
  ]
  return lines.join('\n')
}
