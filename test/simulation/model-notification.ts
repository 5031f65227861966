// What a requester wants to hear of, and the call by which he says so [notifications 2].
import { refused, type ModelMarket, type ModelRequester, type Prediction } from './model.ts'

export function updateSettings(
  market: ModelMarket,
  requester: ModelRequester,
  typeId: string,
  events: readonly string[] | undefined,
  active: boolean | undefined,
): Prediction {
  if (events === undefined && active === undefined) return refused('AWS.MissingParameters')
  if (events?.includes('Ping')) return refused('AWS.MechanicalTurk.InvalidParameterValue')
  const type = market.types.get(typeId)
  // A deleted type counts as well: it may still have HITs.
  if (type?.requesterId !== requester.id) return refused('AWS.MechanicalTurk.InvalidParameterValue')
  const before = type.subscription
  if (events === undefined && before === undefined) return refused('AWS.MissingParameters')
  const succeed = () => {
    type.subscription = {
      events: new Set(events ?? before?.events),
      isActive: active ?? before?.isActive ?? false,
    }
  }
  return { codes: [''], succeed }
}
