"""Mentions follow the text, and staff's word on whose name it is outlives the recogniser."""

from dataclasses import replace

import pytest

from archive import changes, mentions, store
from archive.models import Article, Change, IdentityDecision, Mention, Page, Person, SurnameReading
from tests.store.test_store import dump, ingested, page_of, retitled

pytestmark = pytest.mark.django_db


def names(article: Article) -> set[str]:
    return set(article.mentions.values_list("person__name", flat=True))


def test_names_are_found_at_their_places() -> None:
    SurnameReading.objects.update_or_create(surname="吕", defaults={"reading": "lǚ"})
    page = ingested()
    changes.catch_up("people")
    article = page.articles.get(position=1)
    assert names(article) == {"吕沛"}
    for mention in article.mentions.all():
        texts = {"headline": [article.headline], "body": article.paragraphs}[mention.field]
        assert texts[mention.paragraph][mention.start : mention.end] == "吕沛"
    assert Person.objects.get(name="吕沛").reading == "lǚ pèi"


def test_a_retyped_headline_gets_its_names_and_tells_the_index() -> None:
    page = ingested()
    changes.catch_up("people")
    article = page.articles.get(position=2)
    structure = store.structure_of(page)
    two = structure.articles[1]
    edited = replace(two, blocks=(replace(two.blocks[0], edited="宫卫红调研蒙牛"), *two.blocks[1:]))
    store.save(page, replace(structure, articles=(structure.articles[0], edited)), based_on=1, author=None)
    changes.catch_up("people")
    assert "宫卫红" in names(article)
    assert Change.objects.filter(what="mentions", key=article.key).exists()


def test_remaking_what_is_right_already_changes_nothing() -> None:
    ingested()
    changes.catch_up("people")
    before = list(Mention.objects.values_list("pk", flat=True)), Change.objects.count()
    changes.move("people", 0)
    changes.catch_up("people")
    assert (list(Mention.objects.values_list("pk", flat=True)), Change.objects.count()) == before


def test_a_name_that_staff_told_apart_stays_so_through_a_better_parse() -> None:
    page = ingested()
    changes.catch_up("people")
    article = page.articles.get(position=1)
    IdentityDecision.objects.create(kind="split", name="吕沛", key=article.key, slug="吕沛-2")
    store.save(page, retitled(store.structure_of(page), "吕沛接访记"), based_on=1, author=None)
    changes.catch_up("people")
    assert set(article.mentions.values_list("person__slug", flat=True)) == {"吕沛-2"}


def test_a_page_that_moved_on_while_names_were_recognised_is_left_for_the_next_change() -> None:
    from archive.mentions import remake
    from archive.names import Known

    page = ingested()
    behind = Page.objects.get(pk=page.pk)
    store.save(page, retitled(store.structure_of(page), "宫卫红接访"), based_on=1, author=None)
    assert remake([behind], Known()) == 0
    assert not Mention.objects.exists()


def test_a_replaced_dump_keeps_its_people() -> None:
    page = ingested()
    changes.catch_up("people")
    text = page.dump.text.replace("接待群众", "接待来访群众")
    store.ingest(dump(text), [page_of(text)], "1")
    changes.catch_up("people")
    assert names(page.articles.get(position=1)) == {"吕沛"}


def test_a_batch_that_breaks_off_is_done_again_and_nothing_is_written_twice(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ingested()
    text = "宫卫红调研\n10月23日，区领导宫卫红调研蒙牛项目。"
    (outcome,) = store.ingest(dump(text, "b.txt"), [page_of(text)], "1")
    other = Page.objects.get(key=outcome.page)
    keep, kept = mentions._keep, []

    def killed(page, *rest):
        if kept:
            raise KeyboardInterrupt
        kept.append(page.pk)
        return keep(page, *rest)

    with monkeypatch.context() as patched:
        patched.setattr(mentions, "_keep", killed)
        with pytest.raises(KeyboardInterrupt):
            changes.catch_up("people")
    told = Change.objects.filter(what="mentions").count()
    assert told
    assert changes.position("people") == 0
    assert not Mention.objects.filter(article__page=other).exists()
    changes.catch_up("people")
    assert {mention.article.page_id for mention in Mention.objects.all()} == {*kept, other.pk}
    keys = list(Change.objects.filter(what="mentions").values_list("key", flat=True))
    assert len(keys) == len(set(keys)) > told
    assert Mention.objects.count() == len(
        set(Mention.objects.values_list("article", "field", "paragraph", "start"))
    )


def test_what_is_deleted_or_gone_is_not_recognised_anew_for_ever() -> None:
    page = ingested()
    changes.catch_up("people")
    Mention.objects.update(recogniser_version="0")
    assert mentions.stale()
    page.articles.update(gone=True)
    assert not mentions.stale()
    page.articles.update(gone=False)
    store.delete_page(page, author=None)
    assert not mentions.stale()
