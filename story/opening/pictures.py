"""Pictures that a person gives to a story: read, made small and written anew, so that nothing of the file is kept but
what is seen. A file from a stranger is read in the sandbox only."""

from __future__ import annotations

import io
import warnings

from PIL import Image, ImageOps, UnidentifiedImageError

from story.exc import PictureFormatError

FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
KINDS = ("jpg", "jpeg", "png", "webp", "gif")
MOST_BYTES = 25_000_000
LONGEST_EDGE = 1_600
"""Pixels of the longer side of a picture as it is kept."""
MOST_KEPT = 400_000
"""Bytes of a picture as it is kept."""
_MOST_PIXELS = 80_000_000
_QUALITIES = (80, 65, 45, 25)


def rewritten(raw: bytes, name: str) -> bytes:
    """The picture in the bytes of a file as WebP: upright, no larger than it is shown, without what a camera noted.

    Of one that moves the first frame is taken. Raises PictureFormatError for what is no picture, or too large a one.
    """
    if len(raw) > MOST_BYTES:
        raise PictureFormatError(f"'{name}' has more than {MOST_BYTES / 1e6:,.0f} MB. Give a smaller copy of it.")
    try:
        with warnings.catch_warnings():
            # A few bytes may claim to be a picture that fills the memory.
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(raw), formats=FORMATS) as given:
                if given.width * given.height > _MOST_PIXELS:
                    raise PictureFormatError(
                        f"'{name}' has {given.width:,} × {given.height:,} pixels, which is too many. "
                        "Give a smaller copy of it."
                    )
                given.draft("RGB", (LONGEST_EDGE, LONGEST_EDGE))
                upright = ImageOps.exif_transpose(given)
                clear = upright.has_transparency_data
                seen = upright.convert("RGBA" if clear else "RGB")
    except PictureFormatError:
        raise
    except (UnidentifiedImageError, Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise PictureFormatError(
            f"'{name}' is no picture that can be read. Give a JPEG, PNG, WebP or GIF file."
        ) from None
    except Exception as error:
        # A broken file breaks its decoder in more ways than Pillow names.
        said = str(error).rstrip(".")[:120]
        raise PictureFormatError(f"'{name}' is damaged: {said}. Save the picture again and give that.") from None
    seen.thumbnail((LONGEST_EDGE, LONGEST_EDGE))
    # A new picture has nothing but its pixels.
    bare = Image.frombytes(seen.mode, seen.size, seen.tobytes())
    for quality in _QUALITIES:
        written = io.BytesIO()
        bare.save(written, "WEBP", quality=quality, method=4)
        if written.tell() <= MOST_KEPT:
            break
    return written.getvalue()
