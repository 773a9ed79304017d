"""``python -m fieldapp``: the one entry of the checkout and of the frozen program."""

from __future__ import annotations

import sys

from fieldapp.cli import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
