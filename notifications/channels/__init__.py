"""The push services that are spoken to, each behind the same interface."""
