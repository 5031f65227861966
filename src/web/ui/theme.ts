// Light or dark: as the device is set, or as the person chose in this browser.
import type { Context } from 'hono'
import { getCookie } from 'hono/cookie'

export type Theme = 'system' | 'light' | 'dark'

export const themes: readonly Theme[] = ['system', 'light', 'dark']

const year = 365 * 86_400

/** What the browser chose; anything else than light and dark is the device's own. */
export function themeOf(c: Context): Theme {
  const value = getCookie(c, 'theme')
  return value === 'light' || value === 'dark' ? value : 'system'
}

/** The cookie that keeps a choice, or takes it away. */
export function themeCookie(chosen: string, publicURL: string) {
  const isChoice = chosen === 'light' || chosen === 'dark'
  return {
    name: 'theme',
    value: isChoice ? chosen : '',
    options: {
      path: '/',
      httpOnly: true,
      sameSite: 'Lax',
      secure: publicURL.startsWith('https:'),
      maxAge: isChoice ? year : 0,
    },
  } as const
}
