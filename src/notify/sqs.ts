// Queues: the body is the bare event document, without attributes [notifications 6].
import { boundAnswers, clientSettings, perRegion, type AWSOptions } from './aws.ts'
import { refusePrivateHost } from './private-networks.ts'
import { Undeliverable, type Send } from './transport.ts'

/** The region in a queue's address; real MTurk knew one only [notifications 1.2]. */
export function regionOfQueue(url: URL): string {
  const named = /^(?:sqs\.([a-z0-9-]+)|([a-z0-9-]+)\.queue)\.amazonaws\.com/.exec(url.hostname)
  return named?.[1] ?? named?.[2] ?? 'us-east-1'
}

/** Builds the transport. Without an endpoint calls go to the host of the queue's address. */
export function createSQS(options: AWSOptions): Send {
  const clientOf = perRegion(async (region) => {
    const { SQSClient } = await import('@aws-sdk/client-sqs')
    const isAtStrangers = options.endpoint === undefined
    const client = new SQSClient({
      ...clientSettings(options, region),
      useQueueUrlAsEndpoint: isAtStrangers,
      // What one queue's server says of the time must not be signed for the next one's.
      disableClockSkewCorrection: isAtStrangers,
    })
    boundAnswers(client.config.requestHandler)
    return client
  })
  return async ({ destination, document }, signal) => {
    const url = URL.parse(destination)
    if (url === null) throw new Undeliverable('The destination is no address.')
    if (options.endpoint === undefined && !options.allowPrivate) refusePrivateHost(url)
    const client = await clientOf(regionOfQueue(url))
    const { SendMessageCommand } = await import('@aws-sdk/client-sqs')
    await client.send(new SendMessageCommand({ QueueUrl: destination, MessageBody: document }), {
      abortSignal: signal,
    })
  }
}
