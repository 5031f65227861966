// Opens and closes the details of every group in the list at once. Without this script the link loads the page so.
const link = document.querySelector('.expand-projects-button')
link?.addEventListener('click', (event) => {
  event.preventDefault()
  const all = [...document.querySelectorAll('details.group-details')]
  const open = all.some((details) => !details.open)
  for (const details of all) details.open = open
  link.textContent = open ? link.dataset.close : link.dataset.open
})
