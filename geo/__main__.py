"""`python -m geo geocode ...` and `python -m geo resolve`."""

import sys

from geo.cli import main

if __name__ == "__main__":
    sys.exit(main())
