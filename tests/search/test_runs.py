"""Lists of longer strings: exactly those whose two shorter parts are common."""

from collections import defaultdict

from hypothesis import given
from hypothesis import strategies as st

from search.engines.whoosh.postings import grams
from search.engines.whoosh.runs import runs

#: Texts of few different pieces, so that long strings are common.
PIECES = st.sampled_from(["甲乙丙丁戊", "丙丁戊己", "戊甲", "乙", "\n", "😀甲乙"])
TEXTS = st.lists(st.lists(PIECES, max_size=6).map("".join), max_size=6)


@given(texts=TEXTS, least=st.integers(1, 3), longest=st.integers(3, 20))
def test_a_string_has_a_list_when_both_its_shorter_parts_are_common(texts, least, longest):
    having = defaultdict(set)
    for document, text in enumerate(texts):
        for line in text.split("\n"):
            for start in range(len(line)):
                for end in range(start + 2, min(len(line), start + longest) + 1):
                    having[line[start:end]].add(document)
    found = grams(texts)
    made, reached = runs(texts, found, least, longest)
    expected = {
        string.encode(): sorted(documents)
        for string, documents in having.items()
        if 2 < len(string) <= reached and min(len(having[string[1:]]), len(having[string[:-1]])) >= least
    }
    bounds = zip(made.starts[:-1], made.starts[1:], strict=True)
    lists = [made.ids[begin:end].tolist() for begin, end in bounds]
    assert dict(zip(made.terms, lists, strict=True)) == expected
    assert made.terms == sorted(expected)
    assert len(made.ids) <= len(found.ids)
    if reached < longest:  # there was no room for the next length
        more = [
            len(documents)
            for string, documents in having.items()
            if len(string) == reached + 1 and min(len(having[string[1:]]), len(having[string[:-1]])) >= least
        ]
        assert len(made.ids) + sum(more) > len(found.ids)
