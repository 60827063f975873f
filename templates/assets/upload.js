// Shows how much of a file has gone, and how far its reading has come. Every page works without this file.
const form = document.querySelector('form[data-follows]')
const shown = form?.querySelector('[data-progress]')

const show = (text, done, of, count) => {
  const bar = shown.querySelector('progress')
  const [says, counts] = shown.querySelectorAll('p')
  shown.hidden = false
  if (says.textContent !== text) says.textContent = text
  if (of) {
    bar.max = of
    bar.value = done
  } else bar.removeAttribute('value')
  counts.textContent = of ? count.replace('{done}', done.toLocaleString()).replace('{of}', of.toLocaleString()) : ''
}

const stopped = () => {
  shown.querySelector('progress').hidden = true
  show(shown.dataset.stopped)
  delete form.dataset.sent
  for (const place of form.querySelectorAll('[data-sending]')) place.textContent = place.dataset.text
}

// Its scripts have run already: only what is to be read is put in place.
const showPage = (html) => {
  const page = new DOMParser().parseFromString(html, 'text/html')
  document.title = page.title
  document.body.replaceWith(page.body)
  scrollTo(0, 0)
  document.getElementById('main').focus()
}

const lineOf = (text) => {
  try {
    return JSON.parse(text)
  } catch (_) {
    return {}
  }
}

const finish = (request) => {
  if (!/ndjson/.test(request.getResponseHeader('content-type') || '')) {
    if (/\/sign-in$/.test(request.responseURL)) location.assign(request.responseURL)
    else showPage(request.responseText)
    return
  }
  const last = lineOf(request.responseText.trim().split('\n').pop())
  if (last.goTo) location.assign(last.goTo)
  else if (last.page) showPage(last.page)
  else stopped()
}

const send = () => {
  const request = new XMLHttpRequest()
  request.open('POST', form.action)
  request.setRequestHeader('accept', 'application/x-ndjson')
  request.upload.onprogress = ({ loaded, total }) =>
    show(shown.dataset.going, Math.floor((loaded / total) * 100), 100, '{done}%')
  request.upload.onload = () => show(shown.dataset.reading)
  request.onprogress = () => {
    const whole = request.responseText.split('\n').slice(0, -1)
    const { done, of } = lineOf(whole.pop() || '')
    if (of) show(shown.dataset.keeping, done, of, shown.dataset.rows)
  }
  request.onload = () => finish(request)
  request.onerror = stopped
  request.send(new FormData(form))
}

if (form && window.XMLHttpRequest && window.FormData) {
  for (const place of form.querySelectorAll('[data-sending]')) place.dataset.text = place.textContent
  form.addEventListener('submit', (event) => {
    if (form.dataset.sent) return
    event.preventDefault()
    shown.querySelector('progress').hidden = false
    show(shown.dataset.going)
    send()
  })
}
