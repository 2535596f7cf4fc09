"""The floor that all rooms stand on: settings, database, leases, journal, clock."""
