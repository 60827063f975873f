import { describe, expect, it } from 'vitest'
import { instant, plainDate } from '../../src/domain/dates.ts'
import { checkWords } from '../../templates/words/en/check.ts'
import { figure, fileSize, list, percent } from '../../templates/words/en/counts.ts'
import { clock, dayOf, momentWords, nearDay } from '../../templates/words/en/dates.ts'
import { inboxWords } from '../../templates/words/en/inbox.ts'

describe('dates as people say them', () => {
  it('name the day, and the time in London', () => {
    expect(nearDay(plainDate('2026-07-03'))).toBe('Friday 3 July')
    expect(momentWords(instant(Date.UTC(2026, 6, 1, 9, 14)))).toBe('Wednesday 1 July 2026, 10.14am')
    expect(dayOf(instant(Date.UTC(2026, 5, 30, 23, 30)))).toBe('1 July 2026')
    expect(clock(instant(Date.UTC(2026, 0, 1, 0, 5)))).toBe('12.05am')
    expect(clock(instant(Date.UTC(2026, 0, 1, 12, 0)))).toBe('12.00pm')
  })
})

describe('counts', () => {
  it('never round a share to all or nothing', () => {
    expect(percent(4587, 4588)).toBe(99)
    expect(percent(1, 4588)).toBe(1)
    expect(percent(0, 4)).toBe(0)
    expect(percent(4, 4)).toBe(100)
    expect(percent(0, 0)).toBeUndefined()
  })

  it('write figures and lists', () => {
    expect(figure(4588)).toBe('4,588')
    expect(figure(1234567)).toBe('1,234,567')
    expect(list(['A', 'B', 'C'])).toBe('A, B and C')
    expect(fileSize(20_000_000)).toBe('20 MB')
  })
})

describe('headings are the answer', () => {
  it('of the list of what is due', () => {
    expect(inboxWords.headingLeft(3, 5, 14)).toBe('Three councils, five pupils, about 14 minutes left')
    expect(inboxWords.headingLeft(1, 1, 1)).toBe('One council, one pupil, about one minute left')
  })

  it('of a checked upload', () => {
    expect(checkWords.heading(3, 1, false, 'cell')).toBe(
      'Three cells to mend and one to check. Everything else is kept.',
    )
    expect(checkWords.heading(0, 1, false, 'cell')).toBe('One cell to check. Everything else is kept.')
    expect(checkWords.heading(0, 0, false, 'cell')).toBe('Every row is ready to send')
    expect(checkWords.lead(5, 1, 1, 3)).toBe(
      'We read all 5 rows. Two are ready, one of them once you have checked. Three are held back until mended, with their other answers saved as drafts.',
    )
  })
})
