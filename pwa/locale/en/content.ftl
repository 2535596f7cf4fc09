content-state-in-force = In force
content-state-not-yet = Not yet in force
content-state-ended = No longer in force

content-sort-unknown = There is no such order.
content-state-unknown = There is no such state.
content-limit-out-of-range = A page can have 1 to { NUMBER($limit, useGrouping: 0) } rows.
content-cursor-unknown = This place in the list can no longer be used. Please begin at the top of the list.
content-transition-not-allowed = The document is in a state that does not allow this.

content-outcome-new = New
content-outcome-edition = New edition
content-outcome-unchanged = Unchanged
content-outcome-refused = Refused

content-import-unreadable = The file cannot be read.
content-import-empty = The file is empty.
content-import-too-large = The file is larger than { $megabytes } MB and is not taken.
content-import-unknown-kind = This kind of file is not taken. Kinds that are: { $kinds }.
content-import-not-utf8 = The file is not UTF-8 text. Please save it again as UTF-8.
content-import-nameless = No number or type of document was found at its head.
content-import-secret = The document is marked “{ $marking }”. Classified documents must not enter this system.
content-import-unknown-audience = The audience or unit “{ $scope }” is not known.
content-import-failed = The file could not be taken because of a fault in the system. The server's log has the details.
content-import-no-issuer = No issuing body was found.
content-import-no-date = No date of issue was found.

content-picture-unreadable = The picture cannot be read. Please use JPEG, PNG, WebP, AVIF or GIF.
content-picture-too-large = The picture is too large. Please use one under 20 MB and 50 million pixels.

content-news-title-missing = A news item needs a title.
content-news-standfirst-missing = A news item needs a standfirst.
content-news-body-missing = A news item needs a body.
content-news-cover-alt-missing = A cover picture needs a description for people who cannot see it.
content-news-audience-missing = Please say whom the item is for.
content-news-address-taken = There is another item at this address.
