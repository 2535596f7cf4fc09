"""The desk: what those with a role work at."""
