changes-title = Những thay đổi
changes-heading = Bản thứ { $newer } thay đổi gì so với bản thứ { $older }
changes-counted = { $kind ->
    [changed] sửa
    [added] thêm
    [removed] bỏ
    [moved] chuyển chỗ
   *[renumbered] đánh số lại
} { $count }{ $place ->
    [first] {" "}phần
   *[later] {""}
}
changes-size = { $counts }; { $share ->
    [none] câu chữ không đổi
    [signs] chỉ khác dấu câu
    [little] dưới 1 % số chữ
   *[some] khoảng { $percent } % số chữ
}.
changes-how-removed = Chữ bị bỏ thì gạch ngang
changes-how-added = Chữ thêm vào thì tô nền, gạch chân
changes-none = Hai bản giống nhau về câu chữ.
changes-none-open = Đọc bản thứ { $ordinal }
changes-note = Lời người biên tập
changes-others = So với bản khác
changes-with = So với bản thứ { $ordinal }
changes-unchanged = { $count } phần không đổi
changes-kind-changed = Sửa
changes-kind-added = Thêm
changes-kind-removed = Bỏ
changes-kind-moved = Chuyển chỗ
changes-kind-renumbered = Đánh số lại
changes-kind-moved-changed = Chuyển chỗ và sửa
changes-kind-renumbered-changed = Đánh số lại và sửa
changes-was = Trước là
changes-removed-opens = (bỏ:
changes-added-opens = (thêm:
changes-closes = )
changes-left-out = … { $count } chữ không đổi …
changes-see = Xem ở bản thứ { $ordinal }
changes-see-draft = Mở trong bản thảo
changes-open = Thay đổi so với bản thứ { $ordinal }
changes-open-past = Xem đã thay đổi những gì
changes-open-coming = Xem sẽ thay đổi những gì
