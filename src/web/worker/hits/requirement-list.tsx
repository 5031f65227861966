// What a group asks of its workers, with the worker's own values beside it [websites 1.3].
import type { JudgedRequirement } from '../../../operations/worker/groups/group-view.ts'
import { withReturn } from '../../local-path.ts'
import type { Texts } from '../../messages/en.ts'
import { count } from '../../ui/format.ts'
import { localeText } from './project-json.ts'

interface RequirementListProps {
  texts: Texts
  requirements: readonly JudgedRequirement[]
  /** Where the worker goes on after he has asked for a qualification. */
  returnTo: string
}

/** The requirements of a group. */
export function RequirementList({ texts, requirements, returnTo }: RequirementListProps) {
  const { hits } = texts
  if (requirements.length === 0) return <p>{hits.noRequirements}</p>
  return (
    <ul class="requirements">
      {requirements.map((judged) => (
        <li class={judged.isMet ? 'met' : 'not-met'}>
          <span class="requirement-name">
            {judged.type.name} {requirementText(texts, judged)}
          </span>
          <span class="soft">
            {hits.yours}: {valueText(texts, judged)}
          </span>
          <span class="requirement-state">{judged.isMet ? hits.met : hits.notMet}</span>
          {!judged.isMet && judged.type.isRequestable && (
            <a href={requestAddress(judged, returnTo)}>{hits.request(judged.type.name)}</a>
          )}
        </li>
      ))}
    </ul>
  )
}

/** The first requirement that the worker does not meet and can ask for. */
export function firstMissing(requirements: readonly JudgedRequirement[]): JudgedRequirement | undefined {
  return requirements.find(({ isMet, type: { isRequestable } }) => !isMet && isRequestable)
}

/** The page on which the worker asks for a qualification. */
export function requestAddress({ requirement }: JudgedRequirement, returnTo: string): string {
  return withReturn(`/qualifications/${requirement.qualificationTypeId}/request`, returnTo)
}

function requirementText({ comparators }: Texts, { requirement }: JudgedRequirement): string {
  const { integerValues = [], localeValues = [] } = requirement
  const values = [...integerValues.map(count), ...localeValues.map(localeText)]
  return comparators[requirement.comparator](values.join(', '))
}

function valueText({ hits }: Texts, { requirement, value }: JudgedRequirement): string {
  if (value === undefined) return hits.noValue
  if (typeof value === 'object') return value.country === '' ? hits.noValue : localeText(value)
  const { comparator } = requirement
  return comparator === 'Exists' || comparator === 'DoesNotExist' ? hits.has : count(value)
}
