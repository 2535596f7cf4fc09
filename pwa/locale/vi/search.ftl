search-title = Tìm kiếm
search-results-title = Kết quả tìm “{ $query }”
search-label = Tìm theo số hiệu hoặc tên văn kiện
search-go = Tìm
search-count = { $count ->
    [0] Không tìm thấy văn kiện nào cho “{ $query }”
   *[other] { $count } văn kiện cho “{ $query }”
}
search-none-try = Thử viết ít từ hơn, hoặc chỉ số hiệu, ví dụ 57-NQ/TW. Không cần gõ dấu.
search-browse = Xem danh mục văn kiện
search-how = Tìm thế nào
search-example-number = 57-NQ/TW
search-example-number-hint = theo số hiệu
search-example-words = chuyển đổi số
search-example-words-hint = theo từ trong tên
search-example-issuer = nghi quyet
search-example-issuer-hint = không cần dấu
