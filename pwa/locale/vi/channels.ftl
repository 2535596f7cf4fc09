# Các dịch vụ đưa thông báo tới điện thoại, và dòng lệnh sotay push.
push-title-test = Đây là tin thử từ sổ tay
push-key-unusable = Không đọc được khóa ở { $file }, hoặc tệp không chứa khóa P-256 dạng PEM. Hãy khôi phục từ bản sao lưu; chỉ khi đã mất hẳn mới xóa tệp rồi chạy “sotay push keys” (mọi điện thoại sẽ phải đăng ký lại).

cli-push-help = Thông báo tới điện thoại: khóa và gửi thử.
cli-push-keys-help = Tạo khóa Web Push nếu chưa có, và in nửa công khai.
cli-push-key-made = Đã tạo khóa ở { $file }. Hãy sao lưu cùng các khóa khác; mọi máy chủ dùng chung khóa này. Khởi động lại sổ tay để bắt đầu dùng.
cli-push-key-there = Đã có khóa ở { $file }; giữ nguyên.
cli-push-key-set = Khóa lấy từ SOTAY_PUSH_KEY.
cli-push-key-public = Khóa công khai: { $public }
cli-push-test-help = Gửi tin thử tới từng thiết bị của một đồng chí và cho biết kết quả.
cli-push-nothing-configured = Chưa có dịch vụ nào để gửi thông báo. Hãy chạy “sotay doctor” để biết cần đặt gì.
cli-push-no-devices = { $login } chưa bật thông báo trên thiết bị nào.
cli-push-accepted = dịch vụ đã nhận
cli-push-gone = thiết bị không còn, đã xóa
cli-push-later = chưa gửi được, có thể thử lại
cli-push-refused = bị từ chối
cli-push-why-key = khóa khác với khóa lúc điện thoại đăng ký, SOTAY_PUSH_SUBJECT không có thật, hoặc đồng hồ sai
cli-push-why-fault = nội dung gửi đi không được hiểu hoặc quá lớn; đây là lỗi của sổ tay
cli-push-why-between = có máy khác chen giữa sổ tay và dịch vụ; hãy kiểm tra proxy, tường lửa
cli-push-why-account = tài khoản Firebase không lấy được quyền; hãy kiểm tra SOTAY_FCM_CREDENTIALS
cli-push-why-channel = kênh này chưa được cấu hình trên máy này
cli-push-why-address = địa chỉ hoặc khóa mà trình duyệt đưa không phải của dịch vụ đã biết; xem SOTAY_PUSH_HOSTS
cli-push-why-pause = dịch vụ yêu cầu tạm dừng
cli-push-why-way = dịch vụ không trả lời hoặc không tới được; hãy kiểm tra đường ra mạng (cổng 443)
cli-column-device = Thiết bị
cli-column-channel = Kênh
cli-column-service = Dịch vụ

cli-doctor-webpush-none = chưa dùng; trên máy này tin được in ra nhật ký
cli-doctor-webpush-advice = Chưa có khóa nên không gửi được tới trình duyệt. Hãy chạy “sotay push keys”.
cli-doctor-webpush-subject = Chưa biết dịch vụ liên hệ với ai. Hãy đặt SOTAY_PUSH_SUBJECT (mailto:… hoặc https://…) hoặc SOTAY_PUBLIC_URL.
cli-doctor-webpush-open = Người khác trên máy đọc được { $file }. Hãy chạy: chmod 600 { $file }
cli-doctor-webpush-fine = sẵn sàng, liên hệ: { $subject }
cli-doctor-fcm-none = không dùng (chỉ cần cho ứng dụng cài đặt)
cli-doctor-fcm-fine = tài khoản { $file }
