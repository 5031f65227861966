/** What stands where a list would be when it holds nothing. */
export function Empty({
  heading,
  text,
  link,
}: {
  heading: string
  text?: string
  link?: { href: string; text: string }
}) {
  return (
    <div class="card empty">
      <h2>{heading}</h2>
      {text !== undefined && <p>{text}</p>}
      {link && (
        <p>
          <a class="button primary" href={link.href}>
            {link.text}
          </a>
        </p>
      )}
    </div>
  )
}
