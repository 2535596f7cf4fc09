"""Drafts: editions while they are written, checked and decided on; readers know nothing of them."""
