// What people say of themselves when they open an account, and what is asked of it.
import { server } from '../limits.ts'
import { isMailAddress } from './notification.ts'
import { lengthOf } from './parameters.ts'
import { isPlace, type Locale } from './qualification.ts'

/** Who may open an account: everybody, who has an invitation, or nobody. */
export const signUpModes = ['open', 'invitation', 'closed'] as const

export type SignUpMode = (typeof signUpModes)[number]

/** The operator's terms as workers agree to them. */
export interface Terms {
  text: string
  /** The first 12 hexadecimal digits of its SHA-256. */
  version: string
  /** YYYY-MM-DD */
  dated: string
}

/** What may be wrong with a field. */
export type FieldProblem =
  | 'email'
  | 'passwordShort'
  | 'passwordLong'
  | 'passwordIsEmail'
  | 'name'
  | 'place'
  | 'adult'
  | 'terms'
  | 'invitationForAnother'
  | 'wrongPassword'
  | 'emailUnusable'

/** Whether a text can be the address of an account: one that a mail server can be given as it is. */
export function isAccountAddress(email: string): boolean {
  return (
    email.length <= server.account.emailLength &&
    isMailAddress(email) &&
    !/[\p{Cc}\p{Cf}"'`()[\]\\:|]/u.test(email)
  )
}

/** What is wrong with a new password; it is compared with the account's address in lower case. */
export function passwordProblem(password: string, email: string): FieldProblem | undefined {
  const { least, most } = server.account.password
  if (lengthOf(password) < least) return 'passwordShort'
  if (password.length > most) return 'passwordLong'
  return password.toLowerCase() === email ? 'passwordIsEmail' : undefined
}

/** Whether a text can be a person's name: one line, not too long. */
export function isName(name: string): boolean {
  const length = lengthOf(name)
  return (
    length >= 1 &&
    length <= server.account.nameLength &&
    name.isWellFormed() &&
    !/[\p{Cc}\u2028\u2029]/u.test(name)
  )
}

/** The place that was chosen: a country that there is, and a state only of the United States; undefined for any other. */
export function placeOf(country: string, state: string): Locale | undefined {
  const place = country === 'US' && state !== '' ? { country, subdivision: state } : { country }
  return countryCodes.includes(country) && isPlace(place) ? place : undefined
}

/** The countries of ISO 3166-1, two letters each. */
export const countryCodes: readonly string[] = (
  'ADAEAFAGAIALAMAOAQARASATAUAWAXAZBABBBDBEBFBGBHBIBJBLBMBNBOBQBRBSBTBVBWBYBZCACCCDCFCGCHCICKCLCMCNCOCR' +
  'CUCVCWCXCYCZDEDJDKDMDODZECEEEGEHERESETFIFJFKFMFOFRGAGBGDGEGFGGGHGIGLGMGNGPGQGRGSGTGUGWGYHKHMHNHRHTHU' +
  'IDIEILIMINIOIQIRISITJEJMJOJPKEKGKHKIKMKNKPKRKWKYKZLALBLCLILKLRLSLTLULVLYMAMCMDMEMFMGMHMKMLMMMNMOMPMQ' +
  'MRMSMTMUMVMWMXMYMZNANCNENFNGNINLNONPNRNUNZOMPAPEPFPGPHPKPLPMPNPRPSPTPWPYQARERORSRURWSASBSCSDSESGSHSI' +
  'SJSKSLSMSNSOSRSSSTSVSXSYSZTCTDTFTGTHTJTKTLTMTNTOTRTTTVTWTZUAUGUMUSUYUZVAVCVEVGVIVNVUWFWSYEYTZAZMZW'
).match(/../g)!

/** The states of the United States and their federal district. */
export const states: Readonly<Record<string, string>> = {
  AL: 'Alabama',
  AK: 'Alaska',
  AZ: 'Arizona',
  AR: 'Arkansas',
  CA: 'California',
  CO: 'Colorado',
  CT: 'Connecticut',
  DE: 'Delaware',
  DC: 'District of Columbia',
  FL: 'Florida',
  GA: 'Georgia',
  HI: 'Hawaii',
  ID: 'Idaho',
  IL: 'Illinois',
  IN: 'Indiana',
  IA: 'Iowa',
  KS: 'Kansas',
  KY: 'Kentucky',
  LA: 'Louisiana',
  ME: 'Maine',
  MD: 'Maryland',
  MA: 'Massachusetts',
  MI: 'Michigan',
  MN: 'Minnesota',
  MS: 'Mississippi',
  MO: 'Missouri',
  MT: 'Montana',
  NE: 'Nebraska',
  NV: 'Nevada',
  NH: 'New Hampshire',
  NJ: 'New Jersey',
  NM: 'New Mexico',
  NY: 'New York',
  NC: 'North Carolina',
  ND: 'North Dakota',
  OH: 'Ohio',
  OK: 'Oklahoma',
  OR: 'Oregon',
  PA: 'Pennsylvania',
  RI: 'Rhode Island',
  SC: 'South Carolina',
  SD: 'South Dakota',
  TN: 'Tennessee',
  TX: 'Texas',
  UT: 'Utah',
  VT: 'Vermont',
  VA: 'Virginia',
  WA: 'Washington',
  WV: 'West Virginia',
  WI: 'Wisconsin',
  WY: 'Wyoming',
}
