"""Photos and signatures on their way to paper: scaled to 300 dots an inch of what is printed, without their metadata."""

from __future__ import annotations

import io

__all__ = ["DPI", "for_print", "signature_for_print"]

DPI = 300
_MM_PER_INCH = 25.4
_ORIENTATION, _LIES_ON_ITS_SIDE = 0x0112, 5


def for_print(picture: bytes, width_mm: float, height_mm: float) -> bytes | None:
    """Return the photo as JPEG that fits the box at 300 dpi, upright, without EXIF; None when it is no picture."""
    from PIL import Image, ImageOps

    try:
        with Image.open(io.BytesIO(picture)) as source:
            box = _pixels(width_mm, height_mm)
            if source.getexif().get(_ORIENTATION, 1) >= _LIES_ON_ITS_SIDE:
                box = box[::-1]
            source.draft("RGB", box)
            source.thumbnail(box)  # first: turning and converting a small picture is cheap
            image = ImageOps.exif_transpose(source)
    except (OSError, ValueError, Image.DecompressionBombError):
        return None
    stream = io.BytesIO()
    (image if image.mode == "RGB" else image.convert("RGB")).save(stream, "JPEG", quality=82)
    return stream.getvalue()


def signature_for_print(picture: bytes, width_mm: float, height_mm: float) -> bytes | None:
    """Return a signature drawn on the screen as black on white PNG at 300 dpi; None when it is no picture."""
    from PIL import Image

    try:
        with Image.open(io.BytesIO(picture)) as source:
            drawn = source.convert("RGBA")
    except (OSError, ValueError, Image.DecompressionBombError):
        return None
    drawn.thumbnail(_pixels(width_mm, height_mm))
    page = Image.new("RGBA", drawn.size, "white")
    page.alpha_composite(drawn)
    ink = page.convert("L")
    stream = io.BytesIO()
    ink.save(stream, "PNG", optimize=True)
    return stream.getvalue()


def _pixels(width_mm: float, height_mm: float) -> tuple[int, int]:
    return round(width_mm / _MM_PER_INCH * DPI), round(height_mm / _MM_PER_INCH * DPI)
