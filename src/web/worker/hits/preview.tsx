// A HIT of a group before it is accepted [websites 1.4].
import { isFault, type Fault } from '../../../domain/fault.ts'
import { FindGroups } from '../../../operations/worker/FindGroups.ts'
import type { GroupForWorker } from '../../../operations/worker/groups/group-view.ts'
import { PreviewHIT, type Preview } from '../../../operations/worker/PreviewHIT.ts'
import { answerJSON, wantsJSON } from '../../json.ts'
import { faultText, noticeOf, refusalText } from '../../messages/faults.ts'
import { Banner } from '../../ui/banner.tsx'
import { faultPage } from '../../ui/error-page.tsx'
import { count, span } from '../../ui/format.ts'
import { renderPage } from '../../ui/layout.tsx'
import { ProjectBar } from '../../ui/task-frame.tsx'
import { panelNeeds, previewPanelOf, TaskPanel } from '../../ui/task-panel.tsx'
import type { WorkerVisit } from '../../visit.ts'
import { AcceptForm } from './accept-form.tsx'
import { HourlyPay, recordText } from './group-facts.tsx'
import { previewJSON } from './preview-json.ts'
import { firstMissing, RequirementList, requestAddress } from './requirement-list.tsx'

/** `GET /projects/{gid}/tasks`; the id of a HIT type does as well. `?skip=` names the HIT that was shown before. */
export async function previewHIT(visit: WorkerVisit): Promise<Response> {
  const { c, market, texts, caller } = visit
  const groupId = c.req.param('gid') ?? ''
  const preview = await market.runner.run(PreviewHIT, caller, { groupId, skipped: c.req.query('skip') })
  if (isFault(preview)) return refuse(visit, preview)
  const { type, refusal } = preview
  const found = await market.runner.run(FindGroups, caller, { groupIds: [type.groupId] })
  if (isFault(found)) return refuse(visit, found)
  const [group] = found
  if (group === undefined) return refuse(visit, { fault: 'GroupDoesNotExist' })
  if (wantsJSON(c)) return answerJSON(c, await previewJSON(visit, preview, group))
  const panel = await previewPanelOf(visit, preview)
  return renderPage(
    visit,
    { title: type.title, current: '/projects', wide: true, ...panelNeeds(panel) },
    <>
      <ProjectBar texts={texts} type={type} requesterName={preview.requesterName}>
        <Actions visit={visit} preview={preview} group={group} />
      </ProjectBar>
      {refusal ? (
        <Banner kind="danger" heading={faultText(texts, refusal)} text={refusalText(texts, refusal)} />
      ) : (
        <p class="preview-note">
          <strong>{texts.preview.note}</strong> {texts.preview.noteText}
        </p>
      )}
      <Facts visit={visit} group={group} />
      <TaskPanel visit={visit} panel={panel} />
    </>,
  )
}

/** A preview that is not for this worker leads to the list, whose banner says why. */
function refuse(visit: WorkerVisit, fault: Fault): Response {
  const { c, texts } = visit
  const notice = noticeOf(texts, fault)
  if (notice === undefined) return faultPage(visit, fault)
  if (wantsJSON(c)) return answerJSON(c, { message: faultText(texts, fault) }, 422)
  return c.redirect(`/projects?notice=${notice}`)
}

interface PartProps {
  visit: WorkerVisit
  preview: Preview
  group: GroupForWorker
}

function Actions({ visit, preview: { type, hit, refusal }, group }: PartProps) {
  const { preview, hits } = visit.texts
  const here = `/projects/${type.groupId}/tasks`
  const missing = firstMissing(group.requirements)
  return (
    <div class="actions">
      {refusal === undefined && <AcceptForm visit={visit} groupId={type.groupId} />}
      {refusal !== undefined && missing && (
        <a class="button" href={requestAddress(missing, here)}>
          {hits.qualify}
        </a>
      )}
      {group.figures.assignable > 1 && (
        <a class="button" href={`${here}?skip=${hit.id}`}>
          {preview.skip}
        </a>
      )}
      <a class="button" href="/projects">
        {preview.back}
      </a>
    </div>
  )
}

/** What the worker should know before he accepts: the pay, the requester, the time, what is asked of him. */
function Facts({ visit, group }: Omit<PartProps, 'preview'>) {
  const { texts } = visit
  const { hits, preview } = texts
  const { type, figures, requirements, refusal } = group
  return (
    <section class="card preview-facts" aria-label={preview.facts}>
      <div class="pay">
        <HourlyPay texts={texts} group={group} />
      </div>
      <div>
        <p>{type.description}</p>
        <p class="soft">
          <bdi>{group.requesterName}</bdi>: {recordText(texts, group)}
        </p>
      </div>
      <dl class="facts row">
        <div>
          <dt>{hits.timeAllotted}</dt>
          <dd>{span(type.duration)}</dd>
        </div>
        <div>
          <dt>{hits.available}</dt>
          <dd>{count(figures.assignable)}</dd>
        </div>
      </dl>
      {requirements.length > 0 && (
        <details class="group-requirements" open={refusal?.fault === 'QualificationsNotMet'}>
          <summary>{hits.requirements}</summary>
          <RequirementList
            texts={texts}
            requirements={requirements}
            returnTo={`/projects/${type.groupId}/tasks`}
          />
        </details>
      )}
    </section>
  )
}

/** `GET /mturk/preview?groupId=`: the address that requesters' programs print [websites 1.2]. */
export function oldPreviewLink({ c }: WorkerVisit): Response {
  const groupId = c.req.query('groupId') ?? ''
  const known = /^[A-Za-z0-9]{1,64}$/.test(groupId)
  return c.redirect(known ? `/projects/${groupId}/tasks` : '/projects?notice=GroupDoesNotExist')
}
