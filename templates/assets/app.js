// Kindnesses only: every page works without this file.
addEventListener('submit', (event) => {
  const form = event.target
  if (form.dataset.sent) return event.preventDefault()
  if (form.method === 'post') {
    form.dataset.sent = 'yes'
    for (const place of form.querySelectorAll('[data-sending]')) place.textContent = place.dataset.sending
  }
})

// Says some minutes before it happens that the session is about to end. What a page saves by itself keeps it open.
const ends = document.querySelector('[data-ends]')
let warning
const warn = () => {
  clearTimeout(warning)
  ends.hidden = true
  warning = setTimeout(
    () => {
      ends.hidden = false
    },
    Math.max(0, Number(ends.dataset.ends) - 7) * 60000,
  )
}
if (ends) {
  warn()
  addEventListener('vsx-saved', warn)
}
addEventListener('pageshow', () => {
  for (const form of document.forms) delete form.dataset.sent
})
