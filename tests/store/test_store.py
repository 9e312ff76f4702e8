"""The store: one transaction a change, versions never lost, rows by key, and a log of what changed."""

from dataclasses import replace
from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from archive import store
from archive.errors import StoreError, StructureError, VersionConflictError
from archive.models import (
    Article,
    Change,
    Dump,
    DumpTrace,
    Issue,
    KeyRedirect,
    Newspaper,
    Page,
    PageVersion,
    Proposal,
)
from archive.store import arriving
from archive.store.suspecting import secrets
from archive.store.traces import KEPT, traces_of
from archive.structure import (
    Article as ArticleValue,
)
from archive.structure import (
    Block,
    Certainty,
    Dated,
    PageFacts,
    PageStructure,
    Role,
    Span,
)

pytestmark = pytest.mark.django_db

TEXT = "吕沛接访\n10月21日，吕沛接待群众。\n蒙牛投产\n10月22日，蒙牛项目投产。"


def block(role: Role, line: int, text: str = TEXT) -> Block:
    printed = text.split("\n")[line - 1]
    return Block(role, (Span(line, 0, len(printed)),), printed)


def page_of(
    text: str = TEXT, date: str = "2021-10-24", certainty: Certainty = Certainty.ESTIMATED
) -> PageStructure:
    count = text.count("\n") + 1
    articles = tuple(
        ArticleValue((block(Role.HEADLINE, line, text), block(Role.BODY, line + 1, text)))
        for line in range(1, count, 2)
    )
    facts = PageFacts(issue_date=Dated(date, certainty if date else Certainty.UNKNOWN))
    return PageStructure(facts, articles, (), (), 1, count)


def dump(text: str = TEXT, name: str = "a.txt", **facts: str) -> store.IncomingDump:
    return store.IncomingDump(name, text.encode(), text, "utf-8", facts=facts)


def ingested(text: str = TEXT) -> Page:
    (outcome,) = store.ingest(dump(text), [page_of(text)], "1")
    return Page.objects.get(key=outcome.page)


def retitled(structure: PageStructure, text: str) -> PageStructure:
    first = structure.articles[0]
    blocks = (replace(first.blocks[0], edited=text), *first.blocks[1:])
    return replace(structure, articles=(replace(first, blocks=blocks), *structure.articles[1:]))


def test_a_dump_becomes_a_version_rows_and_changes() -> None:
    page = ingested()
    assert page.version == 1
    assert not page.touched
    assert [a.headline for a in page.articles.all()] == ["吕沛接访", "蒙牛投产"]
    assert set(Change.objects.values_list("key", flat=True)) == set(
        Article.objects.values_list("key", flat=True)
    )
    assert page.issue.slug == "2021-10-24"


def test_the_same_bytes_change_nothing() -> None:
    ingested()
    before = (Change.objects.count(), PageVersion.objects.count())
    (outcome,) = store.ingest(dump(), [page_of()], "1")
    assert outcome.result is store.Result.UNCHANGED
    assert (Change.objects.count(), PageVersion.objects.count()) == before


def test_keys_are_the_same_in_an_archive_rebuilt_from_the_dumps() -> None:
    first = set(ingested().articles.values_list("key", flat=True))
    for model in (Change, PageVersion, Article, Page, Dump):
        model.objects.all().delete()
    assert set(ingested().articles.values_list("key", flat=True)) == first


def test_a_structure_that_loses_a_character_is_refused_and_leaves_nothing() -> None:
    whole = page_of()
    with pytest.raises(StructureError, match="line 3"):
        store.ingest(dump(), [replace(whole, articles=whole.articles[:1])], "1")
    assert not Dump.objects.exists()


def test_a_persons_version_reaches_the_rows_and_keeps_keys() -> None:
    page = ingested()
    keys = list(page.articles.values_list("key", flat=True))
    store.save(page, retitled(store.structure_of(page), "吕沛接访记"), based_on=1, author=None, reason="错字")
    page.refresh_from_db()
    assert page.touched
    assert page.version == 2
    assert list(page.articles.values_list("key", flat=True)) == keys
    assert page.articles.get(position=1).headline == "吕沛接访记"
    assert page.articles.get(position=1).printed.startswith("吕沛接访\n")


def test_a_save_from_an_older_version_is_refused() -> None:
    page = ingested()
    structure = store.structure_of(page)
    store.save(page, retitled(structure, "甲"), based_on=1, author=None)
    with pytest.raises(VersionConflictError):
        store.save(page, retitled(structure, "乙"), based_on=1, author=None)
    assert page.articles.get(position=1).headline == "甲"


def test_a_merge_leaves_a_redirect_and_undoing_it_takes_the_redirect_back() -> None:
    page = ingested()
    structure = store.structure_of(page)
    one, two = structure.articles
    merged = replace(structure, articles=(replace(one, blocks=(*one.blocks, *two.blocks)),))
    store.save(page, merged, based_on=1, author=None, redirects=[(two.key, one.key)])
    assert KeyRedirect.objects.get(old=two.key).new == one.key
    assert Article.objects.get(key=two.key).gone
    store.restore(page, 1, author=None)
    assert not KeyRedirect.objects.exists()
    assert not Article.objects.get(key=two.key).gone


def test_a_better_parse_is_taken_where_nobody_touched_the_page_and_waits_where_somebody_did() -> None:
    page = ingested()
    structure = page_of()
    one, two = structure.articles
    better = replace(structure, articles=(replace(one, blocks=(*one.blocks, *two.blocks)),))
    assert store.reparse(page.dump, [better], "2")[0].result is store.Result.UPDATED
    page.refresh_from_db()
    store.save(page, retitled(store.structure_of(page), "甲"), based_on=2, author=None)
    assert store.reparse(page.dump, [structure], "3")[0].result is store.Result.PROPOSED
    page.refresh_from_db()
    assert page.articles.get(position=1).headline == "甲 蒙牛投产"  # the person's version stands
    proposal = Proposal.objects.get()
    with pytest.raises(VersionConflictError):
        store.adopt(proposal, based_on=page.version - 1, author=None)  # somebody saved meanwhile
    store.adopt(proposal, based_on=page.version, author=None)
    assert [a.headline for a in page.articles.filter(gone=False)] == ["吕沛接访", "蒙牛投产"]
    with pytest.raises(StoreError, match="dealt with"):
        store.decline(proposal, author=None)


def test_a_replaced_dump_keeps_the_keys_of_articles_that_are_still_there() -> None:
    page = ingested()
    keys = list(page.articles.values_list("key", flat=True))
    text = TEXT.replace("蒙牛项目投产", "蒙牛二期项目投产")
    (outcome,) = store.ingest(dump(text), [page_of(text)], "1")
    assert outcome.result is store.Result.UPDATED
    assert outcome.page == page.key
    assert list(page.articles.filter(gone=False).values_list("key", flat=True)) == keys
    assert "二期" in page.articles.get(position=2).body


def test_short_pages_of_one_name_are_not_one_page_because_they_share_their_head() -> None:
    for number in range(3):
        text = f"焦作日报\n第1版要闻\n2021年10月\n第{number}天的消息说，这一天和别的日子都不一样。"
        (outcome,) = store.ingest(dump(text), [page_of(text)], "1")
        assert outcome.result is store.Result.NEW
    assert Page.objects.count() == 3


@pytest.mark.parametrize(
    ("before", "after", "result"),
    [
        ({"date": "2021-10-24"}, {"date": "2021-10-25"}, store.Result.NEW),
        ({"page_number": 1}, {"page_number": 2}, store.Result.NEW),
        ({"date": "2021-10-24"}, {"date": "2021-10-24", "page_number": 1}, store.Result.UPDATED),
        ({"date": "2021-10-24"}, {}, store.Result.UPDATED),
        ({"source": "scan"}, {"source": "scan again"}, store.Result.UPDATED),
    ],
)
def test_dumps_said_to_be_of_different_days_or_pages_are_two_pages_though_they_print_the_same(
    before, after, result
) -> None:
    store.ingest(dump(**before), [page_of()], "1")
    text = TEXT + "\n广告\n欢迎来电。"
    (outcome,) = store.ingest(dump(text, **after), [page_of(text)], "1")
    assert outcome.result is result


def test_what_a_dump_replaces_is_found_without_reading_all_of_its_name(monkeypatch) -> None:
    compared: list[str] = []
    real = arriving._shared
    monkeypatch.setattr(arriving, "_shared", lambda old, new: compared.append(old) or real(old, new))
    texts = [
        f"焦作日报\n第{number}天的消息，和别的日子都不一样，说的是第{number * 7}件事。\n本报地址：人民路二号"
        for number in range(300)
    ]
    issue = ingested().issue
    known_name(issue, texts[:30])
    with CaptureQueriesContext(connection) as of_few:
        arriving._replaced(dump(texts[-1]))
    known_name(issue, texts[30:-1])
    compared.clear()
    with CaptureQueriesContext(connection) as of_many:
        assert arriving._replaced(dump(texts[-1])) is None
    assert len(of_many) == len(of_few)
    of_traces = [query["sql"] for query in of_many if "dumptrace" in query["sql"]]
    assert len(of_traces) == 3
    assert all(sql.endswith(f"LIMIT {arriving.SAME_TRACE}") for sql in of_traces)
    assert len(compared) <= arriving.CANDIDATES
    compared.clear()
    replaced = arriving._replaced(dump(texts[3] + "\n又讯\n还有一事。"))
    assert replaced is not None
    assert replaced.text == texts[3]
    assert len(compared) <= arriving.CANDIDATES


def known_name(issue: Issue, texts: list[str]) -> None:
    """Dumps of one name with their pages and traces, as the store leaves them."""
    first = Page.objects.count()
    dumps = Dump.objects.bulk_create(
        Dump(sha256=dump(text).sha256, name="a.txt", encoding="utf-8", size=1, data=b"", text=text)
        for text in texts
    )
    Page.objects.bulk_create(
        Page(key=f"page{number}", issue=issue, dump=each, last_line=2)
        for number, each in enumerate(dumps, first)
    )
    DumpTrace.objects.bulk_create(
        DumpTrace(dump=each, value=value) for each in dumps for value in traces_of(each.name, each.text)
    )


@given(
    st.lists(st.text("甲乙丙丁戊己庚辛", min_size=4, max_size=30), min_size=20, max_size=60, unique=True),
    st.randoms(),
)
def test_texts_that_share_most_of_their_lines_share_traces(lines, random) -> None:
    kept = random.sample(lines, len(lines) * 9 // 10)
    assert set(traces_of("a.txt", "\n".join(lines))) & set(traces_of("a.txt", "\n".join(kept)))


def test_traces_are_of_the_lines_whatever_their_order() -> None:
    lines = [f"第{number}行" for number in range(50)]
    assert traces_of("a.txt", "\n".join(lines)) == traces_of("a.txt", "\n".join(reversed(lines)))
    assert len(traces_of("a.txt", "\n".join(lines))) == KEPT
    assert len(set(traces_of("a.txt", "甲\n\n乙\n甲"))) == 2
    assert traces_of("a.txt", "") == ()


def test_traces_of_different_names_have_nothing_in_common() -> None:
    assert not set(traces_of("a.txt", TEXT)) & set(traces_of("b.txt", TEXT))


def test_dumps_of_before_get_their_traces_by_the_migration() -> None:
    page = ingested()
    kept = set(page.dump.traces.values_list("value", flat=True))
    DumpTrace.objects.all().delete()
    import_module("archive.migrations.0012_dump_traces").fill(apps, None)
    assert set(page.dump.traces.values_list("value", flat=True)) == kept == set(traces_of("a.txt", TEXT))


def test_what_is_withheld_is_found_without_reading_what_is_not() -> None:
    page, of_dump = ingested(), Dump.objects.get()
    with CaptureQueriesContext(connection) as queries:
        secrets(page, of_dump)
    with connection.cursor() as cursor:
        plans = [str(cursor.execute(f"EXPLAIN QUERY PLAN {each['sql']}").fetchall()) for each in queries]
    assert "USING INDEX article_withheld" in plans[0]
    assert "USING INDEX photo_withheld" in plans[1]


def test_of_two_dumps_of_one_name_the_likest_is_replaced() -> None:
    common = "本报讯 今年以来全市夏种面积比去年同期增加。" * 3
    texts = [f"{common}\n{tail * 9}" for tail in ("甲地的事。", "乙地的事。")]
    pages = [
        store.ingest(dump(text, page_number=n), [page_of(text)], "1")[0].page
        for n, text in enumerate(texts, 1)
    ]
    text = texts[1] + "\n又讯\n还有一事。"
    (outcome,) = store.ingest(dump(text), [page_of(text)], "1")
    assert (outcome.result, outcome.page) == (store.Result.UPDATED, pages[1])


def test_a_parse_that_cuts_an_article_leaves_its_key_with_the_piece_that_has_the_headline() -> None:
    one, two = page_of().articles
    rest = tuple(replace(block, role=Role.BODY) for block in (one.blocks[1], *two.blocks))
    whole = replace(page_of(), articles=(replace(one, blocks=(one.blocks[0], *rest)),))
    (outcome,) = store.ingest(dump(), [whole], "1")
    key = Article.objects.get().key
    most = ArticleValue(rest)
    store.reparse(Dump.objects.get(), [replace(whole, articles=(most, ArticleValue(one.blocks[:1])))], "2")
    assert Article.objects.get(key=key).position == 2
    assert Article.objects.filter(page__key=outcome.page, gone=False).count() == 2


def test_old_bytes_with_new_facts_make_no_second_page_and_bring_no_deleted_one_back() -> None:
    page = ingested()
    text = TEXT.replace("蒙牛项目投产", "蒙牛二期项目投产")
    store.ingest(dump(text), [page_of(text)], "1")
    store.delete_page(page, author=None)
    (outcome,) = store.ingest(dump(source="again"), [page_of()], "1")
    assert outcome.result is store.Result.DELETED
    assert Page.objects.count() == 1


def test_another_dump_of_the_same_name_is_another_page() -> None:
    ingested()
    other = "别的标题\n完全不同的正文。"
    (outcome,) = store.ingest(dump(other), [page_of(other)], "1")
    assert outcome.result is store.Result.NEW


def test_a_deleted_page_stays_deleted_until_it_is_restored() -> None:
    page = ingested()
    store.delete_page(page, author=None, reason="重复")
    (outcome,) = store.ingest(dump(), [page_of()], "1")
    assert outcome.result is store.Result.DELETED
    assert not Article.objects.listed().exists()
    page.refresh_from_db()
    logged = Change.objects.count()
    store.restore(page, 1, author=None)
    assert Article.objects.listed().count() == 2
    # The index took them out, so it has to be told.
    told = set(Change.objects.order_by("id")[logged:].values_list("key", flat=True))
    assert told == set(page.articles.values_list("key", flat=True))


def test_a_newspaper_that_staff_rename_keeps_its_pages_whatever_name_its_facts_give() -> None:
    named = page_of()
    named = replace(named, facts=replace(named.facts, newspaper="焦作晚报"))
    (outcome,) = store.ingest(dump(newspaper="焦作晚报"), [named], "1")
    page = Page.objects.get(key=outcome.page)
    Newspaper.objects.filter(name="焦作晚报").update(name="焦作晚报（1988—2021）")
    store.save(page, retitled(store.structure_of(page), "甲"), based_on=1, author=None)
    page.refresh_from_db()
    assert page.issue.newspaper.name == "焦作晚报（1988—2021）"


def test_new_facts_beside_the_same_bytes_move_the_page_and_its_old_address_leads_on() -> None:
    page = ingested()
    old = page.issue.slug
    given = page_of(date="2021-10-23", certainty=Certainty.GIVEN)
    (outcome,) = store.ingest(dump(date="2021-10-23"), [given], "1")
    assert outcome.result is store.Result.UPDATED
    page.refresh_from_db()
    assert page.issue.slug == "2021-10-23"
    assert not Issue.objects.filter(date="2021-10-24").exists()
    redirect = KeyRedirect.objects.get(what="issue")
    assert (redirect.old.split("/")[1], redirect.new.split("/")[1]) == (old, "2021-10-23")
    assert set(page.articles.values_list("date", flat=True)) == {page.issue.date}


def test_a_page_without_a_date_has_an_issue_without_a_date() -> None:
    (outcome,) = store.ingest(dump(), [page_of(date="")], "1")
    assert Page.objects.get(key=outcome.page).issue.slug == "undated"


def test_withholding_takes_an_article_off_every_list_and_tells_the_log() -> None:
    article = ingested().articles.first()
    seen = Change.objects.count()
    store.set_visibility(article, Article.Visibility.WITHHELD, "更正姓名")
    assert article.key not in Article.objects.shown().values_list("key", flat=True)
    assert Change.objects.count() == seen + 1


def test_a_page_that_is_renamed_tells_the_log_of_all_its_pieces_since_they_show_its_name() -> None:
    page = ingested()
    seen = Change.objects.count()
    structure = store.structure_of(page)
    named = replace(structure, facts=replace(structure.facts, name="示范区新闻", number=3))
    store.save(page, named, based_on=1, author=None)
    keys = Change.objects.order_by("id")[seen:].values_list("key", flat=True)
    assert set(keys) == set(page.articles.values_list("key", flat=True))


def test_keys_that_were_given_elsewhere_are_passed_over() -> None:
    from archive.keys import make_keys

    first, second = make_keys(["甲", "乙"], lambda keys: ())
    again = make_keys(["甲", "乙"], lambda keys: {first} & set(keys))
    assert again[1] == second
    assert again[0] not in {first, second}
    same = make_keys(["甲", "甲"], lambda keys: ())
    assert len(set(same)) == 2


def test_pages_of_one_dump_take_the_parse_of_their_own_lines_when_their_number_changes() -> None:
    text = "\n".join([TEXT, *(f"第二版标题{n}\n第二版正文{n}。" for n in range(3))])
    whole = page_of(text)
    cut = 4
    first = replace(whole, articles=whole.articles[:2], last_line=cut)
    second = replace(whole, articles=whole.articles[2:], first_line=cut + 1)
    one, two = store.ingest(dump(text), [first, second], "1")
    (outcome,) = store.reparse(Dump.objects.get(), [second], "2")
    assert outcome.page == two.page
    assert Page.objects.get(key=one.page).articles.filter(gone=False).count() == 2
