# Điều cần xem lại khi một văn bản được đọc thành các phần.

structure-article-gap = Số điều bị cách quãng: sau Điều { $before } là Điều { $after }.
structure-article-order = { $label } không theo thứ tự số điều.
structure-quotation-unbalanced = Dấu ngoặc kép mở ở dòng { $line } không thấy dấu đóng.
structure-number-missing = Không tìm thấy số hiệu của văn bản.
structure-type-missing = Không tìm thấy tên loại văn bản.
structure-issuer-missing = Không tìm thấy cơ quan ban hành.
structure-date-missing = Không tìm thấy ngày ban hành.
structure-title-missing = Không tìm thấy trích yếu.
structure-number-disagrees = Số hiệu: lấy { $printed }; chỗ khác trong tệp ghi { $stated }.
structure-type-disagrees = Loại văn bản: lấy { $printed }; chỗ khác trong tệp ghi { $stated }.
structure-issuer-disagrees = Cơ quan ban hành: lấy { $printed }; chỗ khác trong tệp ghi { $stated }.
structure-date-disagrees = Ngày ban hành: lấy { $printed }; chỗ khác trong tệp ghi { $stated }.
structure-signer-disagrees = Người ký: lấy { $printed }; chỗ khác trong tệp ghi { $stated }.
