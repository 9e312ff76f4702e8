"""A printer for tests: text at places on pages, as a PDF with a text layer or as ALTO XML."""

from __future__ import annotations

from dataclasses import dataclass, field
from xml.sax.saxutils import quoteattr


@dataclass(frozen=True)
class Set:
    """A line of type: its text, the left edge and the top, in points from the page's top left corner."""

    text: str
    left: float
    top: float
    size: float = 9.0

    @property
    def width(self) -> float:
        return sum(self.size if ord(character) > 0x2E7F else self.size / 2 for character in self.text)


@dataclass
class Sheet:
    """A page of ``width`` × ``height`` points."""

    width: float = 800.0
    height: float = 1100.0
    lines: list[Set] = field(default_factory=list)

    def heading(self, text: str, left: float, top: float, size: float = 20.0) -> float:
        self.lines.append(Set(text, left, top, size))
        return top + size * 1.4

    def column(
        self, paragraphs: list[str], left: float, top: float, ems: int, size: float = 9.0, most: int = 999
    ) -> list[str]:
        """Set paragraphs with indents in a column of ``ems`` em; the lines that ``most`` leaves over."""
        rows = []
        for paragraph in paragraphs:
            rest, room = paragraph, ems - 2
            while rest:
                rows.append((rest[:room], room < ems))
                rest, room = rest[room:], ems
        for number, (row, indented) in enumerate(rows[:most]):
            self.lines.append(Set(row, left + (2 * size if indented else 0), top + number * size * 1.5, size))
        return rows[most:]

    def rows(self, rows: list[tuple[str, bool]], left: float, top: float, size: float = 9.0) -> None:
        for number, (row, indented) in enumerate(rows):
            self.lines.append(Set(row, left + (2 * size if indented else 0), top + number * size * 1.5, size))


def pdf(sheets: list[Sheet]) -> bytes:
    """The sheets as a PDF whose font says of each code which character it is."""
    used = sorted({character for sheet in sheets for line in sheet.lines for character in line.text})
    code = {character: number for number, character in enumerate(used, 1)}
    unicode_map = "\n".join(f"<{code[each]:04X}> <{each.encode('utf-16-be').hex().upper()}>" for each in used)
    cmap = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Test def /CMapType 2 def\n"
        f"1 begincodespacerange <0000> <FFFF> endcodespacerange\n{len(used)} beginbfchar\n{unicode_map}\nendbfchar\n"
        "endcmap CMapName currentdict /CMap defineresource pop end end"
    ).encode()
    widths = " ".join(f"{code[each]} [{1000 if ord(each) > 0x2E7F else 500}]" for each in used)
    objects: list[bytes] = [b"", b""]
    objects.append(
        b"<< /Type /Font /Subtype /Type0 /BaseFont /Test /Encoding /Identity-H /DescendantFonts [4 0 R] /ToUnicode 6 0 R >>"
    )
    objects.append(
        f"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Test /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> "
        f"/FontDescriptor 5 0 R /DW 1000 /W [{widths}] >>".encode()
    )
    objects.append(
        b"<< /Type /FontDescriptor /FontName /Test /Flags 4 /FontBBox [0 -120 1000 880] /ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 700 /StemV 80 >>"
    )
    objects.append(_stream(cmap))
    kids = []
    for sheet in sheets:
        said = "\n".join(
            f"BT /F1 {line.size} Tf 1 0 0 1 {line.left} {sheet.height - line.top - 0.88 * line.size} Tm "
            f"<{''.join(f'{code[each]:04X}' for each in line.text)}> Tj ET"
            for line in sheet.lines
        )
        objects.append(_stream(said.encode()))
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {sheet.width} {sheet.height}] "
            f"/Resources << /Font << /F1 3 0 R >> >> /Contents {len(objects)} 0 R >>".encode()
        )
        kids.append(f"{len(objects)} 0 R")
    objects[0] = b"<< /Type /Catalog /Pages 2 0 R >>"
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>".encode()
    out = bytearray(b"%PDF-1.7\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, table)
    return bytes(out)


def _stream(body: bytes) -> bytes:
    return b"<< /Length %d >>\nstream\n%s\nendstream" % (len(body), body)


def alto(sheets: list[Sheet], namespace: str = "http://www.loc.gov/standards/alto/ns-v4#") -> bytes:
    """The sheets as one ALTO file."""
    sizes = sorted({line.size for sheet in sheets for line in sheet.lines})
    styles = "".join(f'<TextStyle ID="S{place}" FONTSIZE="{size}"/>' for place, size in enumerate(sizes))
    body = ""
    for sheet in sheets:
        lines = "".join(
            f'<TextLine HPOS="{line.left}" VPOS="{line.top}" WIDTH="{line.width}" HEIGHT="{line.size}" '
            f'STYLEREFS="S{sizes.index(line.size)}"><String CONTENT={quoteattr(line.text)} HPOS="{line.left}" '
            f'VPOS="{line.top}" WIDTH="{line.width}" HEIGHT="{line.size}"/></TextLine>'
            for line in sheet.lines
        )
        body += f'<Page WIDTH="{sheet.width}" HEIGHT="{sheet.height}"><PrintSpace><TextBlock>{lines}</TextBlock></PrintSpace></Page>'
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><alto xmlns="{namespace}"><Description><MeasurementUnit>pixel'
        f"</MeasurementUnit></Description><Styles>{styles}</Styles><Layout>{body}</Layout></alto>"
    ).encode()
