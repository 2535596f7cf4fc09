documents-title = Văn kiện
documents-public-only = Đồng chí đang xem các văn kiện công khai. Đăng nhập để xem cả văn kiện gửi cho đảng viên và cho đơn vị.
documents-count = { $count ->
   *[other] { $count } văn kiện
}
documents-filter = Lọc
documents-chosen = Đang lọc theo
documents-remove = Bỏ lọc:
documents-clear = Bỏ tất cả lọc
documents-sort = Sắp xếp
documents-sort-newest = Mới nhất
documents-sort-issuer = Theo cơ quan
documents-sort-number = Theo số hiệu
documents-sort-title = Theo tên
documents-by-type = Loại văn kiện
documents-by-issuer = Cơ quan ban hành
documents-by-year = Năm ban hành
documents-by-topic = Chủ đề
documents-by-state = Hiệu lực
documents-any = Tất cả
documents-apply = Xem kết quả
documents-more = Xem thêm
documents-none-so = Không có văn kiện nào khớp với các lựa chọn này.
documents-none = Chưa có văn kiện nào cho đồng chí đọc.
