"""The command line ``sotay``: running the handbook, bringing documents and people in, looking after it."""
