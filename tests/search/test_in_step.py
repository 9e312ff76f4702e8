"""The index follows the archive: corrections, deletions, visibility, people; and the command that looks after it."""

import io
import json
import shutil
from dataclasses import replace

import pytest
from django.core.management import CommandError, call_command

from archive import changes, store
from archive.models import Article, Change, Mention, Person, Photo
from archive.structure import Role
from search import collection
from search.collection import article_document, photo_document
from search.engines import current
from search.engines.whoosh import commits
from search.results import find
from tests import factories
from tests.factories import Picture, Story


@pytest.fixture
def paper(db, data_folder):
    return factories.page(
        [
            Story(sections=("law",), column="项目建设"),
            Story(
                headline="蒙牛奶酪项目投产", paragraphs=("10月22日，蒙牛公司投产。", "第二段。"), people={}
            ),
        ],
        [Picture(caption="10月22日，工人在蒙牛车间忙碌。")],
    )


def follow():
    changes.catch_up("search")


def found(raw):
    return sorted((hit.kind, hit.key) for hit in find(raw))


def test_without_an_index_one_change_makes_a_whole_one(paper, settings):
    follow()
    shutil.rmtree(settings.INDEX_DIR)
    retyped(paper, "第二段。", "第二段改过。")
    follow()
    assert found("改过") == found('"蒙牛公司投产"')
    assert len(found("蒙牛")) == 2
    assert run("verify")


def run(*arguments):
    out = io.StringIO()
    call_command("index", *arguments, stdout=out)
    return out.getvalue()


def retyped(page, old, new):
    """Staff retype a block."""
    structure = store.structure_of(page)
    articles = tuple(
        replace(
            article, blocks=tuple(replace(b, edited=new) if b.current == old else b for b in article.blocks)
        )
        for article in structure.articles
    )
    store.save(page, replace(structure, articles=articles), based_on=page.version, author=None)


def test_what_is_stored_is_found(paper):
    follow()
    milk = Article.objects.get(headline__startswith="蒙牛")
    assert found("蒙牛") == [("article", milk.key), ("photo", Photo.objects.get().key)]
    assert found("人物:吕沛") == [("article", Article.objects.exclude(pk=milk.pk).get().key)]
    assert found("栏目:项目建设 主题:法治") == found("人物:吕沛")
    assert current().verify(collection.all_documents()) == type(current().verify([]))()


def test_a_correction_is_found_by_its_new_words_and_by_the_print_only_under_its_name(paper):
    follow()
    retyped(paper, "蒙牛奶酪项目投产", "伊利奶酪项目投产")
    follow()
    key = Article.objects.get(headline__startswith="伊利").key
    assert found('"伊利奶酪"') == [("article", key)]
    assert found('"蒙牛奶酪"') == []
    assert found('原文:"蒙牛奶酪"') == [("article", key)]
    assert found('原文:"伊利奶酪"') == []
    assert found("原文:第二段") == [("article", key)]


def test_what_readers_may_not_see_is_not_found(paper):
    follow()
    article = Article.objects.get(headline__startswith="蒙牛")
    store.set_visibility(article, Article.Visibility.DELISTED, "")
    follow()
    assert [kind for kind, _ in found("蒙牛")] == ["photo"]
    store.set_visibility(article, Article.Visibility.PUBLIC, "")
    follow()
    assert len(found("蒙牛")) == 2
    store.delete_page(paper, author=None)
    follow()
    assert found("") == []


def test_a_person_who_is_renamed_is_found_by_the_new_name(paper):
    follow()
    Person.objects.filter(name="吕沛").update(name="吕佩")
    changes.append([(Change.What.PERSON, "吕沛")])
    follow()
    assert found("人物:吕佩")
    assert not found("人物:吕沛")


def test_mentions_reach_the_index(paper):
    follow()
    Mention.objects.all().delete()
    changes.append([(Change.What.MENTIONS, key) for key in Article.objects.values_list("key", flat=True)])
    follow()
    assert found("人物:吕沛") == []


def test_a_change_may_come_twice(paper):
    follow()
    changes.move("search", 0)
    follow()
    assert len(found("")) == 3


def test_every_text_of_a_row_is_in_its_document(paper):
    for row in Article.objects.all():
        document = article_document(row)
        texts = [text for _, text in document.texts()]
        for text in (row.headline, row.kicker, row.subheadline, row.byline, *row.paragraphs):
            assert not text or text in texts
        assert document.printed == ()
    photo = Photo.objects.get()
    assert [text for _, text in photo_document(photo).texts()] == [photo.caption, photo.credit]


def test_a_print_that_differs_is_kept_whole(paper):
    retyped(paper, "第二段。", "改过的第二段。")
    document = article_document(Article.objects.get(headline__startswith="蒙牛"))
    assert document.printed == ("蒙牛奶酪项目投产", "10月22日，蒙牛公司投产。", "第二段。")
    assert "改过的第二段。" in document.paragraphs


def test_blocks_that_are_joined_to_one_text_are_the_print(paper):
    article = store.structure_of(paper).articles[0]
    assert [block.role for block in article.blocks][:2] == [Role.HEADLINE, Role.BODY]
    assert collection._printed("上半\n下半\n正文", ["上半 下半", "正文"]) == ()
    assert collection._printed("上半\n下半\n正文", ["下半 上半", "正文"]) == ("上半", "下半", "正文")
    assert collection._printed("正文\n多的", ["正文"]) == ("正文", "多的")


def test_all_documents_come_in_batches(paper, monkeypatch):
    monkeypatch.setattr(collection, "BATCH", 1)
    assert len(list(collection.all_documents())) == collection.count() == 3


# --- the command --------------------------------------------------------------------------------------------------


def test_build_verify_status(paper):
    with pytest.raises(CommandError, match="no index"):
        run("verify")
    assert "no index" in run("status")
    assert json.loads(run("build", "--json"))["documents"] == 3
    assert "holds what it should" in run("verify")
    assert "3 documents" in run("status")
    status = json.loads(run("status", "--json"))
    assert (status["documents"], status["stale"]) == (3, "")
    changes.move("people", changes.last())
    changes.append([("article", "k1"), ("article", "k2")])
    assert json.loads(run("status", "--json"))["others_waiting"]["people"] == 2
    assert "people: 2 changes waiting" in run("status")


def test_repair(paper):
    run("build")
    key = Article.objects.get(headline__startswith="蒙牛").key
    current().delete([("article", key)])
    with pytest.raises(CommandError, match="--repair"):
        run("verify")
    assert json.loads(run("verify", "--repair", "--json"))["missing"] == [["article", key]]
    assert "holds what it should" in run("verify")
    damaged = next((current().root).glob("index-*/*.txt"))
    damaged.write_bytes(b"x" * damaged.stat().st_size)
    assert "damaged files 1" in run("verify", "--repair")
    assert "holds what it should" in run("verify")


def test_build_if_needed(paper, monkeypatch):
    run("build", "--if-needed")
    before = current().status().generation
    run("build", "--if-needed")
    assert current().status().generation == before
    follow()
    monkeypatch.setattr(commits, "stamp", lambda: "another")
    started = []
    monkeypatch.setattr("search.consumer.subprocess.Popen", lambda command: started.append(command[2:]))
    assert "worker" in run("build", "--if-needed")
    assert len(found("")) == 3
    follow()
    assert started == [["index", "build"]]
    run("build")
    assert not current().status().stale
