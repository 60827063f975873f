import { basePayment } from './models/base-payment.ts'
import { byApplication } from './models/by-application.ts'
import { flatPayment } from './models/flat-payment.ts'
import type { PaymentModel } from './models/model.ts'
import { openingPayment } from './models/opening-payment.ts'
import { planPayment } from './models/plan-payment.ts'
import type { FundingRules } from './rules.ts'

/**
 * The payment model that a council's rules come to. An amount that changes from a term on (Lancashire, summer 2025) is two
 * versions of the rules: each is in force from its day.
 */
export const modelOf = ({ model, retained, excluded }: FundingRules): PaymentModel => {
  switch (model.kind) {
    case 'application':
      return byApplication({ retained })
    case 'base':
      return basePayment({ retained, aTerm: model.aTerm })
    case 'flat':
      return flatPayment({ amount: model.amount })
    case 'opening':
      return openingPayment({ retained, amount: model.amount, by: model.by, within: model.within })
    case 'plan':
      return planPayment({
        retained,
        needs: model.needs,
        amounts: [{ from: { academicYear: 2011, term: 'autumn' }, amount: model.amount }],
        paysNextTerm: model.paysNextTerm,
        springFirstHalf: model.springFirstHalf,
        ...(model.plansAYear === null ? {} : { plansAYear: model.plansAYear }),
        excluded,
      })
  }
}
