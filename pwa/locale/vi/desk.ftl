desk-lead = Những việc đồng chí được giao.
desk-nothing = Hiện chưa có việc nào ở đây.
desk-door-roster = Danh sách đảng viên
desk-door-roster-hint = Thêm, chuyển đơn vị, giao nhiệm vụ, cấp mã kích hoạt
desk-door-erasures = Đề nghị xóa dữ liệu
desk-door-erasures-hint = Của đảng viên trong đơn vị
