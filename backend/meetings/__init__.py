"""Preparing a unit's meeting: its date and agenda, the parts of documents to read before it, and papers."""
