# What little a notification says before the phone has fetched the rest.
push-title-document = There is a new document
push-title-other = The handbook has news for you
push-title-digest = Today in the handbook

notice-sort-unknown = There is no such sort of notices.
notice-how-unknown = Choose one of three: at once, once a day, or not at all.
notice-time-wrong = The time has to be from 00:00 to 23:59.
notice-window-empty = The window has to begin and end at different times. If you need no quiet time, switch it off.
notice-follows-too-many = You follow { $most } things and cannot add more. Leave out what you do not need.
