// The members of JSON by name and kind, as tables of the specification have them.

/** Kinds by member name: `string`, `number`, `boolean`, `object`, `array`, `time`, `path`, `null`, or several with `|`. */
export type Shape = Record<string, string>

/** What is missing, of another kind, or too much; one line each. */
export function faultsOf(value: unknown, shape: Shape): string[] {
  if (kindsOf(value).includes('object')) {
    const given = value as Record<string, unknown>
    const wrong = Object.entries(shape).flatMap(([name, kinds]) => {
      const is = name in given ? kindsOf(given[name]) : ['missing']
      return kinds.split('|').some((kind) => is.includes(kind))
        ? []
        : [`${name} is ${is.join(' or ')}, not ${kinds}`]
    })
    const surplus = Object.keys(given).filter((name) => !(name in shape))
    return [...wrong, ...surplus.map((name) => `${name} is not known`)]
  }
  return [`${JSON.stringify(value)} is no object`]
}

function kindsOf(value: unknown): string[] {
  if (value === null) return ['null']
  if (Array.isArray(value)) return ['array']
  if (typeof value !== 'string') return [typeof value]
  return [
    'string',
    ...(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,3})?Z$/.test(value) ? ['time'] : []),
    ...(value.startsWith('/') && !value.startsWith('//') ? ['path'] : []),
  ]
}

export const moneyShape: Shape = { amount_in_dollars: 'number', currency_code: 'string' }

const project: Shape = {
  hit_set_id: 'string',
  requester_id: 'string',
  requester_name: 'string',
  requester_url: 'path',
  title: 'string',
  description: 'string',
  assignment_duration_in_seconds: 'number',
  creation_time: 'time',
  last_updated_time: 'time',
  latest_expiration_time: 'time',
  assignable_hits_count: 'number',
  monetary_reward: 'object',
  caller_meets_requirements: 'boolean',
  caller_meets_preview_requirements: 'boolean',
}

/** A project in a list [websites 1.3]. */
export const listedProject: Shape = {
  ...project,
  accept_project_task_url: 'path',
  project_tasks_url: 'path',
  project_requirements: 'array',
  requesterInfo: 'object',
}

/** A project in a preview or the queue [websites 1.4, 1.7]. */
export const taskProject: Shape = { ...project, hit_requirements: 'array' }

/** A requirement [websites 1.3]. */
export const requirement: Shape = {
  qualification_type_id: 'string',
  comparator: 'string',
  qualification_values: 'array',
  caller_meets_requirement: 'boolean|null',
  caller_qualification_value: 'object',
  qualification_type: 'object',
  qualification_request_url: 'path',
  worker_action: 'string',
}

export const requirementType: Shape = {
  qualification_type_id: 'string',
  name: 'string',
  description: 'string',
  keywords: 'string',
  visibility: 'boolean',
  has_test: 'boolean',
  is_requestable: 'boolean',
}

/** An accepted HIT [websites 1.7]. */
export const queuedTask: Shape = {
  task_id: 'string',
  assignment_id: 'string',
  accepted_at: 'time',
  deadline: 'time',
  time_to_deadline_in_seconds: 'number',
  state: 'string',
  question: 'object',
  project: 'object',
  task_url: 'path',
  expired_task_action_url: 'path',
}

/** Page of a list [websites 1.3, 1.9]. */
export const pageShape: Shape = {
  results: 'array',
  page_number: 'number',
  num_results: 'number',
  total_num_results: 'number',
}
