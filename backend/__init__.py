"""The server: people, discussion, and the doors."""
