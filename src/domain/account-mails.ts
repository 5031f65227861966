// What people are mailed about their own accounts: pure texts, in English, as the worker site's own. Whether an
// address has an account is told here and on no page.
import type { MessageText } from './worker-messages.ts'

/** That a sign-up waits for its confirmation. */
export function confirmSignUp(url: string): MessageText {
  return {
    subject: 'Confirm your address',
    text:
      'Somebody, we hope you, wants to open an account for a worker with this address. Open this address to confirm ' +
      `it:\n\n${url}\n\nIt works once, for a day. If it was not you, do nothing: there is no account then.`,
  }
}

/** That a sign-up was tried with an address that has an account. */
export function alreadySignedUp(signInURL: string): MessageText {
  return {
    subject: 'You have an account already',
    text:
      'Somebody, perhaps you, wanted to open an account with this address. It has one: nothing was changed. Sign in ' +
      `here, or ask for a new password there:\n\n${signInURL}`,
  }
}

/** The way to a new password. */
export function resetPassword(url: string): MessageText {
  return {
    subject: 'Choose a new password',
    text:
      'Somebody, we hope you, has forgotten the password of the account with this address. Choose a new one here:' +
      `\n\n${url}\n\nThe address works once, for 30 minutes. If it was not you, do nothing: your password stays as it is.`,
  }
}

/** That there is no account whose password could be changed. */
export function noAccount(frontURL: string): MessageText {
  return {
    subject: 'There is no account with this address',
    text:
      'Somebody, perhaps you, asked for a new password for this address. There is no account with it: perhaps you ' +
      `signed up with another one.\n\n${frontURL}`,
  }
}

/** The way to a new address of an account. */
export function confirmAddress(url: string): MessageText {
  return {
    subject: 'Confirm your new address',
    text:
      'A worker wants to use this address for his account from now on. If it was you, confirm it here:' +
      `\n\n${url}\n\nIt works once, for a day. If it was not you, do nothing.`,
  }
}

/** That an address cannot become that of an account, because it is that of another one. */
export function addressInUse(signInURL: string): MessageText {
  return {
    subject: 'This address has an account already',
    text:
      'A worker wanted to use this address for his account. Another account has it, so nothing was changed. If both ' +
      `are yours, go on with this one:\n\n${signInURL}`,
  }
}
