news-title = Tin tức
news-topics = Chủ đề
news-all-topics = Tất cả
news-more = Xem thêm tin
news-none = Chưa có tin nào.
news-others = Tin khác
news-pinned = Ghim
news-updated = Cập nhật { $when }
