error-401-title = Mời đồng chí đăng nhập
error-401-words = Trang này chỉ dành cho đảng viên đã đăng nhập.
error-401-safe = Đăng nhập xong, đồng chí sẽ về đúng trang này.
error-403-title = Đồng chí chưa được quyền xem trang này
error-403-words = Trang này chỉ dành cho người có nhiệm vụ liên quan.
error-403-safe = Nếu đồng chí cần xem, hãy hỏi người phụ trách sổ tay của đơn vị.
error-404-title = Không tìm thấy trang này
error-404-words = Có thể địa chỉ đã thay đổi, hoặc nội dung không gửi đến đồng chí.
error-404-safe = Đồng chí có thể tìm theo số hiệu hoặc tên văn kiện.
error-410-title = Nội dung này không còn nữa
error-410-words = Nội dung đã được gỡ xuống.
error-410-safe = Đồng chí có thể tìm văn kiện khác theo số hiệu hoặc tên.
error-429-title = Xin chờ một lát
error-429-words = Máy của đồng chí gửi quá nhiều yêu cầu trong thời gian ngắn.
error-429-safe = Không có gì bị mất. Chờ một lát rồi thử lại.
error-500-title = Sổ tay đang gặp trục trặc
error-500-words = Lỗi ở phía hệ thống, không phải do đồng chí.
error-500-safe = Những gì đồng chí đã lưu vẫn còn nguyên. Mời thử lại sau ít phút.
error-503-title = Sổ tay tạm thời chưa phục vụ được
error-503-words = Hệ thống đang được bảo trì hoặc đang có quá nhiều người dùng.
error-503-safe = Văn kiện đã lưu trên máy vẫn đọc được. Mời thử lại sau ít phút.
error-wait = Có thể thử lại sau { $seconds } giây.
error-again = Thử lại
error-home = Về trang chủ
error-trace = Khi báo lỗi, xin đọc mã này cho người phụ trách: { $trace }
error-413-title = Nội dung gửi lên quá lớn
error-413-words = Chữ và tệp gửi kèm vượt quá mức được gửi một lần nên chưa nhận được.
error-413-safe = Chưa có gì được gửi đi. Mời đồng chí quay lại trang trước, bớt tệp hoặc chọn tệp nhỏ hơn rồi gửi lại.
error-typed = Những gì đồng chí đã viết
error-typed-hint = Mời đồng chí sao chép lại trước khi rời trang này, để không phải viết lại.
error-typed-one = { $of ->
    [1] Nội dung đã viết
   *[other] Nội dung đã viết, ô { $at } trong { $of } ô
}
error-typed-copy = Sao chép
error-typed-copied = Đã sao chép
error-typed-failed = Máy không cho sao chép. Hãy chạm giữ vào ô chữ rồi chọn sao chép.
