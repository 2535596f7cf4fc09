# What little a notification says before the phone has fetched the rest.
push-title-document = Có văn bản mới
push-title-other = Sổ tay có tin mới cho đồng chí
push-title-digest = Tin trong ngày từ sổ tay

notice-sort-unknown = Không có loại tin báo này.
notice-how-unknown = Hãy chọn một trong ba cách: báo ngay, gộp mỗi ngày một lần, hoặc không báo.
notice-time-wrong = Giờ phải từ 00:00 đến 23:59.
notice-window-empty = Giờ bắt đầu và giờ kết thúc phải khác nhau. Nếu không cần giờ yên lặng, hãy tắt đi.
notice-follows-too-many = Đồng chí đang theo dõi { $most } mục, không thêm được nữa. Hãy bỏ bớt mục không cần.
