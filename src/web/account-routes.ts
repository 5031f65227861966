// The routes of pages about accounts: opening one, coming back to it, looking after it, and the pages for reading.
import type { Hono } from 'hono'
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
} from './worker/account.tsx'
import { closeAccount, showCloseAccount } from './worker/close-account.tsx'
import { agreeToTerms } from './worker/enter.tsx'
import { showMessages } from './worker/messages.tsx'
import {
  requestPasswordReset,
  saveNewPassword,
  showNewPassword,
  showPasswordReset,
} from './worker/password-reset.tsx'
import { showReading, showTerms } from './worker/reading.tsx'
import { confirmAccount, showConfirmSignUp, showMailSent, showSignUp, signUp } from './worker/sign-up.tsx'

/** Adds them. */
export function addAccountPages(app: Hono, { anybody, anyAction, worker, action }: Visits): void {
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

  app.get('/account', worker(showAccount))
  app.post('/account/profile', action(saveProfile))
  app.post('/account/appearance', action(saveAppearance))
  app.post('/account/password', action(changePassword))
  app.post('/account/email', action(changeAddress))
  app.get('/account/email/:token', anybody(showConfirmAddress))
  app.post('/account/email/:token', anyAction(confirmAddress))
  app.get('/account/data', worker(downloadData))
  app.get('/account/close', worker(showCloseAccount))
  app.post('/account/close', action(closeAccount))
  app.get('/messages', worker(showMessages))

  app.get('/help', anybody(showReading('help')))
  app.get('/worker_requirements', anybody(showReading('requirements')))
  app.get('/privacy', anybody(showReading('privacy')))
  app.get('/terms', anybody(showTerms))
  app.post('/terms', anyAction(agreeToTerms))
}
