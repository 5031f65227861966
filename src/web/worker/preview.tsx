// A HIT of a group before it is accepted [websites 1.4].
import { isFault } from '../../domain/fault.ts'
import { PreviewHIT } from '../../operations/worker/PreviewHIT.ts'
import { faultText, noticeOf, refusalText } from '../messages/faults.ts'
import { previewFrameOf } from '../task/frame.ts'
import { Banner } from '../ui/banner.tsx'
import { faultPage } from '../ui/error-page.tsx'
import { span } from '../ui/format.ts'
import { renderPage } from '../ui/layout.tsx'
import { ProjectBar, TaskIframe } from '../ui/task-frame.tsx'
import type { WorkerVisit } from '../visit.ts'
import { AcceptForm } from './hits.tsx'

/** `GET /projects/{gid}/tasks`; the id of a HIT type does as well. */
export async function previewHIT(visit: WorkerVisit): Promise<Response> {
  const { c, market, texts } = visit
  const groupId = c.req.param('gid') ?? ''
  const preview = await market.runner.run(PreviewHIT, visit.caller, { groupId })
  if (isFault(preview)) {
    const notice = noticeOf(texts, preview)
    return notice === undefined ? faultPage(visit, preview) : c.redirect(`/projects?notice=${notice}`)
  }
  const { type, hit, question } = preview
  const frame = await previewFrameOf(question.text, hit.id, visit.publicURL)
  return renderPage(
    visit,
    { title: type.title, current: '/projects', taskFrame: true, wide: true },
    <>
      <ProjectBar texts={texts} type={type} requesterName={preview.requesterName}>
        <dl class="facts row">
          <div>
            <dt>{texts.hits.timeAllotted}</dt>
            <dd>{span(type.duration)}</dd>
          </div>
        </dl>
        <div class="actions">
          <a class="button" href="/projects">
            {texts.preview.back}
          </a>
          {preview.refusal === undefined && <AcceptForm visit={visit} groupId={type.groupId} />}
        </div>
      </ProjectBar>
      {preview.refusal && (
        <Banner
          kind="danger"
          heading={faultText(texts, preview.refusal)}
          text={refusalText(texts, preview.refusal)}
        />
      )}
      {preview.refusal === undefined && (
        <p class="preview-note">
          <strong>{texts.preview.note}</strong> {texts.preview.noteText}
        </p>
      )}
      <p class="description">{type.description}</p>
      <TaskIframe frame={frame} title={texts.preview.frame} preview />
    </>,
  )
}

/** `GET /mturk/preview?groupId=`: the address that requesters' programs print [websites 1.2]. */
export function oldPreviewLink({ c }: WorkerVisit): Response {
  const groupId = c.req.query('groupId') ?? ''
  const known = /^[A-Za-z0-9]{1,64}$/.test(groupId)
  return c.redirect(known ? `/projects/${groupId}/tasks` : '/projects?notice=GroupDoesNotExist')
}
