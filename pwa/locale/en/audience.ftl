audience-title = Who may read it
audience-public = Everybody, visitors too
audience-members = All members
audience-org = { $unit } and all units below
audience-org-leaf = { $unit }
audience-at = Only { $unit }
audience-role = Who holds the role { $role } for { $unit }
audience-member = Only { $name }
audience-somebody = Only one member
audience-unknown = Somebody whom the handbook no longer knows
audience-unit-now = { $unit } (now { $now })
audience-unit-over = { $unit } (ended)

audience-reach-none = Nobody is chosen yet.
audience-reach-nobody = Reaches nobody yet: there are no members here.
audience-reach-members = { $members ->
    [one] Reaches 1 member
   *[other] Reaches { $members } members
} { $units ->
    [one] in 1 unit.
   *[other] in { $units } units.
}
audience-reach-public = { $members ->
    [one] Reaches everybody, visitors too; among them 1 member
   *[other] Reaches everybody, visitors too; among them { $members } members
} { $units ->
    [one] in 1 unit.
   *[other] in { $units } units.
}

audience-take-out = Take out
audience-more = { $count ->
    [one] and 1 more
   *[other] and { $count } more
}
audience-add-unit = Add a unit
audience-unit = Unit
audience-no-unit = None chosen
audience-with-below = And all units below it
audience-this-unit = Only this unit
audience-add = Add the unit
audience-add-general = Or address it more widely
audience-add-members = Add all members
audience-add-public = Add everybody, visitors too

audience-missing = Choose at least one audience.
audience-foreign = Some of these are outside your reach. Take them out and choose again.
audience-unit-foreign = This unit is outside your reach. Choose another one.
audience-unit-unknown = No unit within your reach matches “{ $words }”.

audience-proposals = From the document’s own recipients
audience-proposals-hint = Tick the lines that are right. Nothing is added by itself.
audience-from-line = From the line
audience-take = Add the ticked lines
audience-nothing-ticked = Tick at least one line.
audience-proposed-several = { $count } units with all below them: { $names }
audience-proposed-many = { $count } units with all below them: { $names } and others
audience-line-had = Chosen already.
audience-line-foreign = Outside your reach.
audience-line-archive = For the files, addressed to nobody.
audience-line-text = Named in the text itself. Choose by hand.
audience-line-outside = A body outside the handbook.
audience-line-unknown = Not understood. If it is a unit, choose it by hand.
audience-line-ambiguous = Several units have this name. Choose by hand.
audience-line-none-below = There is no such unit.
audience-line-too-many = Too many units. Choose the unit above them.
