"""The command line ``sotay``: running the handbook, bringing documents and people in, looking after it."""

from backend.cli.commands import main

__all__ = ["main"]
