content-state-in-force = Đang có hiệu lực
content-state-not-yet = Chưa có hiệu lực
content-state-ended = Hết hiệu lực

content-sort-unknown = Không có cách sắp xếp này.
content-state-unknown = Không có tình trạng hiệu lực này.
content-limit-out-of-range = Mỗi trang chỉ có thể có từ 1 đến { NUMBER($limit, useGrouping: 0) } dòng.
content-cursor-unknown = Vị trí trong danh sách không còn dùng được. Hãy xem lại từ đầu danh sách.
content-transition-not-allowed = Văn kiện đang ở trạng thái không cho phép việc này.

content-outcome-new = Mới
content-outcome-edition = Bản mới
content-outcome-unchanged = Không đổi
content-outcome-refused = Từ chối

content-import-unreadable = Không đọc được tệp này.
content-import-empty = Tệp không có nội dung.
content-import-too-large = Tệp lớn hơn { $megabytes } MB, không nhận.
content-import-unknown-kind = Không nhận loại tệp này. Các loại nhận được: { $kinds }.
content-import-not-utf8 = Tệp không phải văn bản mã UTF-8. Hãy lưu lại tệp với bảng mã UTF-8.
content-import-nameless = Không tìm thấy số hoặc loại văn kiện ở phần đầu.
content-import-secret = Văn kiện có dấu mật “{ $marking }”. Văn kiện mật không được đưa vào hệ thống này.
content-import-unknown-audience = Không hiểu phạm vi đọc hoặc đơn vị “{ $scope }”.
content-import-failed = Không nhập được tệp này vì lỗi của hệ thống. Chi tiết có trong nhật ký máy chủ.
content-import-no-issuer = Không tìm thấy cơ quan ban hành.
content-import-no-date = Không tìm thấy ngày ban hành.

content-picture-unreadable = Không đọc được ảnh. Hãy dùng ảnh JPEG, PNG, WebP, AVIF hoặc GIF.
content-picture-too-large = Ảnh quá lớn. Hãy dùng ảnh dưới 20 MB và 50 triệu điểm ảnh.

content-news-title-missing = Tin cần có tiêu đề.
content-news-standfirst-missing = Tin cần có đoạn dẫn.
content-news-body-missing = Tin cần có nội dung.
content-news-cover-alt-missing = Ảnh bìa cần có lời mô tả cho người không nhìn thấy ảnh.
content-news-audience-missing = Cần cho biết tin dành cho ai.
content-news-address-taken = Đã có tin khác ở địa chỉ này.
