"""``python -m backend.cli``; Ctrl-C ends it quietly, also while it is still being loaded."""

import sys

try:
    from backend.cli.commands import main

    main()
except KeyboardInterrupt:
    sys.exit(130)
