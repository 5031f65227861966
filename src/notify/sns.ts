// Topics: the message is the event document, the subject the time of publishing in milliseconds [notifications 7].
import type { Clock } from '../clock.ts'
import { clientSettings, perRegion, type AWSOptions } from './aws.ts'
import type { Send } from './transport.ts'

/** Builds the transport. */
export function createSNS(options: AWSOptions, wallClock: Clock): Send {
  const clientOf = perRegion(async (region) => {
    const { SNSClient } = await import('@aws-sdk/client-sns')
    return new SNSClient(clientSettings(options, region))
  })
  return async ({ destination, document }, signal) => {
    const client = await clientOf(destination.split(':')[3] ?? 'us-east-1')
    const { PublishCommand } = await import('@aws-sdk/client-sns')
    const Subject = String(wallClock.now())
    await client.send(new PublishCommand({ TopicArn: destination, Message: document, Subject }), {
      abortSignal: signal,
    })
  }
}
