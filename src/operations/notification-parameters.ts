// How the API's NotificationSpecification becomes ours [notifications 1.1].
import type { NotificationSpecification } from '../domain/notification.ts'
import type * as model from '../model/shapes.ts'

/** The specification of a call. An event that is named twice is told once. */
export function readSpecification(given: model.NotificationSpecification): NotificationSpecification {
  return {
    destination: given.Destination,
    transport: given.Transport,
    version: given.Version,
    events: [...new Set(given.EventTypes)],
  }
}
