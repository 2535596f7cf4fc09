content-state-in-force = In force
content-state-not-yet = Not yet in force
content-state-ended = No longer in force

content-sort-unknown = There is no such order.
content-state-unknown = There is no such state.
content-limit-out-of-range = A page can have 1 to { NUMBER($limit, useGrouping: 0) } rows.
content-cursor-unknown = This place in the list can no longer be used. Please begin at the top of the list.
content-transition-not-allowed = The document is in a state that does not allow this.
content-readdressed = Somebody else changed who may read it after you opened this page.

content-outcome-new = New
content-outcome-edition = New edition
content-outcome-unchanged = Unchanged
content-outcome-same-text = Same text
content-outcome-older = Older print
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
content-import-same-text = The text is the very same as that of { $type } { $number }{ $issued ->
    [none] {""}
   *[other] {" "}of { $issued }
}, which is here already, so no second document was made. If they are two documents, import it again and confirm.
content-import-same-text-hidden = This text is here already, in a document that you may not read, so it was not taken. Please ask the unit administrator.
content-import-same-print = The words are those of edition { $edition }; only the file differs.
content-import-older-print = This is an older print of { $type } { $number }: the same as edition { $edition }, while the latest is edition { $latest }.
content-import-older-file = The file says that it was last revised on { $revised }, before edition { $edition } (of { $known }), so it does not take its place.
content-import-nearly-same = { $percent } % the same as { $type } { $number }{ $issued ->
    [none] {""}
   *[other] {" "}of { $issued }
}. Please check whether one paper was scanned twice.
content-import-hardly-differs = It hardly differs from edition { $edition } ({ $percent } % the same). Please check whether this is a correction or the same paper scanned again.
content-import-elsewhere = This document is here already, where you may not read it, so it cannot be taken. Please ask the unit administrator.

content-file-macros = The file contains macros and is not taken. Please open it in Word, save it as .docx and send the new file.
content-file-svg = SVG drawings are not taken, whatever the file's name says.
content-file-encrypted = The file is protected by a password and cannot be read. Please remove the password and send it again.
content-file-old-word = The file is in Word's old format (.doc). Please open it in Word, save it as .docx and send the new file.
content-file-other-kind = The file's name says { $kind }, but what it holds is not of that kind{ $seen ->
    [none] {""}
   *[other] {" "}(it is { $seen })
}. Please send the original file.
content-file-two-kinds = The file also holds data of another kind of file and is not taken. Please open it, save it again and send the new file.
content-file-not-text = The file holds data that is not text and is not taken.
content-file-broken = The file is damaged or cut short. Please send the original file again.
content-file-bomb = The packed file holds too much once it is opened and is not taken.
content-file-not-word = This file is not a Word document.
content-file-document-type = The file declares a document type (DTD), which Word never writes, and is not taken.
content-file-too-deep = Tables or boxes in the file lie in one another too deeply to be read.
content-file-parts-elsewhere = Parts of the document come from another file. Please open it in Word, save it again and send the new file.
content-file-no-text = No words were found in the file.
content-file-too-long = The text is longer than { NUMBER($characters) } characters and is not taken. Please divide it into several files.
content-file-old-letters = The letters in the file seem to be in the old encoding { $encoding }, but it is not certain that all would be read rightly. Please convert the file to Unicode and send it again.
content-pdf-scan = Pages of the file are pictures without letters to read: { NUMBER($pages) } of them, the first is page { $page }. Please send the file as exported from a word processor.
content-pdf-no-letters = The PDF has no letters to read, only pictures. Please send the file as exported from a word processor.
content-pdf-unknown-letters = The fonts in the PDF do not say what many of its letters are. Please send the Word file or export the PDF again.
content-pdf-too-many-pages = The PDF is longer than { $pages } pages and is not taken. Please divide it into several files.
content-pdf-heavy = The PDF holds too much once it is opened and is not taken.
content-pdf-script = The PDF contains a script (JavaScript) and is not taken. Please print it to PDF and send the new file.
content-pdf-attachment = The PDF has another file attached inside it and is not taken. Please remove the attachment and send it again.
content-pdf-launch = The PDF opens programs, sends data or plays media and is not taken. Please print it to PDF and send the new file.
content-pdf-filled = The PDF has filled-in fields or words written over its pages, which cannot all be read. Please print it to PDF and send the new file.

content-picture-unreadable = The picture cannot be read. Please use JPEG, PNG, WebP, AVIF or GIF.
content-picture-too-large = The picture is too large. Please use one under 20 MB and 50 million pixels.

content-news-title-missing = A news item needs a title.
content-news-standfirst-missing = A news item needs a standfirst.
content-news-body-missing = A news item needs a body.
content-news-cover-alt-missing = A cover picture needs a description for people who cannot see it.
content-news-audience-missing = Please say whom the item is for.
content-news-address-taken = There is another item at this address.
content-search-not-ready = The search index is being built. Please try again in a few minutes.
content-search-being-built = This machine is building the search index already. Please wait until that is done.
content-search-too-deep = Only the first { $limit } results can be shown. Add words to narrow them.
content-search-field-unknown = There is no such field. Use one of: { $known }.
content-search-engine-unknown = There is no such search engine. Use one of: { $known }.
content-search-no-field = The file “{ $file }” has a line without { $missing }.
content-search-odd-line = The file “{ $file }” cannot be read: { $reason }.
content-search-empty = The file “{ $file }” has no lines.
