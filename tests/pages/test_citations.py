"""References say what is known and nothing else, in every style, whatever is known."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive import citations
from archive.citations import Cited
from tests.pages.test_pure import CITED, TODAY, all_of

MONTHS = [dt.date(2000, month, 1).strftime(form) for month in range(1, 13) for form in ("%B", "%b")] + [
    "Sept"
]
#: What a style says of itself, beside what it is given.
WORDS = {
    "gbt2015": ["N/OL", "日期不详", "版次不详", "等"],
    "gbt2025": ["N/OL", "日期不详", "版次不详", "等"],
    "apa": ["n.d.", "ca.", *MONTHS],
    "mla": ["n.d.", "n. pag", "et al.", "and", "p.", "Accessed", *MONTHS],
    "chicago": ["n.d.", "and", *MONTHS],
}
#: Fields of the two kinds of file that are there whatever is known.
ALWAYS = {
    "bibtex": {"title", "journaltitle", "journal", "entrysubtype", "langid", "url"},
    "ris": {"TY", "TI", "T2", "JO", "LA", "DB", "AN", "UR", "ER"},
}

CITEDS = st.builds(
    Cited,
    key=st.just("ta69r2gee3"),
    title=st.sampled_from(["吕沛接待群众来访", "〔无题〕吕沛与蒋…", "［接访］", "谁来接访？"]),
    authors=st.lists(st.sampled_from(["郭树勋", "张剑", "苗露", "王一"]), unique=True, max_size=4).map(tuple),
    newspaper=st.just("焦作日报"),
    place=st.sampled_from(["", "焦作", "北京"]),
    publisher=st.sampled_from(["", "焦作日报社"]),
    issn=st.sampled_from(["", "1234-5679"]),
    date=st.one_of(st.none(), st.dates()),
    estimated=st.booleans(),
    page_number=st.one_of(st.none(), st.integers(1, 64)),
    page_name=st.sampled_from(["", "示范区"]),
    edition=st.sampled_from(["", "晚刊"]),
    url=st.just("https://news.example/articles/ta69r2gee3/"),
    archive=st.just("报藏"),
)


def known(cited: Cited) -> list[str]:
    """Everything that a reference may say, longest first."""
    said = [cited.key, cited.title, *cited.authors, cited.newspaper, cited.place, cited.publisher, cited.issn]
    said += [cited.page_name, cited.edition, cited.url, cited.archive]
    if cited.page_number:
        said.append(str(cited.page_number))
    for date in filter(None, (cited.date, TODAY)):
        said += [date.isoformat(), date.isoformat().replace("-", "/"), str(date.year), str(date.day)]
    return sorted(filter(None, said), key=len, reverse=True)


def left_of(text: str, said: list[str]) -> str:
    """The letters and figures of a text that nothing of ``said`` accounts for."""
    for one in said:
        text = text.replace(one, " ")
    return "".join(character for character in text if character.isalnum())


@given(cited=CITEDS)
def test_nothing_is_said_that_is_not_known(cited: Cited) -> None:
    found = all_of(cited)
    for style, words in WORDS.items():
        said = sorted([*known(cited), *words], key=len, reverse=True)
        assert left_of(found[style], said) == "", (style, found[style])
        assert cited.title in found[style]
        assert cited.newspaper in found[style]
        assert cited.url in found[style]
        rest = found[style].replace(cited.url, "URL").replace("n.d.,", "undated,")
        assert not re.search(r"\.\.|,,|\(\)|（）|\[\]|\s\.|\s,|  ", rest.replace(cited.title, "题")), found[
            style
        ]


@given(cited=CITEDS)
def test_files_have_the_fields_of_what_is_known(cited: Cited) -> None:
    found = all_of(cited)
    bibtex = dict(re.findall(r"^  (\w+) = \{(.*)\},$", found["bibtex"], re.MULTILINE))
    rows = [line.split("  - ", 1) for line in found["ris"].split("\n")]
    ris = dict(rows)
    noted = cited.page_number is None or bool(cited.page_name) or cited.estimated
    for field, tag, value in (
        ("author", "AU", cited.authors),
        ("date", "DA", cited.date),
        ("year", "PY", cited.date),
        ("pages", "SP", cited.page_number),
        ("location", "CY", cited.place),
        ("publisher", "PB", cited.publisher),
        ("issn", "SN", cited.issn),
        ("note", "N1", noted),
        ("", "ET", cited.edition),
    ):
        assert (tag in ris) == bool(value), tag
        assert not field or (field in bibtex) == bool(value), field
    assert set(bibtex) >= ALWAYS["bibtex"]
    assert set(ris) >= ALWAYS["ris"]
    assert [value for tag, value in rows if tag == "AU"] == list(cited.authors)
    assert ris["TY"] == "NEWS"
    assert bibtex["entrysubtype"] == "newspaper"
    if cited.date:
        assert bibtex["date"].removesuffix("~") == cited.date.isoformat()
        assert bibtex["date"].endswith("~") == cited.estimated
        assert re.fullmatch(r"\d{4}/\d\d/\d\d(/推定)?", ris["DA"])
        assert ris["DA"].endswith("推定") == cited.estimated


@given(cited=CITEDS)
def test_what_is_not_known_is_said_to_be_so_and_what_is_estimated_is_in_brackets(cited: Cited) -> None:
    found = all_of(cited)
    assert ("版次不详" in found["gbt2015"]) == ("版次不详" in found["gbt2025"]) == (cited.page_number is None)
    assert ("版次不详" in found["bibtex"]) == ("版次不详" in found["ris"]) == (cited.page_number is None)
    assert ("n. pag" in found["mla"]) == (cited.page_number is None)
    for style in ("apa", "mla", "chicago"):
        assert ("n.d." in found[style]) == (cited.date is None)
    if cited.date:
        for style in ("gbt2015", "gbt2025"):
            assert (
                f"[{cited.date}]" in found[style].split(cited.newspaper)[1].split(f"[{TODAY}]")[0]
            ) == cited.estimated
        assert ("[ca. " in found["apa"]) == cited.estimated
        assert ("?]" in found["mla"]) == ("?]" in found["chicago"]) == cited.estimated


@pytest.mark.parametrize(
    ("changed", "style", "text"),
    [
        # The print alone, as the standard has 谢希德. 创造学习的新思路[N]. 人民日报, 1998-12-25(10), with its carrier.
        ({}, "gbt2015", "郭树勋. 吕沛接待群众来访[N/OL]. 焦作日报, 2021-10-24(5)[2026-11-20]. URL."),
        ({"date": None}, "gbt2015", "郭树勋. 吕沛接待群众来访[N/OL]. 焦作日报, [日期不详](5)[2026-11-20]. URL."),
        ({"page_number": None}, "gbt2025", "郭树勋. 吕沛接待群众来访[N/OL]. 焦作日报，2021-10-24（版次不详）. URL."),
        ({"date": None, "authors": ()}, "apa", "吕沛接待群众来访. (n.d.). 焦作日报, 5. URL"),
        ({"date": None}, "chicago", "郭树勋. “吕沛接待群众来访.” 焦作日报, n.d. URL."),
        ({"date": None, "page_number": None}, "mla", "郭树勋. “吕沛接待群众来访.” 焦作日报, n.d., n. pag. 报藏, URL. Accessed 20 Nov. 2026."),
        ({"place": "北京"}, "chicago", "郭树勋. “吕沛接待群众来访.” 焦作日报 (北京), October 24, 2021. URL."),
    ],
)  # fmt: skip
def test_references_of_what_is_partly_known(changed: dict[str, object], style: str, text: str) -> None:
    cited = replace(CITED, **changed)  # type: ignore[arg-type]
    assert all_of(cited)[style] == text.replace("URL", cited.url)


def test_every_style_is_held_to_this() -> None:
    styles = {citation.code for citation in citations.citations(CITED, TODAY)}
    assert styles == {*WORDS, *ALWAYS}
