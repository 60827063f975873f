/** A year of a transfer file as a number; undefined where it is none. */
const yearIn = (text: string): number | undefined => (/^(19|20)\d\d$/.test(text) ? Number(text) : undefined)

/** Attendance and a school's own header name an academic year by its first calendar year: 2019 is 2019/20. */
export const yearOfAttendance = {
  read: yearIn,
  write: (academicYear: number): string => String(academicYear),
} as const

/** A result names the calendar year it was given in, the last of its academic year: 2020 is 2019/20. */
export const yearOfResult = {
  read: (text: string): number | undefined => {
    const year = yearIn(text)
    return year === undefined ? undefined : year - 1
  },
  write: (academicYear: number): string => String(academicYear + 1),
} as const
