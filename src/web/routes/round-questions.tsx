import { Hono } from 'hono'
import { paths } from '../../../templates/components/paths.ts'
import { type OverlayChoice, OverlayPage } from '../../../templates/pages/rounds.tsx'
import { itemWords } from '../../../templates/words/en/items.ts'
import { items, sections } from '../../domain/return/dictionary.ts'
import type { Term } from '../../domain/return/item.ts'
import { audit } from '../../store/audit.ts'
import { overlayOf, setOverlay } from '../../store/rounds.ts'
import { ownCouncil, type Web } from '../context.ts'
import { field } from '../form-field.ts'
import { frameOf, reply } from '../reply.tsx'
import { only, signedIn } from '../viewer.ts'

/** What a council's rounds ask, term by term: each question as usual, required, optional or left out. */
export const roundQuestionRoutes = new Hono<Web>()
roundQuestionRoutes.use(paths.questions(':term'), signedIn, only('run rounds'))

const terms: readonly Term[] = ['autumn', 'spring', 'summer']

roundQuestionRoutes.get(paths.questions(':term'), async (context) => {
  const term = terms.find((one) => one === context.req.param('term'))
  if (!term) return reply.notFound(context)
  const overlay = await overlayOf(context.var.runtime.db.query, context.var.viewer.scope)
  const choiceOf = (code: string): OverlayChoice => {
    const row =
      overlay.find((one) => one.item === code && one.term === term) ??
      overlay.find((one) => one.item === code && one.term === null)
    return !row || row.setting === 'on' ? 'usual' : row.setting
  }
  return reply.page(
    context,
    <OverlayPage
      frame={frameOf(context)}
      term={term}
      sections={sections.map((section) => ({
        section,
        items: items
          .filter((item) => item.section === section && item.terms.includes(term))
          .map((item) => ({
            code: item.code,
            label: itemWords[item.code]?.label ?? item.code,
            usual: item.needIn?.[term] ?? item.need,
            choice: choiceOf(item.code),
          })),
      }))}
    />,
  )
})

roundQuestionRoutes.post(paths.questions(':term'), async (context) => {
  const { runtime, viewer } = context.var
  const term = terms.find((one) => one === context.req.param('term'))
  if (!term) return reply.notFound(context)
  const settings = { usual: 'on', required: 'required', optional: 'optional', off: 'off' } as const
  const chosen = items.flatMap((item) => {
    const said = field(context, item.code)
    const setting =
      said === 'usual' || said === 'required' || said === 'optional' || said === 'off' ? settings[said] : undefined
    return setting && item.terms.includes(term) ? [{ item: item.code, term, setting }] : []
  })
  await runtime.db.commit([
    ...chosen.map((row) => setOverlay(ownCouncil(context), row)),
    audit(runtime.db.query, {
      at: runtime.now(),
      person: viewer.person.number,
      part: viewer.named.role,
      action: 'questions changed',
      virtualSchool: ownCouncil(context),
      subject: term,
    }),
  ])
  return reply.goTo(context, paths.questions(term))
})
