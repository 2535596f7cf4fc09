content-state-in-force = Đang có hiệu lực
content-state-not-yet = Chưa có hiệu lực
content-state-ended = Hết hiệu lực

content-sort-unknown = Không có cách sắp xếp này.
content-state-unknown = Không có tình trạng hiệu lực này.
content-limit-out-of-range = Mỗi trang chỉ có thể có từ 1 đến { NUMBER($limit, useGrouping: 0) } dòng.
content-cursor-unknown = Vị trí trong danh sách không còn dùng được. Hãy xem lại từ đầu danh sách.
content-transition-not-allowed = Văn kiện đang ở trạng thái không cho phép việc này.
content-readdressed = Đối tượng đọc đã được người khác sửa sau khi đồng chí mở trang này.

content-outcome-new = Mới
content-outcome-edition = Bản mới
content-outcome-unchanged = Không đổi
content-outcome-same-text = Trùng nguyên văn
content-outcome-older = Bản in cũ
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
content-import-same-text = Nguyên văn giống hệt { $type } { $number }{ $issued ->
    [none] {""}
   *[other] {" "}ngày { $issued }
} đã có ở đây nên không nhập thành văn kiện thứ hai. Nếu đúng là hai văn kiện, hãy nhập lại và xác nhận.
content-import-same-text-hidden = Nguyên văn này đã có trong một văn kiện khác mà bạn không được xem nên không nhập lại. Hãy hỏi quản trị đơn vị.
content-import-same-print = Chữ giống hệt bản { $edition } đang có; chỉ khác tệp.
content-import-older-print = Đây là bản in cũ của { $type } { $number }: giống bản { $edition }, trong khi bản mới nhất là bản { $latest }.
content-import-older-file = Tệp ghi sửa lần cuối ngày { $revised }, trước bản { $edition } đang có (ngày { $known }), nên không thay bản đó.
content-import-nearly-same = Giống { $percent } % với { $type } { $number }{ $issued ->
    [none] {""}
   *[other] {" "}ngày { $issued }
}. Hãy xem có phải một văn kiện quét lại không.
content-import-hardly-differs = Chỉ khác bản { $edition } rất ít (giống { $percent } %). Hãy xem đây là bản đính chính hay cùng một văn kiện quét lại.
content-import-elsewhere = Văn kiện này đã có trong hệ thống, ở phạm vi mà bạn không được xem nên không thể nhập. Hãy hỏi quản trị đơn vị.

content-file-macros = Tệp có chứa macro nên không nhận. Mời mở bằng Word, lưu lại ở dạng .docx rồi gửi tệp mới.
content-file-svg = Không nhận tệp hình SVG, kể cả khi tên tệp ghi đuôi khác.
content-file-encrypted = Tệp được bảo vệ bằng mật khẩu nên không đọc được. Mời gỡ mật khẩu rồi gửi lại.
content-file-old-word = Tệp thuộc dạng Word cũ (.doc). Mời mở bằng Word, lưu lại ở dạng .docx rồi gửi tệp mới.
content-file-other-kind = Tên tệp ghi là { $kind } nhưng nội dung không phải loại này{ $seen ->
    [none] {""}
   *[other] {" "}(thực chất là { $seen })
}. Mời gửi đúng tệp gốc.
content-file-two-kinds = Trong tệp lẫn dữ liệu của loại tệp khác nên không nhận. Mời mở tệp, lưu lại rồi gửi tệp mới.
content-file-not-text = Tệp chứa dữ liệu không phải văn bản nên không nhận.
content-file-broken = Tệp bị hỏng hoặc bị cắt ngắn. Mời gửi lại tệp gốc.
content-file-bomb = Tệp nén chứa quá nhiều dữ liệu khi mở ra nên không nhận.
content-file-not-word = Tệp này không phải là văn bản Word.
content-file-document-type = Tệp có khai báo kiểu tài liệu (DTD), thứ mà Word không bao giờ ghi, nên không nhận.
content-file-too-deep = Bảng hoặc khung trong tệp lồng vào nhau quá nhiều lớp nên không đọc được.
content-file-parts-elsewhere = Văn bản có phần được ghép từ tệp khác. Mời mở bằng Word, lưu lại rồi gửi tệp mới.
content-file-no-text = Không tìm thấy chữ nào trong tệp.
content-file-too-long = Văn bản dài hơn { NUMBER($characters) } ký tự, không nhận. Mời chia thành nhiều tệp.
content-file-old-letters = Chữ trong tệp có vẻ theo bảng mã cũ { $encoding } nhưng không chắc đọc đúng hết. Mời chuyển tệp sang Unicode rồi gửi lại.
content-pdf-scan = Tệp có { NUMBER($pages) } trang là ảnh chụp (từ trang { $page }), không có chữ để đọc. Mời gửi tệp xuất ra từ phần mềm soạn thảo.
content-pdf-no-letters = Tệp PDF không có chữ để đọc, chỉ có hình. Mời gửi tệp xuất ra từ phần mềm soạn thảo.
content-pdf-unknown-letters = Phông chữ trong tệp PDF không cho biết nhiều chữ là chữ gì. Mời gửi tệp Word hoặc xuất lại PDF.
content-pdf-too-many-pages = Tệp PDF dài hơn { $pages } trang, không nhận. Mời chia thành nhiều tệp.
content-pdf-heavy = Tệp PDF chứa quá nhiều dữ liệu khi mở ra nên không nhận.
content-pdf-script = Tệp PDF có chứa mã lệnh (JavaScript) nên không nhận. Mời in lại ra PDF rồi gửi tệp mới.
content-pdf-attachment = Tệp PDF có tệp khác đính kèm bên trong nên không nhận. Mời gỡ tệp đính kèm rồi gửi lại.
content-pdf-launch = Tệp PDF có lệnh mở chương trình, gửi dữ liệu hoặc phát âm thanh, hình ảnh nên không nhận. Mời in lại ra PDF rồi gửi tệp mới.
content-pdf-filled = Tệp PDF có ô đã điền hoặc chữ ghi đè lên trang, không thể đọc hết. Mời in lại ra PDF rồi gửi tệp mới.

content-picture-unreadable = Không đọc được ảnh. Hãy dùng ảnh JPEG, PNG, WebP, AVIF hoặc GIF.
content-picture-too-large = Ảnh quá lớn. Hãy dùng ảnh dưới 20 MB và 50 triệu điểm ảnh.

content-news-title-missing = Tin cần có tiêu đề.
content-news-standfirst-missing = Tin cần có đoạn dẫn.
content-news-body-missing = Tin cần có nội dung.
content-news-cover-alt-missing = Ảnh bìa cần có lời mô tả cho người không nhìn thấy ảnh.
content-news-audience-missing = Cần cho biết tin dành cho ai.
content-news-address-taken = Đã có tin khác ở địa chỉ này.
content-search-not-ready = Chỉ mục tìm kiếm đang được lập. Xin thử lại sau ít phút.
content-search-being-built = Máy này đang lập chỉ mục tìm kiếm rồi. Xin chờ lần đó xong.
content-search-too-deep = Chỉ xem được { $limit } kết quả đầu. Hãy viết thêm từ để thu hẹp.
content-search-field-unknown = Không có trường này. Dùng một trong: { $known }.
content-search-engine-unknown = Không có bộ máy tìm kiếm này. Dùng một trong: { $known }.
content-search-no-field = Tệp “{ $file }” có dòng thiếu { $missing }.
content-search-odd-line = Không đọc được tệp “{ $file }”: { $reason }.
content-search-empty = Tệp “{ $file }” không có dòng nào.
