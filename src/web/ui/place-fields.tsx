// Where a worker lives: the country, and in the United States the state [qualifications 4.3].
import { countryCodes, states } from '../../domain/account.ts'
import type { Texts } from '../messages/en.ts'
import { SelectField } from './fields.tsx'

const names = new Intl.DisplayNames('en-US', { type: 'region' })

/** The name of a country. */
export function countryName(code: string): string {
  return names.of(code) ?? code
}

/** The name of a place: `Pennsylvania, United States`. */
export function placeName({
  country,
  subdivision,
}: {
  country: string
  subdivision?: string | undefined
}): string {
  const state = subdivision === undefined ? undefined : (states[subdivision] ?? subdivision)
  return state === undefined ? countryName(country) : `${state}, ${countryName(country)}`
}

const countries = countryCodes
  .map((code) => [code, countryName(code)] as const)
  .toSorted(([, one], [, other]) => one.localeCompare(other, 'en'))

/** The two fields. */
export function PlaceFields({
  texts,
  country,
  state,
  error,
  required,
}: {
  texts: Texts
  country: string
  state: string
  error?: string | undefined
  required: boolean
}) {
  const { fields } = texts
  return (
    <>
      <SelectField
        name="country"
        label={fields.country}
        hint={fields.countryHint}
        error={error}
        value={country}
        options={[['', fields.choose], ...countries]}
        autocomplete="country"
        required={required}
      />
      <SelectField
        name="state"
        label={fields.state}
        hint={fields.stateHint}
        value={state}
        options={[['', fields.noState], ...Object.entries(states)]}
        autocomplete="address-level1"
      />
    </>
  )
}
