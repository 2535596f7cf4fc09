search-title = Search
search-results-title = Results for “{ $query }”
search-label = Search by number or title
search-go = Search
search-count = { $count ->
    [0] No document found for “{ $query }”
    [one] { $count } document for “{ $query }”
   *[other] { $count } documents for “{ $query }”
}
search-none-try = Try fewer words, or the number only, such as 57-NQ/TW. Accents are not needed.
search-browse = Browse the documents
search-how = How to search
search-example-number = 57-NQ/TW
search-example-number-hint = by number
search-example-words = chuyển đổi số
search-example-words-hint = by words of the title
search-example-issuer = nghi quyet
search-example-issuer-hint = without accents
