"""`python -m story`: check and export stories from the command line."""

import sys

from story.cli import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
