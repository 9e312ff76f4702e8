"""A picture of the printed page: from a scan or PDF that staff attach, or from the PDF that the page was read from.

What is uploaded is never shown as it came, only pictures drawn anew from it.
"""

from __future__ import annotations

import io

import pypdfium2
from PIL import Image, UnidentifiedImageError

from archive.errors import DumpError
from archive.pdf import pdfium_lock
from archive.saying import say

#: The longest side of a picture in pixels: small print stays readable. Pixels that an upload may unfold to.
LONGEST_SIDE = 3200
MOST_PIXELS = 120_000_000
MOST_BYTES = 32 * 1024 * 1024
QUALITY = 80


def picture_of(data: bytes, page: int = 0) -> bytes:
    """A WebP of a scan, or of page ``page`` (from 0) of a PDF. Raises DumpError when ``data`` is neither."""
    if len(data) > MOST_BYTES:
        raise DumpError(
            say("版面图"), say("超过 %(most)s MB", most=MOST_BYTES // 2**20), say("请缩小后再试。")
        )
    image = _of_pdf(data, page) if data[:1024].lstrip().startswith(b"%PDF") else _of_scan(data)
    image.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    written = io.BytesIO()
    image.save(written, "WEBP", quality=QUALITY)
    return written.getvalue()


def _of_scan(data: bytes) -> Image.Image:
    try:
        with Image.open(io.BytesIO(data), formats=("JPEG", "PNG", "WEBP", "TIFF")) as image:
            if image.width * image.height > MOST_PIXELS:
                raise DumpError(say("版面图"), say("像素太多"), say("请缩小后再试。"))
            return image.convert("RGB")
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, SyntaxError, ValueError) as error:
        raise DumpError(
            say("版面图"), say("不是图片或 PDF，或已损坏"), say("请用 JPEG、PNG、WebP、TIFF 或 PDF。")
        ) from error


def _of_pdf(data: bytes, number: int) -> Image.Image:
    with pdfium_lock:
        try:
            document = pypdfium2.PdfDocument(data)
            try:
                page = document[number]
                longest = max(page.get_size())
                drawn: Image.Image = page.render(scale=LONGEST_SIDE / max(longest, 1)).to_pil()
                return drawn.convert("RGB")
            finally:
                document.close()
        except (pypdfium2.PdfiumError, IndexError, ValueError) as error:
            raise DumpError(say("版面图"), say("PDF 不能读，或没有这一页"), say("请检查文件。")) from error
