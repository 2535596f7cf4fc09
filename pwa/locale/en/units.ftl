# Files that list units
units-import-not-json = This file is not JSON.
units-import-unknown-shape = This file holds no list of units in a known shape.
units-import-not-an-object = This entry is not a unit.
units-import-code = A unit's code is missing or has characters that cannot be used ({ $code }).
units-import-name = The name of unit { $code } is missing, too long or holds hidden characters.
units-import-kind = The kind of unit { $code } is not known.
units-import-date = A date of unit { $code } is not year-month-day.
units-import-date-order = The last day of unit { $code } does not come after its first.
units-import-twice = Unit { $code } occurs twice with the same first day.
units-import-overlap = The code { $code } is used for two units at the same time.
units-import-parent-unknown = The unit { $parent } above { $code } does not exist on its first day.
units-import-parent-differs = Unit { $code } stands under another unit. Please use a move.
units-import-step = The succession of { $code } lacks its day or has an unknown kind.
units-import-step-unknown = The succession of { $code } by { $new } does not fit: the old unit must end and the new one exist on that day.
