"""The facts of Whoosh's file format that search.engines.whoosh relies on, each held against Whoosh itself."""

import numpy as np
import pytest
import whoosh
from hypothesis import given, settings
from hypothesis import strategies as st
from whoosh import index
from whoosh.codec.whoosh3 import W3Codec, W3TermsReader
from whoosh.filedb.filestore import FileStorage
from whoosh.formats import Existence

from search.documents import Document
from search.engines.whoosh import WhooshEngine, terms
from search.engines.whoosh.schema import FIELDS, GRAM, WORD
from search.engines.whoosh.terms import TermsReader, TermsWriter

POSTINGS = st.dictionaries(
    st.text(min_size=1, max_size=3).map(lambda text: text.encode("utf-8", "ignore")).filter(bool),
    st.dictionaries(st.integers(0, 200_000), st.integers(1, 255), min_size=1, max_size=60),
    min_size=1,
    max_size=12,
)


def written(path, fields):
    writer = TermsWriter(path / "x.trm", path / "x.pst")
    for name in FIELDS:
        postings = fields.get(name)
        if postings:
            keys = sorted(postings)
            lists = [sorted(postings[key].items()) for key in keys]
            starts = np.concatenate([[0], np.cumsum([len(entries) for entries in lists])])
            ids = np.array([number for entries in lists for number, _ in entries], np.int32)
            weights = np.array([weight for entries in lists for _, weight in entries], np.uint8)
            writer.add_field(name, keys, starts, ids, weights if name == WORD else None)
    writer.close()
    return TermsReader(path / "x.trm", path / "x.pst")


def whooshs(path):
    storage = FileStorage(str(path))
    length = storage.file_length("x.trm")
    return W3TermsReader(W3Codec(), storage.open_file("x.trm"), length, storage.open_file("x.pst"))


def walk(matcher):
    found = {}
    while matcher.is_active():
        found[matcher.id()] = matcher.weight()
        matcher.next()
    return found


@settings(deadline=None, max_examples=50)
@given(grams=POSTINGS, words=POSTINGS, block=st.sampled_from([3, 7, terms.BLOCK]))
def test_whoosh_reads_what_is_written_and_so_do_we(tmp_path_factory, grams, words, block):
    path = tmp_path_factory.mktemp("terms")
    usual, terms.BLOCK = terms.BLOCK, block
    try:
        ours = written(path, {GRAM: grams, WORD: words})
    finally:
        terms.BLOCK = usual
    theirs = whooshs(path)
    for field, postings in ((GRAM, grams), (WORD, words)):
        for term, entries in postings.items():
            expected = entries if field == WORD else dict.fromkeys(entries, 1)
            ids, weights = ours.postings(field, term)
            assert dict(zip(ids.tolist(), weights.tolist(), strict=True)) == expected
            assert ids.tolist() == sorted(ids.tolist())
            assert ours.count(field, term) == theirs.doc_frequency(field, term) == len(entries)
            assert walk(theirs.matcher(field, term, Existence())) == expected
        assert [(term, len(postings[term])) for term in sorted(postings)] == list(ours.terms_from(field, b""))
    assert [term for _, term in theirs.terms_from(GRAM, b"")][: len(grams)] == sorted(grams)
    assert ours.count(GRAM, b"\xff\xff") == 0
    assert len(ours.ids(WORD, b"\xff\xff")) == 0


@pytest.mark.parametrize(
    "count", [1, terms.INLINE, terms.INLINE + 1, terms.BLOCK, terms.BLOCK + 1, 3 * terms.BLOCK + 5]
)
@pytest.mark.parametrize("step", [1, 300, 70_000])
def test_every_length_of_list_and_width_of_step(tmp_path, count, step):
    if count * step >= 2**31:
        step = 2
    expected = list(range(5, 5 + count * step, step))
    reader = written(tmp_path, {GRAM: {b"x": dict.fromkeys(expected, 1)}})
    assert reader.ids(GRAM, b"x").tolist() == expected


def test_whoosh_opens_the_index_and_finds_the_same(tmp_path):
    assert whoosh.__version__ == (2, 7, 4)
    engine = WhooshEngine(tmp_path)
    engine.upsert(
        Document("article", f"k{n}", paragraphs=(f"第{n}篇，蒙牛" if n % 3 else "别的",)) for n in range(40)
    )
    engine.delete([("article", "k1")])
    snapshot = engine._snapshots.newest()
    opened = index.open_dir(str(snapshot.directory))
    with opened.reader() as reader:
        assert reader.doc_count() == snapshot.count == 39
        found = walk(reader.postings(GRAM, "蒙牛"))
    # Whoosh numbers documents through its segments as we do.
    assert sorted(found) == snapshot.postings(GRAM, "蒙牛")[0].tolist()


def test_generations_are_whooshs(tmp_path):
    engine = WhooshEngine(tmp_path)
    for n in range(3):
        engine.upsert([Document("article", f"k{n}", paragraphs=("文",))])
        directory = engine._snapshots.newest().directory
        assert (
            index.open_dir(str(directory)).latest_generation() == engine._snapshots.newest().state.generation
        )
