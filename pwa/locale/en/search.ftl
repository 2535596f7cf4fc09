search-title = Search
search-results-title = Results for “{ $query }”
search-label = Search by number, title or text
search-go = Search
search-count = { $count ->
    [0] No document found for “{ $query }”
    [one] { $count } document for “{ $query }”
   *[other] { $count } documents for “{ $query }”
}
search-news-count = { $count ->
    [one] { $count } news item with “{ $query }” in its title
   *[other] { $count } news items with “{ $query }” in their titles
}
search-news-newest = The newest { $count } are below.
search-none-try = Try fewer words, or the number only, such as 57-NQ/TW. Accents are not needed.
search-browse = Browse the documents
search-how = How to search
search-example-number = 57-NQ/TW
search-example-number-hint = by number
search-example-words = chuyển đổi số
search-example-words-hint = by words
search-example-plain = nghi quyet
search-example-plain-hint = without accents
search-example-quotation = khoản 2 Điều 3 Quy định 12-QĐ/TU
search-example-quotation-hint = by quotation
search-suggestions = Suggestions
search-suggested = There are suggestions. Use the up and down arrows to choose.
search-meant = Did you mean:
search-from = Results { $first } to { $last }
search-place = Passage in the document
search-plain = The search index is being made. Until it is ready, only numbers and titles are searched.
search-long = The query is too long; only its beginning was searched for.
search-odd = A filter that cannot be used was left out.
search-loose = No document has all of these words. Those below have some of them.
