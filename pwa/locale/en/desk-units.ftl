# Looking for a unit and choosing it
unit-find = Find the unit
unit-find-words = Name or code of the unit
unit-find-hint = Type a name or code, without accents if you like, then choose among the units found.
unit-found = { $count ->
    [one] { $count } unit found.
   *[other] { $count } units found.
}
unit-found-more = { $shown } of { $count } units found are shown. Type more to narrow them down.
pages-unit-choose = { $count ->
    [one] One unit was found. Please choose it.
   *[other] { $count } units were found. Please choose one.
}
pages-unit-unknown = None of the units you administer matches “{ $words }”.
pages-unit-closed = The unit “{ $unit }” ended on { $on }. Please choose another.

# The tree of organisations
desk-door-units = Organisations
desk-door-units-hint = Found, rename, merge, split, move, close
units-title = Organisations
units-lead = The units you administer. Every change has its day; what was stays as it was.
units-mine = Where your units begin
units-all = Back to your units
unit-below-count = { $count ->
    [one] { $count } unit directly below
   *[other] { $count } units directly below
}
unit-until = until { $on }
unit-is-over = This unit has not existed since { $on }.
unit-code = Unit code
unit-code-hint = Letters, digits, dots or dashes, such as DM-BX. Each code belongs to one unit only.
unit-under = Under
unit-from = Since
unit-members = Members
unit-members-count = { $count } of its own
unit-members-below = { $count } with all units below
unit-own-members = Its own members
unit-children = Units directly below
unit-no-children = There are no units below.
unit-acts = Change this unit
unit-acts-above = Renaming, moving, merging, splitting or closing this unit is done by the administrator of a unit above.
unit-history = History
unit-this = This unit
unit-history-begin = { $new } was founded.
unit-history-rename = { $old } was renamed { $new }.
unit-history-move = { $new } moved from under “{ $from }” to under “{ $to }”.
unit-history-merge = { $old } merged into { $new }.
unit-history-split = { $old } was split into { $new }.
unit-history-end = { $old } ended.

unit-act-create = Found a unit below
unit-act-create-words = The new unit stands directly below this one.
unit-act-create-go = Found the unit
unit-act-rename = Rename
unit-act-rename-hint = Name, code
unit-act-rename-words = Members and units below need do nothing.
unit-act-rename-go = Rename
unit-act-move = Move under another unit
unit-act-move-hint = With all units below
unit-act-move-words = The unit moves with its members and everything below it.
unit-act-move-go = Move the unit
unit-act-merge = Merge
unit-act-merge-hint = With one or more other units into a new one
unit-act-merge-words = The new unit takes the place of this one. Members and units below come along by themselves.
unit-act-merge-go = Merge
unit-act-split = Split
unit-act-split-hint = Into two to four new units
unit-act-split-words = Name the new units. Next, you choose the new unit for each member and each unit directly below.
unit-act-split-go = Split
unit-act-close = Close
unit-act-close-hint = When no members and no units below are left
unit-act-close-words = Only when no unit takes its place. All members and units below must be moved first.
unit-act-close-go = Close the unit
unit-new-name = Name of the unit
unit-new-name-en = English name
unit-kind = Kind of unit
unit-new-parent = New unit above
unit-merge-with = Merge with
unit-merge-with-more = And with
unit-none = None
unit-part = New unit { $number }
unit-on-hint = A past or coming day may be given.
unit-look = Look first
unit-back = Change it
unit-preview = What this would mean
unit-preview-lead = Nothing has been written yet. Please read, then confirm.
unit-divide = Divide among the new units
unit-divide-go = Next: divide the members
unit-divide-words = At first all go to “{ $first }”. Please choose again for those that go elsewhere.
unit-divide-nobody = The unit has no members and no units below to divide.

unit-plan-create = From { $on }, “{ $name }” (code { $code }) exists under “{ $parent }”. It has no members yet.
unit-plan-rename = From { $on }, “{ $old }” is called “{ $name }” (code { $code }).
unit-plan-along = { $members ->
    [one] { $members } member
   *[other] { $members } members
}{ $units ->
    [0] { "" }
    [one] { " and one unit below" }
   *[other] { " and " }{ $units } units below
} come along by themselves.
unit-plan-kept = They can still read what was addressed to “{ $old }”.
unit-plan-move = From { $on }, “{ $name }” moves from under “{ $from }” to under “{ $to }”.
unit-plan-move-read = They can read what is addressed to “{ $to }”, and no longer what is addressed to “{ $from }” only.
unit-plan-merge = From { $on }, { $olds } merge into “{ $name }” (code { $code }).
unit-plan-merge-each = { $members ->
    [one] { $members } member
   *[other] { $members } members
} of “{ $old }” (with all units below) come to “{ $name }” and can still read what was addressed to “{ $old }”.
unit-plan-split = From { $on }, “{ $old }” is split into { $count } units:
unit-plan-split-each = “{ $name }” (code { $code }): { $members } members of its own, { $units } units directly below.
unit-plan-split-roles = Tasks given for “{ $old }” do not pass to the new units. Please give them again after the split.
unit-plan-close = From { $on }, “{ $name }” ends with nothing in its place. What was addressed to it and its history are kept.

pages-done-unit-create = The unit was founded.
pages-done-unit-rename = The unit was renamed.
pages-done-unit-move = The unit was moved.
pages-done-unit-merge = The units were merged.
pages-done-unit-split = The unit was split. This is the first of the new units.
pages-done-unit-close = The unit was closed.
