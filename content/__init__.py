"""Documents, editions and news: importing, publishing, reading, library. Knows no HTTP."""
