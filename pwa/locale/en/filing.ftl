# Topics and issuers: looking, renaming, merging; giving a document another address.
desk-door-filing = Topics and issuers
desk-door-filing-hint = Add, rename and merge topics; correct how issuers are spelt
filing-title = Topics and issuers
filing-topics = Topics
filing-issuers = Issuers
filing-code = Code in addresses
filing-documents = { $count ->
    [one] 1 document
   *[other] { $count } documents
}
filing-news = { $count ->
    [one] 1 news item
   *[other] { $count } news items
}
filing-drafts = { $count ->
    [one] 1 draft
   *[other] { $count } drafts
}
filing-reason = Reason
filing-reason-hint = Kept, so that others know later why. Readers do not see it.
filing-reason-missing = Say why.
filing-reason-long = A reason has at most { $most } characters.
filing-look = Preview
filing-preview-lead = Nothing has changed yet. Look closely, then confirm.
filing-preview-phones = Phones that are open follow within a minute; those without a network follow when they have one again.
filing-leads-to = is now
filing-because = Reason:

topics-lead = Readers see the topics in this order when they narrow documents and news.
topics-none = There are no topics yet.
topics-former = Merged topics ({ $count })
topic-lead = A topic of documents and news.
topic-vi = Name in Vietnamese
topic-en = Name in English
topic-en-hint = Whoever reads the handbook in English sees this name.
topic-use = In use
topic-unused = Not used yet
topic-see-documents = See documents
topic-see-news = See news
topic-open = Change
topic-look = Look
topic-open-name = Open “{ $name }”
topic-up = Up
topic-down = Down
topic-up-name = Move “{ $name }” up
topic-down-name = Move “{ $name }” down
topic-add = Add a topic
topic-rename = Rename
topic-rename-go = Save the new names
topic-merge = Merge into another topic
topic-merge-words = All documents, news and drafts of this topic go to the other. This topic leaves the list. It cannot be undone.
topic-into = Merge into
topic-into-none = Choose a topic
topic-merge-go = Merge the topic
topic-remove = Remove this topic
topic-remove-words = Nothing is filed under this topic, so it can be removed.
topic-remove-go = Remove the topic
topic-former = Topics merged into this one
topic-preview = Preview of the merger
topic-preview-what = The topic “{ $name }” is merged into “{ $into }”.
topic-preview-moves = What moves: { $what }.
topic-preview-nothing = Nothing has to move.
topic-preview-links = Old links to this topic go on working and lead to the other.
topic-preview-hint = This cannot be undone.
topic-name-missing = Give the topic a name.
topic-name-long = A name has at most { $most } characters.
topic-name-taken = There is a topic of this name.
topic-target-missing = Choose the topic to merge into.
topic-target-gone = The topic that you chose has just been merged or removed. Choose another.
topic-merged-already = Somebody else has just merged this topic into another.
topic-renamed-already = Somebody else has just renamed this topic. Look at its names as they are now.
topic-used = Documents, news or drafts are filed under this topic, so it cannot be removed. It can be merged into another.

issuers-lead = Documents are filed under these names. One body should have one spelling.
issuers-find = Find by name or code
issuers-count = { $count ->
    [one] 1 issuer
   *[other] { $count } issuers
}
issuers-shown = Showing { $shown } of { $count } issuers. Type more to find others.
issuers-none = There are no documents yet.
issuers-none-so = There is no such issuer.
issuers-all = See all
issuer-code = code: { $codes }
issuer-codes = Codes in its numbers
issuer-lead = An issuer of documents
issuer-name = Name
issuer-rename = Correct the spelling, or rename
issuer-rename-words = For a name that is misspelt, or a body that has a new name. All its documents are filed under the new name.
issuer-rename-go = Rename
issuer-merge = Merge two spellings of one body
issuer-merge-words = For a name that means the same body as another name in the list. All documents go to the other name.
issuer-into = The right name
issuer-into-hint = Type a few letters and choose a name that is here.
issuer-merge-go = Merge the two names
issuer-former = Former names
issuer-preview-rename = Preview of the new name
issuer-preview-merge = Preview of the merger
issuer-preview-rename-what = “{ $was }” becomes “{ $now }”.
issuer-preview-merge-what = The documents of “{ $was }” go to “{ $now }”.
issuer-preview-moves = { $count ->
    [one] 1 document is filed under the new name.
   *[other] { $count } documents are filed under the new name.
}
issuer-preview-heads = The heads of the texts stay as they were printed.
issuer-preview-links = Links and files with the old name are still recognised.
issuer-pairs = { $count ->
    [one] 1 pair of documents would be the same
   *[other] { $count } pairs of documents would be the same
}
issuer-pairs-words = The two documents of each pair have one type, number and date. With one issuer they would be one document. Withdraw the one too many of each pair, then try again.
issuer-pair-one = The document of this name
issuer-pair-other = The document of the other name
issuer-same-documents = { $count ->
    [one] 1 pair of documents would be the same, so nothing was changed.
   *[other] { $count } pairs of documents would be the same, so nothing was changed.
}
issuer-name-missing = Give the issuer a name.
issuer-name-long = A name has at most { $most } characters.
issuer-name-taken = There is an issuer of this name. If it is the same body, use the merger below.
issuer-name-former = This was once a name of “{ $name }”. Choose another, or merge into that issuer.
issuer-name-same = The name is as it was; there is nothing to change.
issuer-target-missing = Choose another issuer to merge into.
issuer-target-unknown = There is no issuer of this name. Choose a name from the list.
issuer-target-gone = The issuer that you chose has just been renamed or merged. Choose again.
issuer-gone = Somebody else has just renamed or merged this issuer.

draft-filed-as = In the handbook this body is filed under the name “{ $name }”.

issued-address = Address
issued-move = Change the address
slug-now = Address now
slug-words = Change an address that is wrong or hard to read. The old one goes on working and leads to the new one.
slug-label = End of the new address
slug-hint = Small letters without accents, digits and hyphens. By type, number and year it would be: { $made }
slug-go = Change the address
slug-former = Former addresses
slug-missing = Give the new address.
slug-signs = Only the letters a–z, digits, and hyphens between them.
slug-length = An address has { $least } to { $most } characters.
slug-taken = This is, or was, the address of another document. Choose another.
slug-changed-already = Somebody else has just changed this document’s address. Look at the address as it is now.

pages-done-topic-added = The topic is added.
pages-done-topic-renamed = The topic is renamed.
pages-done-topic-placed = The order is changed.
pages-done-topic-merged = The topic is merged.
pages-done-topic-removed = The topic is removed.
pages-done-issuer-renamed = The issuer is renamed.
pages-done-issuer-merged = The two names are one.
pages-done-document-moved = The address is changed. The old one still works.

act-document-topic = Filed under another topic, since topics were merged
act-document-issuer = Filed under the new name of its issuer
act-document-slug = Given another address
