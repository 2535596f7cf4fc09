"""``python -m backend.cli``."""

from backend.cli.commands import main

main()
