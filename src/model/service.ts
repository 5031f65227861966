// The constants of the service that every client has built in [wire, head].

/** Names under which clients sign, address and recognise the service. */
export const service = Object.freeze({
  apiVersion: '2017-01-17',
  jsonVersion: '1.1',
  /** What stands before the dot in `X-Amz-Target` [wire 1.2]. */
  targetPrefix: 'MTurkRequesterServiceV20170117',
  /** The service in a signature's scope, and the first label of Amazon's host names [wire 4.1]. */
  signingName: 'mturk-requester',
  serviceId: 'MTurk',
  fullName: 'Amazon Mechanical Turk',
  shortName: 'Amazon MTurk',
})
