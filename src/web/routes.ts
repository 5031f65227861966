// Every route of the worker site, in one list, grouped by page [websites 1.2].
import type { Hono } from 'hono'
import { leadToSignIn } from './amazon-site.tsx'
import type { Visits } from './visit.ts'
import {
  changeAddress,
  changePassword,
  confirmAddress,
  downloadData,
  saveAppearance,
  saveProfile,
  showAccount,
  showConfirmAddress,
} from './worker/account/account.tsx'
import { claimWorkerId, showClaim } from './worker/account/claim.tsx'
import { closeAccount, showCloseAccount } from './worker/account/close-account.tsx'
import { agreeToTerms } from './worker/account/enter.tsx'
import { showFront } from './worker/account/front.tsx'
import {
  requestPasswordReset,
  saveNewPassword,
  showNewPassword,
  showPasswordReset,
} from './worker/account/password-reset.tsx'
import { showReading, showTerms } from './worker/account/reading.tsx'
import { followSignInLink, takeSignInLink } from './worker/account/sign-in-link.tsx'
import { showSignIn, signIn } from './worker/account/sign-in.tsx'
import { signOut } from './worker/account/sign-out.ts'
import {
  confirmAccount,
  showConfirmSignUp,
  showMailSent,
  showSignUp,
  signUp,
} from './worker/account/sign-up.tsx'
import { acceptHIT, acceptOnGet } from './worker/hits/accept.tsx'
import { listHITs } from './worker/hits/hits.tsx'
import { oldPreviewLink, previewHIT } from './worker/hits/preview.tsx'
import { listRequesterHITs } from './worker/hits/requester.tsx'
import { changeFavourite, setFavouriteAlerts, showFavourites } from './worker/kept/favourites.tsx'
import { saveSearch, showNewSearch } from './worker/kept/searches-new.tsx'
import { showStopAlerts, stopAlerts } from './worker/kept/searches-stop.tsx'
import { deleteSearch, renameSearch, setSearchAlert, showSearches } from './worker/kept/searches.tsx'
import {
  contactForm,
  sendAboutAssignment,
  sendAboutGroup,
  writeAboutAssignment,
  writeAboutGroup,
} from './worker/messages/contact.tsx'
import { showMessages } from './worker/messages/messages.tsx'
import { askForPayout, cancelPayout, setSchedule, showEarnings } from './worker/money/earnings.tsx'
import { setMethod, showMethod } from './worker/money/payout-method.tsx'
import { showTest, submitTest, testForm } from './worker/qualifications/qualification-test.tsx'
import {
  requestQualification,
  showQualification,
  showRequest,
} from './worker/qualifications/qualification.tsx'
import { listAssigned, listPending, searchTypes } from './worker/qualifications/qualifications.tsx'
import { listWorkedGroups } from './worker/record/batches.tsx'
import { showDashboard } from './worker/record/dashboard.tsx'
import { showDay } from './worker/record/day.tsx'
import { exportHistory } from './worker/record/history-export.ts'
import { showHistory } from './worker/record/history.tsx'
import { saveEdit, showEdit } from './worker/work/edit.tsx'
import { showQueue } from './worker/work/queue.tsx'
import { submitForm } from './worker/work/submit-form.tsx'
import { returnHIT, showWork } from './worker/work/work.tsx'

/** Adds them all. */
export function addWorkerPages(app: Hono, visits: Visits): void {
  const areas = [entry, reading, account, finding, doing, record, money, kept, qualifications, messages]
  for (const add of areas) add(app, visits)
}

/** The front page, signing in and out, and opening an account. */
function entry(app: Hono, { anybody, anyAction, workerOr, action }: Visits): void {
  app.get('/', workerOr(listHITs, showFront))
  app.get(
    '/ap/signin',
    anybody((visit) => leadToSignIn(visit) ?? showSignIn(visit)),
  )
  app.post('/ap/signin', anybody(signIn))
  app.post('/sign-out', action(signOut))
  app.get('/sign-in/:token', anybody(followSignInLink))
  app.post('/sign-in/:token', anyAction(takeSignInLink))

  app.get('/sign-up', anybody(showSignUp))
  app.post('/sign-up', anyAction(signUp))
  app.get('/sign-up/:invitation', anybody(showSignUp))
  app.get('/sign-up/confirm/:token', anybody(showConfirmSignUp))
  app.post('/sign-up/confirm/:token', anyAction(confirmAccount))
  app.get('/mail-sent', anybody(showMailSent))
  app.get('/password-reset', anybody(showPasswordReset))
  app.post('/password-reset', anyAction(requestPasswordReset))
  app.get('/password-reset/:token', anybody(showNewPassword))
  app.post('/password-reset/:token', anyAction(saveNewPassword))
}

/** Pages for reading. */
function reading(app: Hono, { anybody, anyAction }: Visits): void {
  app.get('/help', anybody(showReading('help')))
  app.get('/worker_requirements', anybody(showReading('requirements')))
  app.get('/privacy', anybody(showReading('privacy')))
  app.get('/terms', anybody(showTerms))
  app.post('/terms', anyAction(agreeToTerms))
}

/** The worker's own account. */
function account(app: Hono, { anybody, anyAction, worker, action }: Visits): void {
  app.get('/account', worker(showAccount))
  app.post('/account/profile', action(saveProfile))
  app.post('/account/appearance', action(saveAppearance))
  app.post('/account/password', action(changePassword))
  app.post('/account/email', action(changeAddress))
  app.get('/account/email/:token', anybody(showConfirmAddress))
  app.post('/account/email/:token', anyAction(confirmAddress))
  app.get('/account/data', worker(downloadData))
  app.get('/account/claim', worker(showClaim))
  app.post('/account/claim', action(claimWorkerId))
  app.get('/account/close', worker(showCloseAccount))
  app.post('/account/close', action(closeAccount))
}

/** Finding HITs, and accepting them [websites 1.3 to 1.5]. */
function finding(app: Hono, { worker, action }: Visits): void {
  app.get('/projects', worker(listHITs))
  app.get('/requesters/:id/projects', worker(listRequesterHITs))
  app.get('/projects/:gid/tasks', worker(previewHIT))
  app.get('/mturk/preview', worker(oldPreviewLink))
  app.get('/projects/:gid/tasks/accept_random', worker(acceptOnGet))
  app.post('/projects/:gid/tasks/accept_random', action(acceptHIT))
}

/** Doing HITs [websites 1.6, 1.7]. */
function doing(app: Hono, { anybody, worker, action }: Visits): void {
  app.get('/projects/:gid/tasks/:task', worker(showWork))
  app.post('/projects/:gid/tasks/:task', action(returnHIT))
  app.post('/projects/:gid/tasks/:task/submit', anybody(submitForm))
  app.get('/projects/:gid/tasks/:task/edit', worker(showEdit))
  app.post('/projects/:gid/tasks/:task/edit', anybody(saveEdit))
  app.get('/tasks', worker(showQueue))
}

/** What a worker did [websites 1.8, 1.9]. */
function record(app: Hono, { worker }: Visits): void {
  app.get('/dashboard', worker(showDashboard))
  app.get('/status_details/:date', worker(showDay))
  app.get('/history', worker(showHistory))
  app.get('/history/export', worker(exportHistory))
  app.get('/history/groups', worker(listWorkedGroups))
}

/** Earnings and payouts [websites 1.10]. */
function money(app: Hono, { worker, action }: Visits): void {
  app.get('/earnings', worker(showEarnings))
  app.post('/earnings/payouts', action(askForPayout))
  app.post('/earnings/payouts/:id/cancel', action(cancelPayout))
  app.post('/earnings/schedule', action(setSchedule))
  app.get('/earnings/method', worker(showMethod))
  app.post('/earnings/method', action(setMethod))
}

/** Favourites, saved searches and their alerts. */
function kept(app: Hono, { anybody, anyAction, worker, action }: Visits): void {
  app.get('/favourites', worker(showFavourites))
  app.post('/favourites', action(changeFavourite))
  app.post('/favourites/alerts', action(setFavouriteAlerts))
  app.get('/searches', worker(showSearches))
  app.post('/searches', action(saveSearch))
  app.get('/searches/new', worker(showNewSearch))
  app.post('/searches/:id/name', action(renameSearch))
  app.post('/searches/:id/alerts', action(setSearchAlert))
  app.post('/searches/:id/delete', action(deleteSearch))
  app.get('/alerts/off/:worker/:token', anybody(showStopAlerts))
  app.post('/alerts/off/:worker/:token', anyAction(stopAlerts))
}

/** Qualifications [websites 1.11]. */
function qualifications(app: Hono, { worker, action, longAction }: Visits): void {
  app.get('/qualifications', worker(searchTypes))
  app.get('/qualifications/assigned', worker(listAssigned))
  app.get('/qualifications/pending', worker(listPending))
  app.get('/qualifications/:id', worker(showQualification))
  app.get('/qualifications/:id/request', worker(showRequest))
  app.post('/qualifications/:id/request', action(requestQualification))
  app.get('/qualifications/:id/test', worker(showTest))
  app.post('/qualifications/:id/test', longAction(submitTest, testForm))
}

/** Messages, and writing to requesters [websites 1.12]. */
function messages(app: Hono, { worker, longAction }: Visits): void {
  app.get('/messages', worker(showMessages))
  app.get('/contact_requester/hit_type_messages/new', worker(writeAboutGroup))
  app.post('/contact_requester/hit_type_messages/new', longAction(sendAboutGroup, contactForm))
  app.get('/contact_requester/assignment_messages/new', worker(writeAboutAssignment))
  app.post('/contact_requester/assignment_messages/new', longAction(sendAboutAssignment, contactForm))
}
