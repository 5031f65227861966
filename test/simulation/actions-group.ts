// What workers see of groups before they accept, what requesters want to hear of a type, and what policies report.
import assert from 'node:assert/strict'
import { isFault } from '../../src/domain/fault.ts'
import { PreviewHIT } from '../../src/operations/worker/PreviewHIT.ts'
import type { ReviewReport } from '../../src/model/shapes.ts'
import { everyGroup } from '../support/group-lists.ts'
import { aSpecification } from '../support/notifications.ts'
import type { Action } from './actions.ts'
import { updateSettings } from './model-notification.ts'
import { dependsOnCounters } from './model-requirement.ts'
import { groupsFor, preview } from './model-worker.ts'
import { call, outcome, step, type Requester, type World } from './world.ts'

const previewGroup: Action = ({ random, workers, model, market }) => {
  const worker = random.of(workers)
  const types = [...model.types.values()].filter(({ requirements }) => requirements.length > 0)
  if (types.length === 0) return undefined
  const type = random.of(random.once(4) ? types : types.slice(-12))
  const caller = { kind: 'worker', workerId: worker.id } as const
  return {
    isPunctual: dependsOnCounters(type.requirements),
    text: `${worker.id} previews ${type.id}`,
    prediction: preview(model, worker, type.id),
    perform: async () => outcome(await market.market.runner.run(PreviewHIT, caller, { groupId: type.id })),
  }
}

/** The list of groups of a worker. */
const listGroups: Action = ({ random, workers, model, market }) => {
  const worker = random.of(workers)
  const wanted = groupsFor(model, worker)
  const caller = { kind: 'worker', workerId: worker.id } as const
  const succeed = (shown: [string, string][]) =>
    assert.deepEqual(shown.sort(), [...wanted].sort(), `groups of ${worker.id}`)
  return {
    isPunctual: true,
    text: `${worker.id} lists groups`,
    prediction: { codes: [''], succeed },
    perform: async () => {
      const shown = await market.market.listGroups(caller, everyGroup)
      assert.ok(!isFault(shown))
      return {
        code: '',
        output: shown.groups.map((group) => [
          group.type.id,
          [group.discover, group.preview, group.accept].join(' '),
        ]),
      }
    },
  }
}

const settings: Action = ({ random, model }, requester) => {
  const types = [...(random.once(30) ? model.types : requester.model.types).values()]
  const typeId = types.length > 0 && !random.once(30) ? random.of(types).id : 'ABC'
  const all = aSpecification().EventTypes!
  const few = all.filter(() => random.once(2))
  const chosen = random.once(2) || few.length === 0 ? all : few
  const events = random.once(5) ? undefined : random.once(30) ? [...chosen, 'Ping'] : chosen
  const active = random.of([true, true, true, false, undefined])
  const input = {
    HITTypeId: typeId,
    Notification: events && { ...aSpecification(), EventTypes: events },
    Active: active,
  }
  const prediction = updateSettings(model, requester.model, typeId, events, active)
  return { ...step(requester, 'UpdateNotificationSettings', input, prediction), isPunctual: true }
}

/** A report as lines. */
function linesOf(report: ReviewReport | undefined) {
  return {
    results: (report?.ReviewResults ?? []).map(
      ({ SubjectId, QuestionId = '-', Key, Value }) => `${SubjectId} ${QuestionId} ${Key} ${Value}`,
    ),
    actions: (report?.ReviewActions ?? []).map(({ ActionName, TargetId, Status, ErrorCode }) =>
      [ActionName, TargetId, Status, ErrorCode].filter((one) => one !== undefined).join(' '),
    ),
  }
}

async function readReport(requester: Requester, HITId: string) {
  const lines = { Assignment: linesOf(undefined), HIT: linesOf(undefined) }
  for (let NextToken: string | undefined; ;) {
    const { code, output } = await call(requester, 'ListReviewPolicyResultsForHIT', { HITId, NextToken })
    if (code !== '') return { code, output }
    const page = output as Record<string, ReviewReport> & { NextToken?: string }
    for (const level of ['Assignment', 'HIT'] as const) {
      const { results, actions } = linesOf(page[`${level}ReviewReport`])
      lines[level].results.push(...results)
      lines[level].actions.push(...actions)
    }
    if (page.NextToken === undefined) return { code, output: lines }
    NextToken = page.NextToken
  }
}

const report: Action = ({ random, model }: World, requester) => {
  const reviewed = model
    .hitsOf(requester.model)
    .filter(({ policies, disposed }) => !disposed && (policies.known ?? policies.plurality) !== undefined)
  if (reviewed.length === 0) return undefined
  const worked = reviewed.filter(({ reports }) =>
    [reports.Assignment, reports.HIT].some(({ actions }) => actions.length > 0),
  )
  const hit = random.of(worked.length > 0 ? worked : reviewed)
  return {
    text: `${requester.model.id} ListReviewPolicyResultsForHIT ${hit.id}`,
    prediction: { codes: [''], succeed: (lines: object) => assert.deepEqual(lines, hit.reports) },
    perform: () => readReport(requester, hit.id),
  }
}

export const groupActions: [number, Action][] = [
  [3, previewGroup],
  [2, listGroups],
  [5, settings],
  [3, report],
]
