"""Search over the text that ships with the project: nothing missed, nothing false, and in a sensible order."""

import random
import re

import pytest
from django.core.paginator import Paginator

from archive.parsing import parse as parse_dump
from archive.structure import Role
from search.documents import Document, Named
from search.engines.base import Hit, Sort, SuggestionKind
from search.engines.whoosh import WhooshEngine
from search.parsing import parse, quoted
from search.results import Found
from search.text import fold, words


@pytest.fixture(scope="module")
def documents(seeds):
    found = []
    for file in seeds:
        for structure in parse_dump(file.read_text(encoding="utf-8")):
            for article in structure.articles:
                headlines = tuple(block.current for block in article.having(Role.HEADLINE))
                notes = tuple(
                    block.current for block in article.blocks if block.role in (Role.NOTE, Role.BYLINE)
                )
                found.append(
                    Document(
                        "article",
                        f"a{len(found)}",
                        title="".join(headlines),
                        headlines=headlines,
                        paragraphs=article.paragraphs,
                        notes=notes,
                        persons=(Named("吕沛", "吕沛"),) if "吕沛" in "".join(article.paragraphs) else (),
                    )
                )
            for photo in structure.photos:
                found.append(
                    Document("photo", f"p{len(found)}", captions=(photo.caption,), credits=(photo.credit,))
                )
    return found


@pytest.fixture(scope="module")
def engine(documents, tmp_path_factory):
    engine = WhooshEngine(tmp_path_factory.mktemp("index"))
    engine.rebuild(documents)
    return engine


def found(engine, raw, **options):
    return [hit.key for hit in engine.search(parse(raw).query, limit=1000, **options).hits]


def test_the_names_that_everybody_looks_for(engine):
    kinds = [hit.kind for hit in engine.search(parse("吕沛").query, limit=100).hits]
    assert kinds.count("article") == 16
    kinds = [hit.kind for hit in engine.search(parse("蒙牛").query, limit=100).hits]
    assert (kinds.count("article"), kinds.count("photo")) == (6, 1)


def test_any_part_of_the_text_is_found_exactly_where_it_is(engine, documents):
    chance = random.Random(20211024)
    folded = {document.key: [fold(text) for _, text in document.texts()] for document in documents}
    texts = [text for document in documents for _, text in document.texts() if fold(text)]
    for _ in range(1500):
        text = chance.choice(texts)
        start = chance.randrange(len(text))
        part = text[start : start + chance.randint(1, 40)]
        if needle := fold(part):
            expected = {key for key, own in folded.items() if any(needle in text for text in own)}
            assert set(found(engine, quoted(part))) == expected, part


def test_an_unquoted_word_is_found_as_it_stands_or_else_by_its_words(engine, documents):
    chance = random.Random(20261120)
    folded = {document.key: [fold(text) for _, text in document.texts()] for document in documents}
    lines = [line for texts in folded.values() for line in texts if line]
    plain = [run for line in lines for run in re.findall(r"[一-龥]{2,}", line)]
    cut = [word for run in chance.sample(plain, 300) for word in words(run) if len(word) > 1]
    relaxed = 0
    for number in range(400):
        run = chance.choice(plain)
        start = chance.randrange(len(run) - 1)
        # A piece of a text, or two words that may never stand together.
        raw = run[start : start + 12] if number % 2 else chance.choice(cut) + chance.choice(cut)
        expected = having(folded, [raw])
        if not expected and words(raw) != [raw]:
            expected = having(folded, words(raw))
            relaxed += bool(expected)
        assert set(found(engine, raw)) == expected, raw
    assert relaxed > 20


def having(folded, needles):
    """The keys of those whose texts have all the needles."""
    return {
        key
        for key, texts in folded.items()
        if all(any(needle in text for text in texts) for needle in needles)
    }


def test_an_article_is_first_for_its_own_headline(engine, documents):
    for document in documents:
        if len(fold(document.title)) > 4:
            assert document.key in found(engine, document.title)[:2]


def test_articles_about_a_person_stand_before_those_that_list_him(tmp_path):
    engine = WhooshEngine(tmp_path)
    listed = "出席会议的有王一、吕沛、李二、张三、赵四、吕沛、钱五。" * 2
    engine.rebuild(
        [
            Document("article", "listed", headlines=("会议召开",), paragraphs=("会议召开。", listed)),
            Document(
                "article",
                "about",
                headlines=("书记调研",),
                paragraphs=("吕沛到企业调研，吕沛指出要发展。" * 2,),
            ),
            Document("article", "headline", headlines=("吕沛调研",), paragraphs=("书记到企业调研。",)),
        ]
    )
    assert found(engine, "吕沛") == ["headline", "about", "listed"]


def test_words_side_by_side_rank_before_words_far_apart(tmp_path):
    engine = WhooshEngine(tmp_path)
    between = "这是完全不相干的一大段文字" * 12
    engine.rebuild(
        [
            Document(
                "article",
                "far",
                paragraphs=(
                    "开头。",
                    f"项目{between}奶酪{between}",
                ),
            ),
            Document(
                "article",
                "near",
                paragraphs=(
                    "开头。",
                    f"奶酪项目{between}{between}",
                ),
            ),
        ]
    )
    assert found(engine, "奶酪 项目") == ["near", "far"]


def test_newer_comes_first_where_nothing_else_differs(tmp_path):
    engine = WhooshEngine(tmp_path)
    engine.rebuild(
        [
            Document("article", day, paragraphs=("蒙牛",), issue_date=day)
            for day in ("2021-01-01", "2021-03-01", "")
        ]
    )
    assert found(engine, "蒙牛") == ["2021-03-01", "2021-01-01", ""]
    assert found(engine, "蒙牛", sort=Sort.OLDEST) == ["2021-01-01", "2021-03-01", ""]


@pytest.mark.parametrize("typed", ["吕", "lv", "lü", "lǚ p", "lp", "LvPei", "lupei"])
def test_a_person_is_suggested_as_he_is_typed(engine, typed):
    first = engine.suggest(typed)[0]
    assert (first.kind, first.text, first.value, first.count) == (SuggestionKind.PERSON, "吕沛", "吕沛", 16)


def test_words_and_headlines_are_suggested(engine, documents):
    assert "蒙牛" in [suggestion.text for suggestion in engine.suggest("mengniu")]
    headline = next(document for document in documents if len(document.title) > 8)
    values = [s.value for s in engine.suggest(headline.title[:6]) if s.kind is SuggestionKind.HEADLINE]
    assert headline.key in values
    assert engine.suggest("") == engine.suggest("，") == engine.suggest("绝无此词") == ()


def test_what_is_gone_is_not_suggested(tmp_path):
    engine = WhooshEngine(tmp_path)
    engine.rebuild(
        [Document("article", "a", title="旧标题", headlines=("旧标题",), persons=(Named("x", "旧人"),))]
    )
    engine.upsert([Document("article", "a", title="新标题", headlines=("新标题",))])
    assert engine.suggest("旧") == ()
    assert [suggestion.text for suggestion in engine.suggest("新")] == ["新标题"]


def test_other_spellings(engine):
    assert "吕沛" in engine.spellings("吕佩")
    assert "吕沛" in engine.spellings("lvpei")
    assert engine.spellings("，") == ()


def test_more_like_this(engine, documents):
    longest = max(documents, key=lambda document: sum(map(len, document.paragraphs)))
    similar = engine.similar(longest.identity, 5)
    assert 0 < len(similar) <= 5
    assert Hit(*longest.identity) not in similar
    assert engine.similar(("article", "none")) == ()


def test_results_go_into_a_paginator(engine):
    results = Found(parse("示范区"), engine=engine, page_size=7)
    whole = list(results)
    pages = Paginator(results, 7)
    assert pages.count == len(results) == results.total == len(whole) > 14
    assert [hit for page in pages for hit in page.object_list] == whole
    assert results[0] == whole[0]
    assert results[-1] == whole[-1]
    with pytest.raises(IndexError):
        results[len(whole)]


def test_a_page_of_results_is_one_search(engine, monkeypatch):
    asked = []
    search = engine.search
    monkeypatch.setattr(
        engine, "search", lambda *args, **named: asked.append(named) or search(*args, **named)
    )
    results = Found(parse("示范区"), engine=engine, page_size=7).at(2)
    page = Paginator(results, 7).page(2)
    assert len(page.object_list) == 7
    assert results.facets["kind"].counts
    assert len(asked) == 1


def test_words_without_a_literal_are_searched_one_by_one_and_it_is_said(engine):
    results = Found(parse("召开示范区会议"), engine=engine)
    assert results.relaxed == ("召开示范区会议",)
    assert [note.code for note in results.notes] == ["words"]
    assert results.total > 0
    assert {"召开", "示范区", "会议"} <= set(results.terms)
