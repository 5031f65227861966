// All transports of a market, as one value.
import type { Clock } from '../clock.ts'
import { webhookSecret, type Secrets } from '../secrets.ts'
import type { AWSOptions } from './aws.ts'
import { createEmail, type MailOptions } from './email.ts'
import { createSNS } from './sns.ts'
import { createSQS } from './sqs.ts'
import type { Transports } from './transport.ts'
import { createWebhook } from './webhook.ts'

export interface TransportsOptions {
  aws: AWSOptions
  mail: MailOptions
  secrets: Pick<Secrets, 'sign' | 'decrypt'>
  wallClock: Clock
}

/** Builds the transports; what they need is read when the first message goes out. */
export function createTransports({ aws, mail, secrets, wallClock }: TransportsOptions): Transports {
  return {
    Email: createEmail(mail, (sealed) => secrets.decrypt(sealed)),
    SQS: createSQS(aws),
    SNS: createSNS(aws, wallClock),
    Webhook: createWebhook({
      allowPrivate: aws.allowPrivate,
      wallClock,
      secretOf: (requesterId) => webhookSecret(secrets, requesterId),
    }),
  }
}
