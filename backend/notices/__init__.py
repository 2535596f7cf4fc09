"""Notices in words: what each is about, told to one reader as far as they may know of it today."""
