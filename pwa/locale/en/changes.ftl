changes-title = What changed
changes-heading = What changed in edition { $newer } since edition { $older }
changes-counted = { $count }{ $place ->
    [first] { $count ->
        [one] {" "}part
       *[other] {" "}parts
    }
   *[later] {""}
} { $kind ->
    [changed] changed
    [added] added
    [removed] removed
    [moved] moved
   *[renumbered] renumbered
}
changes-size = { $counts }; { $share ->
    [none] the words are the same
    [signs] only punctuation differs
    [little] less than 1 % of the words
   *[some] about { $percent } % of the words
}.
changes-how-removed = Words taken out are struck through
changes-how-added = Words put in are shaded and underlined
changes-none = The two editions have the same words.
changes-none-open = Read edition { $ordinal }
changes-note = From the editor
changes-others = Compare with another edition
changes-with = Compare with edition { $ordinal }
changes-unchanged = { $count ->
    [one] { $count } part unchanged
   *[other] { $count } parts unchanged
}
changes-kind-changed = Changed
changes-kind-added = Added
changes-kind-removed = Removed
changes-kind-moved = Moved
changes-kind-renumbered = Renumbered
changes-kind-moved-changed = Moved and changed
changes-kind-renumbered-changed = Renumbered and changed
changes-was = Formerly
changes-removed-opens = (removed:
changes-added-opens = (added:
changes-closes = )
changes-left-out = … { $count } words unchanged …
changes-see = See it in edition { $ordinal }
changes-see-draft = Open in the draft
changes-open = What changed since edition { $ordinal }
changes-open-past = See what has changed
changes-open-coming = See what will change
