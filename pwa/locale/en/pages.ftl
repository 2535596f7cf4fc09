pages-news-all = All
