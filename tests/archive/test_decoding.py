"""Bytes to text: encodings told apart, and what is no text refused."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.decoding import ENCODINGS, decode
from archive.errors import DumpError

SIMPLIFIED = (
    "本报讯（记者郭树勋） 10月21日上午，示范区党工委书记吕沛到该区信访接待大厅接待群众来访，现场协调解决群众反映的实际困难和问题，"
    "强调各级各部门要牢固树立人民至上的发展理念，切实解决群众的操心事烦心事揪心事。\n"
    "今年以来，全区新签约项目23个，总投资185亿元；蒙牛二期、中铝水处理等项目加快推进，“放管服”改革不断深化。\n"
)
TRADITIONAL = (
    "記者陳國華／臺北報導　氣象局昨日指出，受東北季風影響，北部及東北部地區天氣轉涼，民眾外出應注意保暖。\n"
    "市議會第三次定期大會昨天進行教育部門質詢，多位議員關切學校營養午餐的食材安全問題，要求教育局嚴格把關。\n"
    "廣東省農業廳與僑鄉聯誼會簽署合作備忘錄，雙方將在農產品檢驗、運銷以及觀光等領域加強交流。\n"
)
WRITTEN = {
    "utf-8": "utf-8",
    "utf-8-sig": "utf-8-sig",
    "gb18030": "gb18030",
    "gbk": "gb18030",
    "big5": "big5",
    "cp950": "big5",
    "big5hkscs": "big5",
    "utf-16": "utf-16",
    "utf-16-le": "utf-16-le",
    "utf-16-be": "utf-16-be",
    "utf-32": "utf-32",
}


@pytest.mark.parametrize("codec", WRITTEN)
def test_each_encoding_is_found(codec):
    text = TRADITIONAL if "big5" in codec or codec == "cp950" else SIMPLIFIED
    decoded = decode(text.encode(codec))
    assert decoded.text == text
    assert decoded.encoding == WRITTEN[codec]
    assert decoded.encoding in ENCODINGS


def test_big_endian_with_a_mark():
    assert decode(b"\xfe\xff" + SIMPLIFIED.encode("utf-16-be")).text == SIMPLIFIED


@pytest.mark.parametrize("length", [4, 6, 10, 25])
@pytest.mark.parametrize(
    ("text", "codec"),
    [
        (SIMPLIFIED, "utf-8"),
        (SIMPLIFIED, "gb18030"),
        (SIMPLIFIED, "utf-16-le"),
        (SIMPLIFIED, "utf-16-be"),
        (TRADITIONAL, "utf-8"),
        (TRADITIONAL, "big5"),
        (TRADITIONAL, "gb18030"),
    ],
)
def test_short_dumps_are_told_apart(text, codec, length):
    """At least 98 % of all pieces of so many characters; a general detector reads 6 % of four-character GB18030."""
    pieces = [text[start : start + length].strip() for start in range(len(text) - length)]
    pieces = [piece for piece in pieces if sum(character > "\u4dff" for character in piece) >= length // 2]
    read = [piece for piece in pieces if decode(piece.encode(codec)).text == piece]
    assert len(read) >= 0.98 * len(pieces) > 0


@given(
    st.text(
        "的一是在有人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定，。、",
        min_size=3,
    )
)
def test_common_characters_survive_any_encoding(text):
    for codec in ("utf-8", "utf-8-sig", "utf-16", "gb18030"):
        assert decode(text.encode(codec)).text == text


@given(st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn", "Co"]), min_size=1).filter(str.strip))
def test_a_mark_and_utf8_are_believed(text):
    assert decode(b"\xef\xbb\xbf" + text.encode()).text == text


@given(st.binary())
def test_nothing_but_dump_errors(data):
    try:
        decoded = decode(data, "dump.txt")
    except DumpError as error:
        refusal = error
    else:
        assert decoded.text.strip()
        assert "\r" not in decoded.text
        assert "\0" not in decoded.text
        return
    assert refusal.thing == "dump.txt"
    assert refusal.remedy


def test_line_ends_are_made_one():
    assert decode("甲\r\n乙\r丙\n\r\n丁".encode()).text == "甲\n乙\n丙\n\n丁"


def test_damage_is_told_with_its_place():
    data = bytearray(SIMPLIFIED.encode())
    place = data.index("今年".encode())
    data[place : place + 3] = b"\xff\xff\xff"
    with pytest.raises(DumpError, match=f"byte {place}, line 2"):
        decode(bytes(data), "page.txt")


def test_a_dump_cut_within_a_character_is_refused():
    with pytest.raises(DumpError, match="breaks off"):
        decode(SIMPLIFIED.encode()[:-2])


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b"\n \n", "no visible character"),
        ("\u3000\n".encode(), "no visible character"),
        (b"\x89PNG\r\n\x1a\n" + bytes(50), "PNG"),
        (b"PK\x03\x04" + bytes(50), "ZIP"),
        (b"\x7fELF" + bytes(50), "program"),
        (bytes(range(256)) * 4, "binary"),
        (b"text\0text", "binary"),
    ],
)
def test_what_is_no_text_is_refused(data, reason):
    with pytest.raises(DumpError, match=reason):
        decode(data)


def test_noise_is_refused():
    rng = random.Random(1)
    for size in (64, 500, 5000):
        for _ in range(50):
            with pytest.raises(DumpError):
                decode(rng.randbytes(size))


@pytest.mark.parametrize("text", ["hello", "2021-10-24", "café", "联通", "𠮷野家"])
def test_doubtful_ones_are_utf8(text):
    assert decode(text.encode()).text == text
