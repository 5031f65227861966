// The shapes of the worker site's JSON: members by name and type [websites 1.3].

/** The type of each member, as a program sees it. */
export function typesOf(object: unknown): unknown {
  if (object === null) return 'null'
  if (Array.isArray(object)) return object.map(typesOf)
  if (typeof object === 'string') return /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(object) ? 'time' : 'string'
  if (typeof object !== 'object') return typeof object
  return Object.fromEntries(Object.entries(object).map(([name, value]) => [name, typesOf(value)]))
}

const qualificationType = {
  qualification_type_id: 'string',
  name: 'string',
  description: 'string',
  keywords: 'string',
  visibility: 'boolean',
  has_test: 'boolean',
  is_requestable: 'boolean',
}

/** The types of a requirement's members, but of the values that it names; `value` are those of the worker's value. */
export const requirementTypes = (value: object) => ({
  qualification_type_id: 'string',
  comparator: 'string',
  caller_meets_requirement: 'boolean',
  caller_qualification_value: value,
  qualification_type: qualificationType,
  qualification_request_url: 'string',
  worker_action: 'string',
})

/** The types of the members that projects have in lists, previews and the queue. */
export const projectMembers = {
  hit_set_id: 'string',
  requester_id: 'string',
  requester_name: 'string',
  requester_url: 'string',
  title: 'string',
  description: 'string',
  assignment_duration_in_seconds: 'number',
  creation_time: 'time',
  last_updated_time: 'time',
  latest_expiration_time: 'time',
  assignable_hits_count: 'number',
  monetary_reward: { amount_in_dollars: 'number', currency_code: 'string' },
  caller_meets_requirements: 'boolean',
  caller_meets_preview_requirements: 'boolean',
}
