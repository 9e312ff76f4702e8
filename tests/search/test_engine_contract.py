"""Every engine gives the hits, totals, facets and orders of the one that reads everything."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search.documents import Document, Named
from search.engines.base import FACETS, UNFILTERED, Filters, Sort
from search.engines.whoosh import WhooshEngine
from search.engines.whoosh.writer import SIZES, Sizes
from search.parsing import parse, quoted
from search.query import All, Field, Literal
from search.text import fold
from tests.search.reference import Reference
from tests.search.strategies import CORPUS, DOCUMENTS, FILTERS, QUERIES

#: Segments of a document or two, merged at once: every path of the writer within a few documents.
SMALL = Sizes(documents=2, characters=1000, steps=(3, 6), together=1, processes=1)
#: Sizes, and constants by which a few documents go the ways of many: lists of longer strings, ways of counting.
ENGINES = {
    "whoosh": (SIZES, {}),
    "whoosh, small segments": (SMALL, {"segments.COMMON": 1, "values.FEW_VALUES": 0, "values.MANY_TIES": 0}),
    "whoosh, common strings": (SIZES, {"segments.COMMON": 2, "values.SPARSE": 0}),
}


def lenient(examples):
    checks = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large]
    return settings(deadline=None, max_examples=examples, suppress_health_check=checks)


@pytest.fixture(autouse=True)
def without_waiting_for_the_disk(monkeypatch):
    """What is found does not hang on fsync; tests/search/test_killed.py looks after what survives."""
    monkeypatch.setattr("os.fsync", lambda descriptor: None)


@pytest.fixture(params=sorted(ENGINES))
def fresh(request, tmp_path_factory, monkeypatch):
    """Makes empty engines of one kind."""
    sizes, constants = ENGINES[request.param]
    for name, value in constants.items():
        monkeypatch.setattr(f"search.engines.whoosh.{name}", value)
    return lambda: WhooshEngine(tmp_path_factory.mktemp("index"), sizes)


def same(engine, reference, query, filters=UNFILTERED, sort=Sort.NEWEST):
    expected = reference.search(query, filters, sort, limit=100, facets=FACETS)
    got = engine.search(query, filters, sort, limit=100, facets=FACETS)
    assert got.hits == expected.hits
    assert got.total == expected.total
    assert got.facets == expected.facets
    assert tuple(sorted(got.relaxed)) == expected.relaxed
    by_relevance = engine.search(query, filters, Sort.RELEVANCE, limit=100)
    assert sorted(map(repr, by_relevance.hits)) == sorted(map(repr, expected.hits))
    assert by_relevance.total == expected.total


@lenient(60)
@given(
    corpus=CORPUS,
    asked=st.lists(
        st.tuples(QUERIES, FILTERS, st.sampled_from([Sort.NEWEST, Sort.OLDEST, Sort.ADDED])),
        min_size=1,
        max_size=8,
    ),
)
def test_any_query_over_any_documents(fresh, corpus, asked):
    engine, reference = fresh(), Reference()
    engine.rebuild(corpus)
    reference.rebuild(corpus)
    for query, filters, sort in asked:
        same(engine, reference, query, filters, sort)


STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("upsert"), st.lists(DOCUMENTS, max_size=4)),
        st.tuples(st.just("delete"), st.lists(DOCUMENTS.map(lambda document: document.identity), max_size=4)),
        st.tuples(st.just("rebuild"), CORPUS),
    ),
    min_size=1,
    max_size=6,
)


@lenient(40)
@given(steps=STEPS, asked=st.lists(QUERIES, min_size=1, max_size=3))
def test_any_history_leaves_what_it_should(fresh, steps, asked):
    engine, reference = fresh(), Reference()
    engine.rebuild([])
    for what, argument in steps:
        getattr(engine, what)(argument)
        getattr(reference, what)(argument)
        for query in asked:
            same(engine, reference, query)
    assert not engine.verify(reference.documents.values())
    assert engine.status().documents == len(reference.documents)


@lenient(60)
@given(corpus=CORPUS.filter(bool), data=st.data())
def test_every_part_of_every_text_is_found_when_quoted(fresh, corpus, data):
    engine, reference = fresh(), Reference()
    engine.rebuild(corpus)
    reference.rebuild(corpus)
    document = data.draw(st.sampled_from(sorted(reference.documents.values(), key=repr)))
    for _, text in document.texts():
        if not fold(text):
            continue
        start = data.draw(st.integers(0, len(text) - 1))
        part = text[start : start + data.draw(st.integers(1, 40))]
        if fold(part):
            parsed = parse(quoted(part))
            assert parsed.query == Literal(fold(part), Field.TEXT)
            assert document.identity in {
                (hit.kind, hit.key) for hit in engine.search(parsed.query, limit=100).hits
            }
            same(engine, reference, parsed.query)


@lenient(30)
@given(corpus=CORPUS, query=QUERIES)
def test_pages_of_results_join_without_gap_or_overlap(fresh, corpus, query):
    engine = fresh()
    engine.rebuild(corpus)
    for sort in Sort:
        whole = engine.search(query, sort=sort, limit=100).hits
        pages = [
            engine.search(query, sort=sort, offset=offset, limit=2).hits
            for offset in range(0, len(whole) + 2, 2)
        ]
        assert tuple(hit for page in pages for hit in page) == whole


def test_facets_can_be_limited(fresh):
    engine = fresh()
    documents = [
        Document("article", f"{n}", persons=tuple(Named(f"p{m}", f"p{m}") for m in range(n + 1)))
        for n in range(6)
    ]
    engine.rebuild(documents)
    facet = engine.search(parse("").query, facets=["person"], facet_limit=2).facets["person"]
    assert [(count.value, count.count) for count in facet.counts] == [("p0", 6), ("p1", 5)]
    assert facet.distinct == 6


#: Slugs of which one is the beginning of another, or that differ late.
SLUGS = ["吕", "吕沛", "吕沛-2", "a", "ab", "abcdefgh", "abcdefghi", "abcdefghj", "😀", "王五", "张军"]


@lenient(40)
@given(
    people=st.lists(st.lists(st.sampled_from(SLUGS), max_size=4, unique=True), max_size=9),
    limit=st.integers(1, 12),
)
def test_of_values_as_frequent_the_first_by_slug_are_counted(fresh, people, limit):
    corpus = [
        Document("article", f"k{number}", persons=tuple(Named(slug, slug) for slug in slugs))
        for number, slugs in enumerate(people)
    ]
    engine, reference = fresh(), Reference()
    engine.upsert(corpus)
    reference.upsert(corpus)
    asked = {"facets": ("person",), "facet_limit": limit}
    assert engine.search(All(), **asked).facets == reference.search(All(), Filters(), **asked).facets


def test_filters_name_every_facet():
    assert set(Filters.__dataclass_fields__) - {"date_first", "date_last", "when"} == set(FACETS)
