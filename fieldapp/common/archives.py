"""Zip archives from outside: workbooks, forms, backups. Any byte of them may be wrong."""

from __future__ import annotations

import lzma
import struct
import zipfile
import zlib

__all__ = ["DAMAGED", "DAMAGED_INSIDE"]

#: What reading a damaged archive raises: its own error, those of its three ways to pack, a part that says it is encrypted
#: (RuntimeError) or packed in a fourth way (NotImplementedError), names that are no text, parts that are not there.
DAMAGED: tuple[type[Exception], ...] = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    RuntimeError,
    ValueError,
    KeyError,
    TypeError,
    struct.error,
)
#: The same of an archive that is in memory already, where no disk can fail, and of the XML inside it.
DAMAGED_INSIDE: tuple[type[Exception], ...] = (*DAMAGED, OSError, SyntaxError)
