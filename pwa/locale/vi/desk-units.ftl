# Tìm và chọn đơn vị
unit-find = Tìm đơn vị
unit-find-words = Tên hoặc mã đơn vị cần tìm
unit-find-hint = Gõ tên hoặc mã, không cần dấu, rồi chọn trong các đơn vị tìm được.
unit-found = Tìm được { $count } đơn vị.
unit-found-more = Hiện { $shown } trong { $count } đơn vị tìm được. Mời gõ thêm để thu hẹp.
pages-unit-choose = { $count ->
   *[other] Có { $count } đơn vị tìm được. Mời đồng chí chọn một đơn vị.
}
pages-unit-unknown = Không có đơn vị nào đồng chí quản trị khớp với “{ $words }”.
pages-unit-closed = Đơn vị “{ $unit }” đã kết thúc hoạt động từ ngày { $on }. Mời chọn đơn vị khác.

# Cây tổ chức
desk-door-units = Tổ chức đảng
desk-door-units-hint = Lập mới, đổi tên, sáp nhập, chia tách, chuyển, kết thúc
units-title = Tổ chức đảng
units-lead = Các đơn vị đồng chí quản trị. Mọi thay đổi ghi theo ngày; những gì đã có được giữ nguyên.
units-mine = Đơn vị đồng chí quản trị
units-all = Về các đơn vị của đồng chí
unit-below-count = { $count } đơn vị trực thuộc
unit-until = đến ngày { $on }
unit-is-over = Đơn vị này không còn hoạt động từ ngày { $on }.
unit-code = Mã đơn vị
unit-code-hint = Chữ, số, dấu chấm hoặc gạch nối, ví dụ DM-BX. Mỗi mã chỉ dùng cho một đơn vị.
unit-under = Trực thuộc
unit-from = Từ ngày
unit-members = Đảng viên
unit-members-count = { $count } người sinh hoạt trực tiếp
unit-members-below = { $count } người kể cả các đơn vị bên dưới
unit-own-members = Đảng viên sinh hoạt trực tiếp
unit-children = Đơn vị trực thuộc
unit-no-children = Không có đơn vị trực thuộc.
unit-acts = Thay đổi đơn vị này
unit-acts-above = Việc đổi tên, chuyển, sáp nhập, chia tách hoặc kết thúc đơn vị này do người quản trị cấp trên thực hiện.
unit-history = Lịch sử
unit-this = Đơn vị này
unit-history-begin = Thành lập { $new }.
unit-history-rename = { $old } đổi tên thành { $new }.
unit-history-move = { $new } chuyển từ trực thuộc “{ $from }” về trực thuộc “{ $to }”.
unit-history-merge = { $old } sáp nhập thành { $new }.
unit-history-split = { $old } tách thành { $new }.
unit-history-end = { $old } kết thúc hoạt động.

unit-act-create = Lập đơn vị trực thuộc
unit-act-create-words = Đơn vị mới nằm ngay dưới đơn vị này.
unit-act-create-go = Lập đơn vị
unit-act-rename = Đổi tên
unit-act-rename-hint = Tên, mã
unit-act-rename-words = Đảng viên và đơn vị bên dưới không phải làm gì.
unit-act-rename-go = Đổi tên
unit-act-move = Chuyển về đơn vị cấp trên khác
unit-act-move-hint = Cùng mọi đơn vị bên dưới
unit-act-move-words = Đơn vị chuyển đi cùng đảng viên và mọi đơn vị bên dưới.
unit-act-move-go = Chuyển đơn vị
unit-act-merge = Sáp nhập
unit-act-merge-hint = Với một hoặc nhiều đơn vị khác thành một đơn vị mới
unit-act-merge-words = Đơn vị mới đứng ở chỗ của đơn vị này. Đảng viên và đơn vị bên dưới tự chuyển theo.
unit-act-merge-go = Sáp nhập
unit-act-split = Chia tách
unit-act-split-hint = Thành hai đến bốn đơn vị mới
unit-act-split-words = Ghi tên các đơn vị mới. Ở bước sau, đồng chí chọn đơn vị mới cho từng đảng viên và từng đơn vị trực thuộc.
unit-act-split-go = Chia tách
unit-act-close = Kết thúc hoạt động
unit-act-close-hint = Khi không còn đảng viên và đơn vị trực thuộc
unit-act-close-words = Chỉ dùng khi không có đơn vị nào thay thế. Trước đó phải chuyển hết đảng viên và đơn vị trực thuộc.
unit-act-close-go = Kết thúc hoạt động
unit-new-name = Tên đơn vị
unit-new-name-en = Tên tiếng Anh
unit-kind = Loại đơn vị
unit-new-parent = Đơn vị cấp trên mới
unit-merge-with = Sáp nhập với
unit-merge-with-more = Và với
unit-none = Không chọn
unit-part = Đơn vị mới thứ { $number }
unit-on-hint = Có thể ghi ngày đã qua hoặc ngày sắp tới.
unit-look = Xem trước
unit-back = Sửa lại
unit-preview = Xem trước thay đổi
unit-preview-lead = Chưa có gì được ghi. Mời đồng chí xem kỹ rồi xác nhận.
unit-divide = Chia về các đơn vị mới
unit-divide-go = Tiếp: chia đảng viên
unit-divide-words = Lúc đầu tất cả về “{ $first }”. Mời chọn lại cho những ai, những đơn vị nào về nơi khác.
unit-divide-nobody = Đơn vị không có đảng viên và đơn vị trực thuộc nào để chia.

unit-plan-create = Từ ngày { $on }, thành lập “{ $name }” (mã { $code }) trực thuộc “{ $parent }”. Đơn vị mới chưa có đảng viên.
unit-plan-rename = Từ ngày { $on }, “{ $old }” mang tên “{ $name }” (mã { $code }).
unit-plan-along = { $units ->
    [0] { $members } đảng viên tự chuyển theo.
   *[other] { $members } đảng viên và { $units } đơn vị bên dưới tự chuyển theo.
}
unit-plan-kept = Họ vẫn đọc được những gì đã gửi đến “{ $old }”.
unit-plan-move = Từ ngày { $on }, “{ $name }” chuyển từ trực thuộc “{ $from }” về trực thuộc “{ $to }”.
unit-plan-move-read = Họ đọc được những gì gửi đến “{ $to }”, và không còn đọc được những gì chỉ gửi đến “{ $from }”.
unit-plan-merge = Từ ngày { $on }, { $olds } sáp nhập thành “{ $name }” (mã { $code }).
unit-plan-merge-each = { $members } đảng viên của “{ $old }” (kể cả các đơn vị bên dưới) chuyển về “{ $name }” và vẫn đọc được những gì đã gửi đến “{ $old }”.
unit-plan-split = Từ ngày { $on }, “{ $old }” tách thành { $count } đơn vị:
unit-plan-split-each = “{ $name }” (mã { $code }): { $members } đảng viên sinh hoạt trực tiếp, { $units } đơn vị trực thuộc.
unit-plan-split-roles = Nhiệm vụ đã giao cho “{ $old }” không tự chuyển sang đơn vị mới. Mời giao lại sau khi chia tách.
unit-plan-close = Từ ngày { $on }, “{ $name }” kết thúc hoạt động, không có đơn vị thay thế. Những văn kiện đã gửi và lịch sử vẫn được giữ.

pages-done-unit-create = Đã lập đơn vị.
pages-done-unit-rename = Đã đổi tên đơn vị.
pages-done-unit-move = Đã chuyển đơn vị.
pages-done-unit-merge = Đã sáp nhập.
pages-done-unit-split = Đã chia tách. Đây là đơn vị mới thứ nhất.
pages-done-unit-close = Đã kết thúc hoạt động của đơn vị.
