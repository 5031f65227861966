// The operator's terms, to be read and agreed to.
import type { Terms } from '../../domain/account.ts'
import type { Texts } from '../messages/en.ts'

interface TermsProps {
  texts: Texts
  terms: Terms
}

/** The terms, whose paragraphs are separated by empty lines, as they are, and which version they are. */
export function TermsText({ texts, terms: { text, version, dated } }: TermsProps) {
  const paragraphs = text.split(/\n\s*\n/).filter((paragraph) => paragraph.trim() !== '')
  return (
    <>
      {paragraphs.map((paragraph) => (
        <p class="plain">{paragraph.trim()}</p>
      ))}
      <p class="field-hint">{texts.reading.version(version, dated)}</p>
    </>
  )
}

/** The same in a box above a form, which the keyboard can scroll. */
export function TermsBox({ texts, terms }: TermsProps) {
  return (
    <div class="terms" tabindex={0} role="region" aria-label={texts.reading.terms}>
      <TermsText texts={texts} terms={terms} />
    </div>
  )
}
