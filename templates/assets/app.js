// Kindnesses only: every page works without this file.
addEventListener('submit', (event) => {
  const form = event.target
  if (form.dataset.sent) return event.preventDefault()
  if (form.method === 'post') {
    form.dataset.sent = 'yes'
    for (const place of form.querySelectorAll('[data-sending]')) place.textContent = place.dataset.sending
  }
})
addEventListener('pageshow', () => {
  for (const form of document.forms) delete form.dataset.sent
})
