"""Documents and queries for hypothesis: few characters, so that literals recur, overlap and differ by their folding."""

from hypothesis import strategies as st

from search.dates import parse_period
from search.documents import Document, Named
from search.engines.base import FACETS, Filters
from search.query import All, And, Dated, Field, Literal, Not, Or, When, Word
from search.text import fold

#: Han, their Traditional forms, width, case, a rare character, an emoji, dots, punctuation and white space.
ALPHABET = "蒙牛吕沛台湾臺灣中国5５Gg·・𠮷😀，“a \u3000⽔水"
TEXT = st.text(ALPHABET, max_size=24)
NEEDLE = st.text(ALPHABET, min_size=1, max_size=5).map(fold).filter(bool)
PEOPLE = [Named("吕沛", "吕沛"), Named("吕沛-2", "吕沛"), Named("张军", "张军"), Named("臺生", "臺生")]
SECTIONS = [Named("economy", "经济产业"), Named("health", "卫生健康")]
DATES = ["", "2020-12-31", "2021-01-01", "2021-10-24", "2021-10-25"]
EVENTS = ["2021", "2021-10", "2021-10-24", "2020-12-31"]
PERIODS = ["2021", "2021-10", "2021-10-24", "2020-12-31..2021-01-01", "2021-10..", "..2020"]


def some(values, most=2):
    return st.lists(st.sampled_from(values), max_size=most, unique=True).map(tuple)


TEXTS = st.lists(TEXT, max_size=2).map(tuple)
DOCUMENTS = st.builds(
    Document,
    kind=st.sampled_from(["article", "photo"]),
    key=st.sampled_from([f"k{n}" for n in range(12)]),
    title=TEXT,
    headlines=TEXTS,
    kickers=TEXTS,
    bylines=TEXTS,
    paragraphs=TEXTS,
    captions=TEXTS,
    printed=st.one_of(st.just(()), TEXTS),
    newspaper=st.just(Named("jzrb", "焦作日报")),
    issue_date=st.sampled_from(DATES),
    event_dates=some(EVENTS),
    sections=some(SECTIONS),
    genre=st.sampled_from(["", "消息", "通讯"]),
    column=st.sampled_from([Named("", ""), Named("x", "项目建设")]),
    page_number=st.sampled_from([None, 1, 2, 11]),
    page_name=st.sampled_from(["", "示范区", "要闻1"]),
    page=st.sampled_from(["", "p1", "p2"]),
    position=st.integers(0, 3),
    added=st.sampled_from([0, 1_600_000_000, 1_700_000_000]),
    persons=some(PEOPLE, 3),
    reporters=some(["王一", "李二"]),
    places=some(["焦作", "台湾"]),
)
CORPUS = st.lists(DOCUMENTS, max_size=8)

_NAMED = st.sampled_from(["吕", "吕沛", "台", "经济", "消", "焦作", "项目", "1", "11", "示范", "要闻1", "王"])
LEAVES = st.one_of(
    st.builds(Literal, NEEDLE, st.sampled_from([Field.TEXT, Field.TEXT, Field.HEADLINE, Field.PRINTED])),
    st.builds(Word, NEEDLE, st.sampled_from([Field.TEXT, Field.HEADLINE])),
    st.builds(Literal, _NAMED, st.sampled_from(sorted(Field))),
    st.builds(Dated, st.sampled_from(PERIODS).map(parse_period), st.sampled_from(sorted(When))),
    st.just(All()),
)
QUERIES = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.builds(Not, inner),
        st.builds(And, st.lists(inner, min_size=2, max_size=3).map(tuple)),
        st.builds(Or, st.lists(inner, min_size=2, max_size=3).map(tuple)),
    ),
    max_leaves=5,
)
_VALUES = {
    "kind": ["article", "photo"],
    "section": ["economy", "health", ""],
    "genre": ["消息", ""],
    "year": ["2021", ""],
    "month": ["2021-10", "2020-12"],
    "person": [person.slug for person in PEOPLE] + ["nobody"],
    "reporter": ["王一", "李二"],
    "newspaper": ["jzrb"],
    "page": ["示范区", "1", ""],
    "column": ["x"],
    "place": ["焦作"],
}
assert set(_VALUES) == set(FACETS)
FILTERS = st.one_of(
    st.just(Filters()),
    st.builds(
        Filters,
        **{
            name: st.one_of(st.just(()), some(values))
            for name, values in _VALUES.items()
            if name in ("kind", "section", "year")
        },
    ),
    st.sampled_from(sorted(_VALUES)).flatmap(
        lambda name: some(_VALUES[name]).map(lambda chosen: Filters(**{name: chosen}))
    ),
    st.builds(
        Filters,
        date_first=st.sampled_from(["", "2021-01-01"]),
        date_last=st.sampled_from(["", "2021-10-24"]),
        when=st.sampled_from(sorted(When)),
    ),
)
