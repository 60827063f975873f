import { describe, expect, it } from 'vitest'
import { instant, plainDate } from '../../src/domain/dates.ts'
import {
  dateSetEmail,
  receiptEmail,
  reminderEmail,
  roundOpenedEmail,
  signInCodeEmail,
} from '../../templates/emails/emails.ts'

describe('e-mails', () => {
  it('give the code first, and say how long it works', () => {
    const { subject, text } = signInCodeEmail('123456', 15)
    expect(subject).toBe('123456 is your code for Virtual School Exchange')
    expect(text).toMatch(/^Your code is 123456\n\nIt works once, for 15 minutes/)
  })

  it('tell of a receipt by counts alone', () => {
    const { subject, text } = receiptEmail({
      reference: 'WM-4417',
      council: 'Wendlemoor',
      term: 'summer',
      academicYear: 2025,
      pupils: 2,
      stillToAnswer: 1,
      sentBy: 'Dana Okoro',
      sentAt: instant(Date.UTC(2026, 6, 1, 9, 14)),
      address: 'https://vsx.example/receipts/abc',
    })
    expect(subject).toBe('Receipt WM-4417: your return for Wendlemoor')
    expect(text).toContain('Wendlemoor has your summer return 2025 to 2026 for 2 pupils.')
    expect(text).toContain('Sent by Dana Okoro, 1 July 2026, 10.14am.')
    expect(text).toContain('1 question is still to answer.')
    expect(text).toContain('https://vsx.example/receipts/abc')
  })

  it('remind of a return by its date alone: no child, no number of children or questions', () => {
    const of = { council: 'Wendlemoor', term: 'summer', academicYear: 2025, due: plainDate('2026-07-03') } as const
    const address = 'https://vsx.example/inbox'
    const late = reminderEmail({ ...of, today: plainDate('2026-07-06'), address })
    expect(late.subject).toBe('Wendlemoor: summer return 2025 to 2026, was due Friday 3 July')
    expect(late.text).toContain('has not had your summer return 2025 to 2026 yet')
    const early = reminderEmail({ ...of, today: plainDate('2026-07-03'), address })
    expect(early.subject).toBe('Wendlemoor: summer return 2025 to 2026, due Friday 3 July')
    const set = (kind: 'extended' | 'reopened') => dateSetEmail({ ...of, kind, day: plainDate('2026-07-10'), address })
    expect(set('extended').text).toContain('until Friday 10 July')
    expect(set('reopened').text).toContain('until the end of Friday 10 July')
    for (const { text } of [late, early, set('extended'), set('reopened')]) {
      expect(text).toContain(address)
      expect(text).not.toMatch(/pupil|child(?!ren Act)|\d questions?/i)
    }
  })

  it('keep a subject on one line, whatever a council is called', () => {
    const { subject, text } = roundOpenedEmail({
      council: 'Wendlemoor\r\nBcc: someone@elsewhere.example',
      term: 'autumn',
      academicYear: 2026,
      due: plainDate('2026-10-16'),
      rule: '10 weekdays after the as-at date, 2 October 2026.',
      address: 'https://vsx.example/inbox',
    })
    expect(subject).not.toMatch(/[\r\n]/)
    expect(subject).toContain('autumn return 2026 to 2027, due Friday 16 October')
    expect(text).toContain('10 weekdays after the as-at date')
  })
})
