/**
 * What money is asked for, in the words of the 2016 survey of pupil premium plus (question 2, Wolverhampton, April 2016):
 * its thirteen answers in their order.
 */
export const interventions = [
  'one_to_one_tuition',
  'small_group_tuition',
  'teaching_assistant',
  'learning_mentor',
  'ict_equipment',
  'other_equipment',
  'out_of_school_learning',
  'staff_training',
  'therapeutic',
  'off_site',
  'literacy_numeracy',
  'specialist_assessment',
  'other',
] as const
export type Intervention = (typeof interventions)[number]

/** What a line of cost is for; a council may exclude some (uniform and transport at Sutton, what a school pays for everybody). */
export const purposes = [
  'staff_time',
  'equipment',
  'books_software',
  'activity',
  'assessment',
  'training',
  'trip',
  'uniform',
  'transport',
  'base_cost',
  'other',
] as const
export type Purpose = (typeof purposes)[number]
