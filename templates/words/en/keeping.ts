/** Words of keeping one pupil's record. */
export const keepingWords = {
  careEnds: {
    adopted: 'Adopted (the record is sealed)',
    special_guardianship: 'Special guardianship',
    returned_home: 'Returned home',
    turned_18: 'Turned 18',
    other_council: 'Looked after by another council',
    other: 'Another reason',
  },
  careEndNeeds: 'Give the day care ended, and why.',
  confirmedByCall: 'Confirmed by a call to the school',
  sealNeedsReason: 'Say why the record is sealed. Nobody finds it again without two named people.',
  noDiscloseNeedsHandler: 'Name the officer who alone handles this pupil, by work e-mail.',
} as const
