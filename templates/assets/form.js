// Saves a pupil's answers as they are typed, and shows a question once the answers above it ask for it.
// Every page works without this file: the buttons save.
const form = document.querySelector('form[data-saves]')
const status = form?.querySelector('[data-status]')

const wordIn = (item) => {
  const field = form.elements[`a-${item}`]
  return field ? field.value.trim().toLowerCase() : ''
}

const holds = (rule) => {
  if (rule === true) return true
  if (rule.anyOf) return rule.anyOf.some(holds)
  if (rule.allOf) return rule.allOf.every(holds)
  const value = wordIn(rule.item)
  if (value === '') return false
  if (rule.answered) return true
  const among = (words) =>
    words.some((word) => word.toLowerCase() === (value === 'none' ? '0' : value) || word.toLowerCase() === value)
  return rule.is ? among(rule.is) : !among(rule.isNot)
}

const showWhatIsAsked = () => {
  for (const question of form.querySelectorAll('[data-when]')) {
    const asked = holds(JSON.parse(question.dataset.when))
    question.hidden = !asked
    const only = question.querySelector('.q__when')
    if (only) only.hidden = true
  }
  for (const section of form.querySelectorAll('[data-section]'))
    section.hidden = !section.querySelector('.q:not([hidden])')
}

const mend = (item, text) => {
  const field = form.elements[`a-${item}`]
  const group = field.closest('.govuk-form-group')
  let says = group.querySelector('.govuk-error-message')
  group.classList.toggle('govuk-form-group--error', Boolean(text))
  field.setAttribute('aria-invalid', text ? 'true' : 'false')
  if (!text) {
    if (says) says.remove()
    return
  }
  if (!says) {
    says = document.createElement('p')
    says.className = 'govuk-error-message'
    says.id = `a-${item}-mend`
    group.insertBefore(says, field)
    field.setAttribute('aria-describedby', `${field.getAttribute('aria-describedby') ?? ''} ${says.id}`.trim())
  }
  says.textContent = text
}

const changed = new Set()
let running = false
const soonest = 2000
let wait = soonest
let next

/** A connection that failed is tried again by itself, later each time and never twice over; a refusal is not. */
const again = () => {
  if (next !== undefined) return
  next = setTimeout(() => {
    next = undefined
    void save()
  }, wait)
  wait = Math.min(wait * 2, 30000)
}

const save = async () => {
  if (running || changed.size === 0) return
  running = true
  const items = [...changed]
  changed.clear()
  status.textContent = status.dataset.saving
  const body = new URLSearchParams()
  for (const item of items) {
    body.set(`a-${item}`, form.elements[`a-${item}`].value)
    body.set(`w-${item}`, form.elements[`w-${item}`].value)
  }
  let refused = false
  try {
    const answer = await fetch(form.action, {
      method: 'POST',
      body,
      keepalive: true,
      headers: { accept: 'application/json' },
    })
    refused = answer.redirected || (answer.status >= 400 && answer.status < 500)
    if (!answer.ok || refused) throw new Error('not saved')
    const { fields, left } = await answer.json()
    for (const { item, was, toMend } of fields) {
      form.elements[`w-${item}`].value = was
      mend(item, toMend)
    }
    document.querySelector('[data-left]').textContent = left
    status.textContent = status.dataset.saved
    dispatchEvent(new Event('vsx-saved'))
  } catch {
    for (const item of items) changed.add(item)
    status.textContent = status.dataset.failed
    running = false
    if (!refused) again()
    return
  }
  wait = soonest
  running = false
  void save()
}

if (form && window.fetch && window.URLSearchParams) {
  status.textContent = status.dataset.says
  showWhatIsAsked()
  form.addEventListener('change', (event) => {
    const item = event.target.closest('[data-item]')?.dataset.item
    if (!item) return
    changed.add(item)
    showWhatIsAsked()
    void save()
  })
  addEventListener('online', save)
}
