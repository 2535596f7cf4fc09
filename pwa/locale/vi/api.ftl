api-number-expected = Ở đây cần một số nguyên.
api-number-too-small = Số này không được nhỏ hơn { NUMBER($limit, useGrouping: 0) }.
api-number-too-large = Số này không được lớn hơn { NUMBER($limit, useGrouping: 0) }.
api-yes-or-no-expected = Ở đây chỉ nhận true hoặc false.
api-text-too-long = Nội dung này không được dài quá { NUMBER($limit, useGrouping: 0) } ký tự.
api-text-odd = Nội dung này có ký tự không dùng được.
api-not-a-choice = Giá trị này không có trong các lựa chọn.
api-field-wrong = Giá trị này không dùng được.
