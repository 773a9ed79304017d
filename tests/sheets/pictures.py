"""Pictures for the sheets, drawn here: a yard and a scribble."""

from __future__ import annotations

import io

from PIL import Image, ImageDraw


def photo(number: int, size: tuple[int, int] = (1600, 1200)) -> bytes:
    """Return a JPEG that looks a little like a yard."""
    image = Image.new("RGB", size, (196, 214, 232))
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, size[1] * 2 // 3, size[0], size[1]), fill=(150, 130, 96))
    draw.polygon([(300, 700), (800, 300 + number * 20), (1300, 700)], fill=(140, 60, 44))
    draw.rectangle((380, 700, 1220, 1000), fill=(224, 216, 200))
    stream = io.BytesIO()
    image.save(stream, "JPEG", quality=88)
    return stream.getvalue()


def signature() -> bytes:
    """Return a scribble on a clear ground, as the signature box gives it."""
    image = Image.new("RGBA", (600, 240), (0, 0, 0, 0))
    draw = ImageDraw.Draw(image)
    draw.line([(40, 150), (120, 60), (150, 190), (260, 80), (330, 170), (540, 90)], fill="black", width=9)
    stream = io.BytesIO()
    image.save(stream, "PNG")
    return stream.getvalue()
