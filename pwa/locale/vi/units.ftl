# Tệp danh mục đơn vị
units-import-not-json = Tệp này không phải là JSON.
units-import-unknown-shape = Tệp này không có danh mục đơn vị theo dạng đã quy định.
units-import-not-an-object = Mục này không phải là một đơn vị.
units-import-code = Mã đơn vị thiếu hoặc có ký tự không dùng được ({ $code }).
units-import-name = Tên đơn vị { $code } thiếu, quá dài hoặc có ký tự ẩn.
units-import-kind = Loại của đơn vị { $code } không có trong danh mục.
units-import-date = Ngày của đơn vị { $code } không đúng dạng năm-tháng-ngày.
units-import-date-order = Ngày kết thúc của đơn vị { $code } không sau ngày bắt đầu.
units-import-twice = Đơn vị { $code } có hai lần với cùng ngày bắt đầu.
units-import-overlap = Mã { $code } được dùng cho hai đơn vị trong cùng một thời gian.
units-import-parent-unknown = Đơn vị cấp trên { $parent } của { $code } không có vào ngày bắt đầu.
units-import-parent-differs = Đơn vị { $code } đang nằm dưới cấp trên khác. Mời dùng việc chuyển đơn vị.
units-import-step = Việc kế thừa từ { $code } thiếu ngày hoặc sai loại.
units-import-step-unknown = Việc kế thừa từ { $code } sang { $new } không khớp: đơn vị cũ phải kết thúc và đơn vị mới phải hoạt động vào ngày đó.
