"""What programs are told: JSON under /api/, with the same scopes as the pages."""
