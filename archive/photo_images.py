"""The image that staff attach to a photo: only ever a picture drawn anew from what was uploaded."""

from __future__ import annotations

import io
import warnings

from PIL import Image, ImageOps, UnidentifiedImageError

from archive.errors import BaozangError
from archive.saying import say

#: The longest side in pixels: twice what the widest page shows.
LONGEST_SIDE = 2000
#: Pixels that an upload may unfold to, and its bytes.
MOST_PIXELS = 60_000_000
MOST_BYTES = 20 * 1024 * 1024
#: The shortest side that is still a picture to look at.
SHORTEST_SIDE = 40
QUALITY = 82
FORMATS = ("JPEG", "PNG", "WEBP")


class ImageError(BaozangError):
    """An upload that can't become a photo's image."""


def redrawn(data: bytes, name: str = "") -> bytes:
    """A JPEG of the picture in ``data``, upright, at most ``LONGEST_SIDE`` wide or high, without anything else that
    the file carried (place, camera, comments, a second file behind it).

    Its type is read from its content. Raises ImageError where it is none of ``FORMATS``, damaged, or too big.
    """
    thing = name or say("图片")
    if len(data) > MOST_BYTES:
        raise ImageError(thing, say("超过 %(most)s MB", most=MOST_BYTES // 2**20), say("请缩小后再试。"))
    try:
        with warnings.catch_warnings(), Image.open(io.BytesIO(data), formats=FORMATS) as image:
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            if image.width * image.height > MOST_PIXELS:
                raise ImageError(thing, say("像素太多"), say("请缩小后再试。"))
            if min(image.size) < SHORTEST_SIDE:
                raise ImageError(
                    thing, say("图像太小"), say("请用两边都不小于 %(least)s 像素的图。", least=SHORTEST_SIDE)
                )
            drawn = _on_white(ImageOps.exif_transpose(image))
    except (
        UnidentifiedImageError,
        Image.DecompressionBombError,
        Image.DecompressionBombWarning,
        OSError,
        SyntaxError,
        ValueError,
    ) as error:
        raise ImageError(
            thing, say("不是 JPEG、PNG 或 WebP 图片，或已损坏"), say("请换一个文件。")
        ) from error
    drawn.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    written = io.BytesIO()
    drawn.save(written, "JPEG", quality=QUALITY, optimize=True, progressive=True)
    return written.getvalue()


def _on_white(image: Image.Image) -> Image.Image:
    """The picture's pixels alone; what is transparent becomes paper."""
    with_alpha = image.convert("RGBA")
    drawn = Image.new("RGB", with_alpha.size, "white")
    drawn.paste(with_alpha, mask=with_alpha.getchannel("A"))
    return drawn
