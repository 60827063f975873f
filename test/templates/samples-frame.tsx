import { instant } from '../../src/domain/dates.ts'
import { type Frame, schoolMenu, virtualSchoolMenu } from '../../templates/components/layout.tsx'

/** A page as it can be drawn; `s` passes every text through, so that a test can plant markup in each. */
export type Sample = { readonly name: string; readonly draw: (s: (text: string) => string) => unknown }

/** What every text of a sample passes through. */
export type Text = (text: string) => string

/** A designated teacher's frame. */
export const schoolFrame = (s: Text): Frame => ({
  person: { name: s('Dana Okoro'), role: s('designated teacher'), place: s('Ellerwick Academy'), several: true },
  menu: schoolMenu,
  demo: true,
})

/** A data officer's frame. */
export const officeFrame = (s: Text): Frame => ({
  person: { name: s('Helen Marsh'), role: s('data officer'), place: s('Wendlemoor Virtual School'), several: false },
  menu: virtualSchoolMenu,
  demo: true,
})

/** A moment to draw with. */
export const at = instant(Date.UTC(2026, 6, 1, 9, 14))
