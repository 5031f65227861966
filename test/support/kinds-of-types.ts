// A qualification type of each kind that a call may name by mistake.
import { aType } from './qualification-members.ts'
import { sampleKey, sampleTest } from './qualifications.ts'
import type { WireServer } from './wire-server.ts'

/** The types that the tests name, by what they are. */
export type Types = Record<
  'active' | 'inactive' | 'tested' | 'automatic' | 'waiting' | 'gone' | 'foreign',
  string
>

/** A test with its time. */
export const timed = { Test: sampleTest, TestDurationInSeconds: 600 }

/** A laboratory with a type of each kind; each has the name of its kind. */
export async function makeTypes({ journey }: WireServer) {
  const [lab, stranger] = [await journey.laboratory(), await journey.laboratory()]
  const make = async (Name: string, changes: object = {}, owner = lab) =>
    (await owner.call('CreateQualificationType', aType({ Name, ...changes }))).QualificationType!
      .QualificationTypeId!
  const types: Types = {
    active: await make('active'),
    inactive: await make('inactive', { QualificationTypeStatus: 'Inactive' }),
    tested: await make('tested', { ...timed, AnswerKey: sampleKey }),
    automatic: await make('automatic', { AutoGranted: true }),
    waiting: await make('waiting'),
    gone: await make('gone'),
    foreign: await make('foreign', {}, stranger),
  }
  await lab.create({
    QualificationRequirements: [{ QualificationTypeId: types.waiting, Comparator: 'Exists' }],
  })
  for (const QualificationTypeId of [types.waiting, types.gone])
    await lab.call('DeleteQualificationType', { QualificationTypeId })
  return { lab, types, worker: await journey.worker() }
}
