documents-title = Documents
documents-public-only = You are seeing the public documents. Sign in to see those addressed to members and to your unit as well.
documents-count = { $count ->
    [one] { $count } document
   *[other] { $count } documents
}
documents-filter = Filter
documents-chosen = Filtered by
documents-remove = Remove the filter:
documents-clear = Remove all filters
documents-sort = Order
documents-sort-newest = Newest
documents-sort-issuer = By issuing body
documents-sort-number = By number
documents-sort-title = By title
documents-by-type = Type of document
documents-by-issuer = Issuing body
documents-by-year = Year of issue
documents-by-topic = Topic
documents-by-state = In force
documents-any = All
documents-apply = Show the results
documents-more = Show more
documents-none-so = No document fits these choices.
documents-none = There are no documents for you to read yet.
