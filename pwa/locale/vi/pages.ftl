pages-news-all = Tất cả
