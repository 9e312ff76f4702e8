"""A page press: known articles in, a dump as text extraction yields it out, with the structure that made it.

Archives test parsers with pages whose structure somebody knows. The press makes such pages: it sets articles the way a
Chinese newspaper is set (columns, hanging punctuation, indents) and then loses what PDF text extraction loses
(positions, indents, fonts) and adds what it adds (blank lines at column breaks, spaces of justified lines). The gold it
gives beside the dump has the shape of ``tests/golden/*.json``.
"""

from tests.press.ocr import press_ocr
from tests.press.page import Pressed, press
from tests.press.values import Fixture, Item, Layout, Picture, Story

__all__ = ["Fixture", "Item", "Layout", "Picture", "Pressed", "Story", "press", "press_ocr"]
