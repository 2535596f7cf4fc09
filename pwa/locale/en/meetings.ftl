meeting-title = Meetings
meeting-lead = Meetings of your unit and of those above it: the agenda, what to read before, the papers.
meeting-one = Meeting
meeting-coming = Coming meetings
meeting-past = Past
meeting-all = See all
meeting-none-coming = No meeting is coming up.
meeting-untitled = No title yet
meeting-no-time = No day and time yet
meeting-open = Not said yet
meeting-when = { $time }, { $weekday } { $date }
meeting-monday = Monday
meeting-tuesday = Tuesday
meeting-wednesday = Wednesday
meeting-thursday = Thursday
meeting-friday = Friday
meeting-saturday = Saturday
meeting-sunday = Sunday
meeting-parts-count = { $count ->
    [one] 1 part to read
   *[other] { $count } parts to read
}
meeting-papers-count = { $count ->
    [one] 1 paper
   *[other] { $count } papers
}
meeting-kilobytes = { $number } KB
meeting-megabytes = { $number } MB
meeting-word-cancelled = Cancelled
meeting-word-moved = New time or place
meeting-time = Time
meeting-place = Place
meeting-agenda = Agenda
meeting-besides = Further reading
meeting-cancelled = This meeting will not be held.
meeting-moved = The time or place was changed at { $at }. Below are the new ones.
meeting-print = Print the list
meeting-kept = Saved on this phone, readable without a network
meeting-saved-copy = Copy saved on this phone, updated at { $at }
meeting-read-here = Read it here
meeting-mind = Note:
meeting-tick = I have read it
meeting-read-count = You have read { $read } of { $all } parts. Only this phone remembers.
meeting-part-amended = The document was amended after this was chosen. These are the present words.
meeting-part-not-yet = This document is not yet in force.
meeting-part-ended = This document is no longer in force.
meeting-part-lost = The present text no longer has this part. Please open the document.
meeting-part-online = This part can only be read with a network.
meeting-paper-keep = Save on this phone
meeting-paper-kept = Saved on this phone
meeting-paper-failed = It could not be saved. Please try again with a network.
meeting-paper-away = This file is not saved on this phone.

meeting-changed-since = This meeting was changed elsewhere after you opened it.
meeting-part-changed-since = This part was changed elsewhere after you opened it. Please look again, then save.
meeting-closed = The meeting was cancelled or is over, so nothing can be changed.
meeting-out-of-turn = This cannot be done in the present state of the meeting.
meeting-part-not-for-all = Not every member of the unit may read this document, so it cannot be put on the list.
meeting-unmet = Something is still missing, so the list cannot be set yet.
meeting-title-missing = Please give the meeting a title.
meeting-at-missing = Please choose day and time.
meeting-place-missing = Please say where.
meeting-agenda-missing = Please write at least one item.
meeting-day-missing = Please choose the day.
meeting-time-missing = Please choose the time.
meeting-time-past = That day and time are past. Please choose again.
meeting-too-long = Longer than { NUMBER($most) } characters. Please shorten it.
meeting-item-too-long = A line is longer than { $most } characters. Please shorten it.
meeting-too-many-items = There may be at most { $most } items. Please take some out.
meeting-too-many-parts = A list has at most { $most } parts. Please take some out.
meeting-too-many-papers = A meeting has at most { $most } files.
meeting-item-unknown = That item is no longer there. Please choose again.
meeting-reason-missing = Please give the reason.
meeting-part-missing = Please tick at least one part.
meeting-paper-missing = Please choose a file.
meeting-paper-kind = Only .docx and .pdf files are taken.
meeting-paper-unclassified-missing = Please confirm that this file is not classified.
meeting-unit-unknown = No unit named or coded “{ $words }” whose meetings you prepare.
