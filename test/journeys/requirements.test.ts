// Who may find, look at and accept work: every comparator at every level that guards, before a grant, from its moment
// on, when the value changes and when it is taken away. The requester is an unmodified client; the worker looks at the
// pages of the site, and accepts there and through the control API [qualifications 4].
import { expect, test } from 'vitest'
import { onBothServers, type Laboratory } from '../support/journey.ts'
import { createViewer, type Requirement } from '../support/viewer.ts'

/** What says which actions a requirement guards, and what is left to one who does not meet it: d, p, a. */
const guards: [string, Partial<Requirement>, string][] = [
  ['nothing said', {}, 'dp-'],
  ['Accept', { ActionsGuarded: 'Accept' }, 'dp-'],
  ['PreviewAndAccept', { ActionsGuarded: 'PreviewAndAccept' }, 'd--'],
  ['DiscoverPreviewAndAccept', { ActionsGuarded: 'DiscoverPreviewAndAccept' }, '---'],
  ['the old RequiredToPreview', { RequiredToPreview: true }, 'd--'],
  ['RequiredToPreview false', { RequiredToPreview: false }, 'dp-'],
  // Of both the newer one counts.
  ['Accept beside RequiredToPreview', { ActionsGuarded: 'Accept', RequiredToPreview: true }, 'dp-'],
  ['PreviewAndAccept beside false', { ActionsGuarded: 'PreviewAndAccept', RequiredToPreview: false }, 'd--'],
  [
    'Discover… beside RequiredToPreview',
    { ActionsGuarded: 'DiscoverPreviewAndAccept', RequiredToPreview: true },
    '---',
  ],
  ['Discover… beside false', { ActionsGuarded: 'DiscoverPreviewAndAccept', RequiredToPreview: false }, '---'],
]

/** The levels of the table of comparators: the three of today, and the old one. */
const levels = guards.filter(([name]) => /^\w*Accept$|^the old/.test(name))

const never = 'never granted'
const revoked = 'revoked'
/** What happens to a worker, one after the other. */
const course: (number | typeof never | typeof revoked)[] = [never, 4, 5, 6, revoked, -5, 5, revoked]

/** Each comparator with its values, and whether it is met after each step of the course. */
const comparators: [Requirement['Comparator'], number[] | undefined, string][] = [
  ['Exists', undefined, 'n yyy n yy n'],
  ['Exists', [], 'n yyy n yy n'],
  ['DoesNotExist', undefined, 'y nnn y nn y'],
  ['EqualTo', [5], 'n nyn n ny n'],
  ['EqualTo', [-5], 'n nnn n yn n'],
  ['NotEqualTo', [5], 'n yny n yn n'],
  ['LessThan', [5], 'n ynn n yn n'],
  ['LessThanOrEqualTo', [5], 'n yyn n yy n'],
  ['GreaterThan', [5], 'n nny n nn n'],
  ['GreaterThanOrEqualTo', [5], 'n nyy n ny n'],
  ['In', [3, 5, 6], 'n nyy n ny n'],
  ['In', [-5], 'n nnn n yn n'],
  ['NotIn', [3, 5, 6], 'n ynn n yn n'],
]

const places = [{}, { country: 'US' }, { country: 'US', subdivision: 'PA' }, { country: 'GB' }]
const locale = '00000000000000000071'
const list = (...names: string[]) =>
  names.map((name) => {
    const [Country = '', Subdivision] = name.split('/')
    return Subdivision === undefined ? { Country } : { Country, Subdivision }
  })

/** A worker moves through the places; whether each requirement is met there. */
const localeRows: [Requirement['Comparator'], ReturnType<typeof list> | undefined, string][] = [
  ['Exists', undefined, 'yyyy'],
  ['DoesNotExist', undefined, 'nnnn'],
  ['EqualTo', list('US'), 'nyyn'],
  ['EqualTo', list('US/PA'), 'nnyn'],
  ['NotEqualTo', list('US'), 'nnny'],
  ['NotEqualTo', list('US/PA'), 'nyny'],
  ['In', list('US/PA', 'GB'), 'nnyy'],
  ['In', list('US', 'IN', 'US/PA'), 'nyyn'],
  ['NotIn', list('US/PA', 'GB'), 'nynn'],
  ['NotIn', list('US/CA', 'IN'), 'nyyy'],
]

const shown = (met: boolean, left: string) => (met ? 'dpa' : left)

async function makeType(laboratory: Laboratory, Name: string): Promise<string> {
  const { QualificationType } = await laboratory.call('CreateQualificationType', {
    Name,
    Description: 'Tells birds by their song.',
    QualificationTypeStatus: 'Active',
  })
  return QualificationType!.QualificationTypeId!
}

onBothServers('requirements', (journey) => {
  const grant = (laboratory: Laboratory, QualificationTypeId: string, WorkerId: string, IntegerValue = 1) =>
    laboratory.call('AssociateQualificationWithWorker', {
      QualificationTypeId,
      WorkerId,
      IntegerValue,
      SendNotification: false,
    })
  const revoke = (laboratory: Laboratory, QualificationTypeId: string, WorkerId: string) =>
    laboratory.call('DisassociateQualificationFromWorker', { QualificationTypeId, WorkerId })
  /** A HIT of the requirement, in a group that no other has. */
  const demand = (laboratory: Laboratory, Title: string, ...demanded: Requirement[]) =>
    laboratory.create({ Title, QualificationRequirements: demanded })

  test.each(comparators)(
    '%s %j is judged by what the worker has now: %s [qualifications 4.2, 4.4, 4.6]',
    async (Comparator, values, wanted) => {
      const laboratory = await journey().laboratory()
      const QualificationTypeId = await makeType(laboratory, 'Knows birds')
      const viewer = await createViewer(journey())
      const requirement: Requirement = {
        QualificationTypeId,
        Comparator,
        ...(values !== undefined && { IntegerValues: values }),
      }
      const hits = []
      for (const [name, level] of levels)
        hits.push(await demand(laboratory, name, { ...requirement, ...level }))
      const answers = wanted.replaceAll(' ', '').split('')
      expect(answers).toHaveLength(course.length)
      for (const [index, step] of course.entries()) {
        if (step === revoked) await revoke(laboratory, QualificationTypeId, viewer.workerId)
        else if (step !== never) await grant(laboratory, QualificationTypeId, viewer.workerId, step)
        expect(await viewer.mayDo(hits), `after ${index} ${step}`).toEqual(
          levels.map(([, , left]) => shown(answers[index] === 'y', left)),
        )
      }
    },
  )

  test('every way to say what is guarded, before the grant and after it [qualifications 4.4]', async () => {
    const laboratory = await journey().laboratory()
    const QualificationTypeId = await makeType(laboratory, 'Knows birds')
    const viewer = await createViewer(journey())
    const hits = []
    for (const [name, level] of guards)
      hits.push(await demand(laboratory, name, { QualificationTypeId, Comparator: 'Exists', ...level }))
    expect(await viewer.mayDo(hits)).toEqual(guards.map(([, , left]) => left))
    for (const hit of hits) expect(await viewer.acceptOnPage(hit)).toBe('refused')
    await grant(laboratory, QualificationTypeId, viewer.workerId)
    expect(await viewer.mayDo(hits)).toEqual(guards.map(() => 'dpa'))
    for (const hit of hits) expect(await viewer.acceptOnPage(hit)).toBe('accepted')
  })

  test('of several requirements each guards what it names; a range is two of one type [qualifications 4.1, 4.4]', async () => {
    const laboratory = await journey().laboratory()
    const [birds, fish] = [await makeType(laboratory, 'Birds'), await makeType(laboratory, 'Fish')]
    const { workerId, ...viewer } = await createViewer(journey())
    const bird = { QualificationTypeId: birds, Comparator: 'Exists' } as const
    const mixed = await demand(
      laboratory,
      'mixed',
      { ...bird, ActionsGuarded: 'DiscoverPreviewAndAccept' },
      { QualificationTypeId: fish, Comparator: 'Exists', ActionsGuarded: 'PreviewAndAccept' },
    )
    const range = await demand(
      laboratory,
      'range',
      { QualificationTypeId: birds, Comparator: 'GreaterThan', IntegerValues: [2] },
      { QualificationTypeId: birds, Comparator: 'LessThan', IntegerValues: [5] },
    )
    const ask = () => viewer.mayDo([mixed, range])
    expect(await ask()).toEqual(['---', 'dp-'])
    await grant(laboratory, fish, workerId)
    expect(await ask()).toEqual(['---', 'dp-'])
    await grant(laboratory, birds, workerId, 3)
    expect(await ask()).toEqual(['dpa', 'dpa'])
    await revoke(laboratory, fish, workerId)
    expect(await ask()).toEqual(['d--', 'dpa'])
    await grant(laboratory, birds, workerId, 5)
    expect(await ask()).toEqual(['d--', 'dp-'])
  })

  test('ten requirements must all be met [qualifications 4.1]', async () => {
    const laboratory = await journey().laboratory()
    const viewer = await createViewer(journey())
    const types: string[] = []
    for (let index = 0; index < 10; index++) types.push(await makeType(laboratory, `Type ${index}`))
    const hit = await demand(
      laboratory,
      'ten',
      ...types.map((QualificationTypeId) => ({ QualificationTypeId, Comparator: 'Exists' }) as const),
    )
    for (const type of types) {
      expect(await viewer.mayDo([hit])).toEqual(['dp-'])
      await grant(laboratory, type, viewer.workerId)
    }
    expect(await viewer.mayDo([hit])).toEqual(['dpa'])
  })

  test.each(localeRows)(
    'a place %s %j, for nowhere, US, US/PA and GB: %s [qualifications 4.2, 4.3, 5]',
    async (Comparator, values, wanted) => {
      const laboratory = await journey().laboratory()
      const viewer = await createViewer(journey())
      const requirement: Requirement = {
        QualificationTypeId: locale,
        Comparator,
        ...(values !== undefined && { LocaleValues: values }),
      }
      const hits = []
      for (const [name, level] of levels)
        hits.push(await demand(laboratory, name, { ...requirement, ...level }))
      for (const [index, place] of places.entries()) {
        if ('country' in place) await viewer.change(place)
        expect(await viewer.mayDo(hits), JSON.stringify(place)).toEqual(
          levels.map(([, , left]) => shown(wanted[index] === 'y', left)),
        )
      }
    },
  )

  test('another requester’s type, and one that became inactive, are judged alike [qualifications 2.1, 4.5]', async () => {
    const [owner, other] = [await journey().laboratory(), await journey().laboratory()]
    const QualificationTypeId = await makeType(owner, 'Knows birds')
    const viewer = await createViewer(journey())
    const hit = await demand(other, 'foreign', {
      QualificationTypeId,
      Comparator: 'Exists',
      ActionsGuarded: 'DiscoverPreviewAndAccept',
    })
    await owner.call('UpdateQualificationType', { QualificationTypeId, QualificationTypeStatus: 'Inactive' })
    expect(await viewer.mayDo([hit])).toEqual(['---'])
    await grant(owner, QualificationTypeId, viewer.workerId)
    expect(await viewer.mayDo([hit])).toEqual(['dpa'])
  })

  test('a HIT of another type has the requirements of that one [qualifications 4.6]', async () => {
    const laboratory = await journey().laboratory()
    const QualificationTypeId = await makeType(laboratory, 'Knows birds')
    const viewer = await createViewer(journey())
    const { HITId } = await demand(laboratory, 'guarded', {
      QualificationTypeId,
      Comparator: 'Exists',
      ActionsGuarded: 'DiscoverPreviewAndAccept',
    })
    const free = await demand(laboratory, 'free')
    expect(await viewer.mayDo([await laboratory.hit(HITId)])).toEqual(['---'])
    await laboratory.call('UpdateHITTypeOfHIT', { HITId, HITTypeId: free.HITTypeId })
    expect(await viewer.mayDo([await laboratory.hit(HITId)])).toEqual(['dpa'])
  })
})
