search-title = Tìm kiếm
search-results-title = Kết quả tìm “{ $query }”
search-label = Tìm theo số hiệu, tên hoặc nội dung
search-go = Tìm
search-count = { $count ->
    [0] Không tìm thấy văn kiện nào cho “{ $query }”
   *[other] { $count } văn kiện cho “{ $query }”
}
search-news-count = { $count } tin có tên chứa “{ $query }”
search-news-newest = Dưới đây là { $count } tin mới nhất.
search-none-try = Thử viết ít từ hơn, hoặc chỉ số hiệu, ví dụ 57-NQ/TW. Không cần gõ dấu.
search-browse = Xem danh mục văn kiện
search-how = Tìm thế nào
search-example-number = 57-NQ/TW
search-example-number-hint = theo số hiệu
search-example-words = chuyển đổi số
search-example-words-hint = theo từ ngữ
search-example-plain = nghi quyet
search-example-plain-hint = không cần dấu
search-example-quotation = khoản 2 Điều 3 Quy định 12-QĐ/TU
search-example-quotation-hint = theo trích dẫn
search-suggestions = Gợi ý
search-suggested = Có gợi ý. Dùng mũi tên lên, xuống để chọn.
search-meant = Có phải đồng chí muốn tìm:
search-from = Kết quả từ { $first } đến { $last }
search-place = Đoạn trong văn kiện
search-plain = Chỉ mục tìm kiếm đang được lập. Trong lúc chờ, sổ tay chỉ tìm theo số hiệu và tên văn kiện.
search-long = Câu tìm dài quá nên sổ tay chỉ tìm theo phần đầu.
search-odd = Có lựa chọn lọc không dùng được nên sổ tay bỏ qua.
search-loose = Không có văn kiện nào chứa đủ các từ này. Những văn kiện dưới đây chỉ chứa một phần.
