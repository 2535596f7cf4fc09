document-word-in-force = In force
document-word-not-yet = Not yet in force
document-word-ended = No longer in force
document-place-date = { $place }, { $date }
document-in-force = In force
document-in-force-since = In force since { $from }
document-in-force-until = In force from { $from } until { $until }
document-in-force-from = Not yet in force. In force from { $from }
document-not-yet = Not yet in force
document-ended-on = No longer in force (in force until the end of { $until })
document-ended = No longer in force
document-banner-next-edition = An amended text of this document comes into force on { $date }. Below is the text in force now.
document-banner-not-in-force = Issued for you to read in advance; it applies from { $date }.
document-banner-ended = For reference only: this document has not applied since { $date }.
document-banner-older-edition = This is an earlier text. The text in force is edition { $ordinal }.
document-banner-later-edition = This text is not yet in force. The text in force is edition { $ordinal }.
document-banner-replaced = This document is replaced by { $type } { $number } from { $date }.
document-banner-abolished = This document is abolished by { $type } { $number } from { $date }.
document-banner-amended = This document is amended by { $type } { $number } from { $date }.
document-banner-supplemented = This document is supplemented by { $type } { $number } from { $date }.
document-open-number = Open { $number }
document-open-current = Open the text in force
document-open-next = Read the text to come
document-relations = Related documents
document-originals = Originals
document-relation-amends = Amends
document-relation-supplements = Supplements
document-relation-replaces = Replaces
document-relation-abolishes = Abolishes
document-relation-guides = Guides
document-relation-implements = Carries out
document-relation-cites = Cites
document-incoming-amends = Amended by
document-incoming-supplements = Supplemented by
document-incoming-replaces = Replaced by
document-incoming-abolishes = Abolished by
document-incoming-guides = Guided by
document-incoming-implements = Carried out by
document-relation-since = In force from { $date }
document-cites-count =
    { $count ->
        [one] Cites { $count } document
       *[other] Cites { $count } documents
    }
document-cited-count =
    { $count ->
        [one] Cited in { $count } document
       *[other] Cited in { $count } documents
    }
document-cited-latest = Cited in many documents; these are the latest { $count }
document-copy = Copy link
document-print = Print
document-kept = Saved on this device
document-editions-count = { $count } editions
document-editions = Editions of this document
document-edition = Edition { $ordinal }
document-contents = Contents
document-part-hint = Tap a paragraph to copy or share its quotation.
document-moving = Moving in the document
document-previous = Previous part
document-next = Next part
document-copy-quotation = Copy quotation
document-copied = Copied:
document-copy-failed = The device does not allow copying. You can copy the link in the address bar.
document-share = Share
document-arrived = You are at:
document-copy-done = Copied
