"""``python -m fieldapp``: the one entry of the checkout and of the frozen program."""

from __future__ import annotations

import multiprocessing
import sys

if __name__ == "__main__":
    # First of all: in the frozen program a second process is this very file, started with the work it is for.
    multiprocessing.freeze_support()

from fieldapp.cli import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
