"""Of what kind an XML file is: its root element's name, told from the file's first bytes without parsing them."""

from __future__ import annotations

import re

#: Bytes looked at: declarations and comments before the root element are shorter.
START = 64 * 1024

_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_BEFORE = rb"(?:\s|<\?.*?\?>|<!--.*?-->)*+"
_ROOT = re.compile(_BEFORE + rb"<(?:!DOCTYPE\s+)?(?:[\w.-]+:)?([A-Za-z_][\w.-]*)(?=[\s/>])", re.DOTALL | re.I)


def root_name(data: bytes) -> str:
    """The local name of the root element, in any of XML's encodings; empty when the bytes begin with no element.

    A document type declares it too, since some kinds (HTML) leave the element out.
    """
    found = _ROOT.match(_start(data))
    return found[1].decode("ascii") if found else ""


def has_declaration(data: bytes) -> bool:
    """Whether the bytes begin with ``<?xml``."""
    return _start(data).lstrip().startswith(b"<?xml")


def _start(data: bytes) -> bytes:
    start = data[:START]
    for mark in _MARKS:
        start = start.removeprefix(mark)
    return start.replace(b"\0", b"")  # UTF-16 and UTF-32 write ASCII with zeros between
