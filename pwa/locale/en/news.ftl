news-title = News
news-topics = Topics
news-all-topics = All
news-more = Show more news
news-none = There is no news yet.
news-others = Other news
news-pinned = Pinned
news-updated = Updated { $when }
