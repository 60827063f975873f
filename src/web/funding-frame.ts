import type { FundingPlace } from '../../templates/components/funding-nav.tsx'
import { may } from '../access/scope.ts'
import type { WebContext } from './context.ts'

/** The pages about the fund that the viewer may open. */
export const fundingParts = (context: WebContext): readonly FundingPlace[] => {
  const { part } = context.var.viewer
  return [
    ...(may(part, 'decide on money') ? (['queue', 'agenda'] as const) : []),
    ...(may(part, 'run the fund') ? (['settlements', 'rules'] as const) : []),
    ...(may(part, 'see payments') ? (['runs', 'payments', 'radar', 'ledger'] as const) : []),
    ...(may(part, 'see what money did') ? (['impact', 'surveys', 'incentives'] as const) : []),
    ...(may(part, 'say what the fund is') ? (['allocation'] as const) : []),
  ]
}
