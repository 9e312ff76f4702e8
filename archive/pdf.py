"""PDF pages with a text layer → lines with their places, by PDFium.

Only characters and boxes are read; nothing is drawn and no script is run.
"""

from __future__ import annotations

import itertools
import threading
from collections.abc import Iterator

import pypdfium2
from pypdfium2 import raw

from archive.errors import DumpError
from archive.textlines import TextLine, plain

SIGNATURE = b"%PDF-"

#: A dump is an issue at most, not a yearbook.
MAX_PAGES = 400
MAX_CHARACTERS = 2_000_000

#: A character so far to the right of the one before, in em, begins another line.
_NEXT_COLUMN = 0.9
_NEXT_COLUMN_IN_HEADINGS = 2.2
#: White and type larger by this factor begin another line too: a heading beside a column.
_OTHER_TYPE = 1.3
#: Type from this many points on may be letterspaced widely.
_DISPLAY_POINTS = 16.0

_OPENING = frozenset("“‘（《〈【〔「『")
_CLOSING = frozenset("，。、；：！？”’）》〉】〕」』")

# PDFium keeps state of its own and may be used by one thread at a time.
pdfium_lock = threading.Lock()


def pages(data: bytes, name: str) -> list[list[TextLine]]:
    """The lines of each page. Raises DumpError for files that are encrypted, damaged, too long, or without text."""
    with pdfium_lock:
        try:
            document = pypdfium2.PdfDocument(data)
        except pypdfium2.PdfiumError as error:
            raise _unreadable(name, error) from error
        try:
            return _pages(document, name)
        except pypdfium2.PdfiumError as error:
            raise _unreadable(name, error) from error
        finally:
            document.close()


def _pages(document: pypdfium2.PdfDocument, name: str) -> list[list[TextLine]]:
    count = len(document)
    if count > MAX_PAGES:
        raise DumpError(name, f"has {count} pages, more than {MAX_PAGES}", "Split it into its issues.")
    found: list[list[TextLine]] = []
    characters = 0
    for number in range(count):
        page = document[number]
        text = page.get_textpage()
        try:
            characters += text.count_chars()
            if characters > MAX_CHARACTERS:
                raise DumpError(
                    name, f"has more than {MAX_CHARACTERS:,} characters", "Split it into its issues."
                )
            found.append(list(_lines(_characters(text.raw, page.get_height()))))
        finally:
            text.close()
            page.close()
    if not any(found):
        raise DumpError(name, "has no text layer: its pages are pictures", "Run it through OCR first.")
    return found


def _characters(text: raw.FPDF_TEXTPAGE, height: float) -> Iterator[TextLine]:
    """The visible characters in the order of the file, a line each, in boxes as large as the type is set."""
    box = raw.FS_RECTF()
    for index in range(raw.FPDFText_CountChars(text)):
        code = raw.FPDFText_GetUnicode(text, index)
        if raw.FPDFText_IsHyphen(text, index) == 1:
            code = ord("-")  # PDFium says U+0002 for one at a line's end
        if code < 0x20 or 0xD800 <= code <= 0xDFFF or code in (0xFFFE, 0xFFFF):
            continue
        character = plain(chr(code))
        if character.isspace() or raw.FPDFText_IsGenerated(text, index) == 1:
            continue
        if not raw.FPDFText_GetLooseCharBox(text, index, box):
            continue
        size = _size(text, index, box.top - box.bottom)
        yield TextLine(character, box.left, height - box.top, box.right, height - box.bottom, size)


def _size(text: raw.FPDF_TEXTPAGE, index: int, box: float) -> float:
    """The type's size in points on the page: the font's size by the scale it is set with."""
    matrix = raw.FS_MATRIX()
    size = float(raw.FPDFText_GetFontSize(text, index))
    if raw.FPDFText_GetMatrix(text, index, matrix):
        size *= float(abs(matrix.d) or abs(matrix.b) or 1.0)
    return size if size > 0.5 else max(box, 1.0)


def _lines(characters: Iterator[TextLine]) -> Iterator[TextLine]:
    run: list[TextLine] = []
    for character in characters:
        if run and not _continues(run[-1], character):
            yield _line(run)
            run = []
        run.append(character)
    if run:
        yield _line(run)


def _continues(before: TextLine, character: TextLine) -> bool:
    size = max(before.size, character.size)
    reach = _NEXT_COLUMN_IN_HEADINGS if size >= _DISPLAY_POINTS else _NEXT_COLUMN
    gap = character.left - before.right
    if gap > 0.25 * size and size > _OTHER_TYPE * min(before.size, character.size):
        return False
    drop = abs((character.top + character.bottom) - (before.top + before.bottom)) / 2
    return -0.6 * size < gap < reach * size and drop < 0.6 * size and character.right > before.left


def _line(run: list[TextLine]) -> TextLine:
    text = run[0].text
    for before, character in itertools.pairwise(run):
        if character.left - before.right > 0.25 * character.size:
            text += " "
        text += character.text
    sizes = sorted(character.size for character in run)
    return TextLine(
        text,
        min(map(_ink_left, run)),
        min(character.top for character in run),
        max(map(_ink_right, run)),
        max(character.bottom for character in run),
        sizes[len(sizes) // 2],
    )


def _ink_left(character: TextLine) -> float:
    """Where its ink begins: an opening bracket's in the right half of its square."""
    return character.left + (0.5 * character.size if character.text in _OPENING else 0.0)


def _ink_right(character: TextLine) -> float:
    """Where its ink ends: a mark's in the left half, so that one may hang over the column's edge (标点悬挂)."""
    return character.right - (0.5 * character.size if character.text in _CLOSING else 0.0)


def _unreadable(name: str, error: pypdfium2.PdfiumError) -> DumpError:
    if "assword" in str(error) or "ecurity" in str(error):
        return DumpError(name, "is an encrypted PDF", "Save it without a password.")
    return DumpError(name, f"is a damaged PDF ({error})", "Export or download it again.")
