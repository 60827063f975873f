import type { Query } from './db.ts'

/** Every movement of money with natural keys, in a stable order: what an operator takes out. No child is in it. */
export const exportedMovements = async (query: Query) =>
  query
    .selectFrom('movement')
    .innerJoin('virtual_school', 'virtual_school.number', 'movement.virtual_school_number')
    .leftJoin('application', 'application.number', 'movement.application_number')
    .leftJoin('payment', 'payment.number', 'movement.payment_number')
    .select([
      'virtual_school.la_code as laCode',
      'movement.fund',
      'movement.year',
      'movement.at',
      'movement.from_pot as from',
      'movement.to_pot as to',
      'movement.amount',
      'movement.cause',
      'application.reference as application',
      'payment.reference as payment',
    ])
    .orderBy('virtual_school.la_code')
    .orderBy('movement.fund')
    .orderBy('movement.year')
    .orderBy('movement.at')
    .orderBy('movement.cause')
    .orderBy('application.reference')
    .orderBy('payment.reference')
    .orderBy('movement.amount')
    .execute()
