# Số việc đang chờ ở bàn làm việc; trên trang đang mở, số tự đổi.
counts-fresh-comments = { $count } ý kiến mới – xem
counts-fresh-feedback = { $count } góp ý mới – xem
counts-overdue = quá hạn
api-too-many-streams = Đồng chí đang mở quá nhiều trang cùng lúc. Mời đồng chí đóng bớt vài trang.
