api-number-expected = A whole number is needed here.
api-number-too-small = This number may not be smaller than { NUMBER($limit, useGrouping: 0) }.
api-number-too-large = This number may not be larger than { NUMBER($limit, useGrouping: 0) }.
api-yes-or-no-expected = Only true or false is taken here.
api-text-too-long = This may not be longer than { NUMBER($limit, useGrouping: 0) } characters.
api-text-odd = This holds characters that cannot be used.
api-not-a-choice = This value is not among the choices.
api-field-wrong = This value cannot be used.
