"""Whose name it is: staff tell apart and join, it reaches articles and addresses, outlives re-parsing, and can be undone."""

from dataclasses import replace

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import reverse

from archive import changes, identity, store
from archive.errors import StoreError
from archive.models import Article, AuditEntry, IdentityDecision, KeyRedirect, Mention, Page, Person
from tests.store.test_store import dump, ingested, page_of, retitled

pytestmark = pytest.mark.django_db

TWO = "吕沛接访\n10月21日，吕沛接待群众。\n吕沛的书屋\n10月22日，吕沛在书屋里说，要多读书。"


@pytest.fixture
def page() -> Page:
    page = ingested(TWO)
    changes.catch_up("people")
    return page


def slugs(article: Article) -> set[str]:
    return set(article.mentions.values_list("person__slug", flat=True))


def test_two_of_one_name_are_told_apart_and_put_together_again(page: Page) -> None:
    official, pupil = page.articles.order_by("position")
    slug = identity.split(Person.objects.get(slug="吕沛"), [pupil.key], reason="小学生")
    changes.catch_up("people")
    assert (slugs(official), slugs(pupil)) == ({"吕沛"}, {slug})
    assert Person.objects.get(slug=slug).name == "吕沛"
    for decision in IdentityDecision.objects.all():
        identity.undo(decision)
    changes.catch_up("people")
    assert slugs(pupil) == {"吕沛"}


def test_a_split_outlives_a_better_parse_and_a_replaced_dump(page: Page) -> None:
    pupil = page.articles.get(position=2)
    slug = identity.split(Person.objects.get(slug="吕沛"), [pupil.key])
    store.save(page, retitled(store.structure_of(page), "吕沛接访记"), based_on=1, author=None)
    changes.catch_up("people")
    assert slugs(pupil) == {slug}
    text = TWO.replace("多读书", "多多读书")
    store.ingest(dump(text), [page_of(text)], "1")
    changes.catch_up("people")
    assert slugs(pupil) == {slug}


def test_two_names_of_one_person_are_joined_and_the_old_address_leads_on(page: Page) -> None:
    structure = store.structure_of(page)
    two = structure.articles[1]
    edited = replace(two, blocks=(replace(two.blocks[0], edited="吕培获奖"), *two.blocks[1:]))
    store.save(page, replace(structure, articles=(structure.articles[0], edited)), based_on=1, author=None)
    changes.catch_up("people")
    other = Person.objects.get(slug="吕培")
    identity.join(other, Person.objects.get(slug="吕沛"))
    changes.catch_up("people")
    assert slugs(page.articles.get(position=2)) == {"吕沛"}
    assert Person.objects.get(slug="吕沛").aliases == ["吕培"]
    assert KeyRedirect.objects.get(what="person").new == "吕沛"
    assert other not in Person.objects.shown()
    identity.undo(IdentityDecision.objects.get())
    changes.catch_up("people")
    assert "吕培" in slugs(page.articles.get(position=2))
    assert Person.objects.get(slug="吕沛").aliases == []
    assert not KeyRedirect.objects.exists()
    assert other in Person.objects.shown()


def test_joining_in_a_circle_or_with_oneself_is_refused(page: Page) -> None:
    one, other = Person.objects.get(slug="吕沛"), Person.objects.create(slug="吕培", name="吕培")
    identity.join(other, one)
    with pytest.raises(StoreError, match="已经是同一个人"):
        identity.join(one, other)
    with pytest.raises(StoreError, match="已经是同一个人"):
        identity.join(one, one)


def test_evidence_of_two_people_is_shown_until_staff_confirm_that_it_is_one(page: Page) -> None:
    person = Person.objects.get(slug="吕沛")
    article = page.articles.get(position=2)
    Mention.objects.filter(article=page.articles.get(position=1)).update(office="示范区党工委书记")
    Mention.objects.filter(article=article).update(kind="reporter")
    assert identity.evidence(person)
    assert [found for found, _ in identity.doubtful()] == [person]
    identity.confirm(person)
    assert not identity.evidence(person)
    assert not identity.doubtful()


def test_two_offices_at_one_time_in_two_bodies_are_evidence_too(page: Page) -> None:
    first, second = (page.articles.get(position=position) for position in (1, 2))
    Article.objects.filter(page=page).update(event_date="2021-10-07")
    Mention.objects.filter(article=first).update(kind="subject", office="市医院院长")
    Mention.objects.filter(article=second).update(kind="subject", office="县供电公司经理")
    ((person, (reason,)),) = identity.doubtful()
    assert (person.slug, reason.reason) == ("吕沛", "two-bodies")
    assert {*reason.first, *reason.second} == {first.key, second.key}
    Mention.objects.filter(article=second).update(office="市医院党委书记")
    assert not identity.doubtful()


def test_addresses_lead_past_those_who_were_joined_in_turn(page: Page) -> None:
    first, second, third = Person.objects.get(slug="吕沛"), *map(_person, ("吕培", "吕佩"))
    identity.join(first, second)
    identity.join(second, third)
    assert _leads() == _merged() == {"吕沛": "吕佩", "吕培": "吕佩"}
    identity.undo(IdentityDecision.objects.get(slug="吕佩"))
    assert _leads() == _merged() == {"吕沛": "吕培"}


def _person(name: str) -> Person:
    return Person.objects.create(slug=name, name=name)


def _leads() -> dict[str, str]:
    return dict(KeyRedirect.objects.filter(what="person").values_list("old", "new"))


def _merged() -> dict[str, str]:
    return dict(Person.objects.exclude(merged_into=None).values_list("slug", "merged_into__slug"))


def test_the_review_queue_points_to_the_evidence_for_who_may_decide(page: Page, client: Client) -> None:
    Mention.objects.filter(article=page.articles.get(position=1)).update(office="示范区党工委书记")
    Mention.objects.filter(article=page.articles.get(position=2)).update(kind="reporter")
    doubles = reverse("admin:archive_person_doubles")
    client.force_login(User.objects.create_superuser("editor", password="x"))
    shown = client.get(reverse("desk:queue")).content.decode()
    assert f'<a href="{doubles}">可能同名的两个人（1）</a>' in shown
    viewer = User.objects.create_user("viewer", password="x", is_staff=True)
    viewer.groups.add(Group.objects.get(name="viewer 查看"))
    client.force_login(viewer)
    assert doubles not in client.get(reverse("desk:queue")).content.decode()


def test_staff_do_it_on_a_page_of_the_admin(page: Page, client: Client) -> None:
    client.force_login(User.objects.create_superuser("editor", password="x"))
    person = Person.objects.get(slug="吕沛")
    pupil = page.articles.get(position=2)
    address = reverse("admin:archive_person_identity", args=[person.pk])
    assert pupil.headline in client.get(address).content.decode()
    client.post(address, {"deed": "split", "keys": [pupil.key], "reason": "小学生"})
    changes.catch_up("people")
    assert slugs(pupil) == {"吕沛-2"}
    assert "没有叫“谁”的人物" in client.post(address, {"deed": "join", "other": "谁"}).content.decode()
    decision = IdentityDecision.objects.get(undone_at=None)  # one, though the name stands there twice
    client.post(address, {"deed": "undo", "decision": decision.pk})
    changes.catch_up("people")
    assert slugs(pupil) == {"吕沛"}
    deeds = list(AuditEntry.objects.order_by("id").values_list("user_name", "deed", "target"))
    assert deeds == [("editor", "分出同名的人", "吕沛"), ("editor", "撤销人物判定", "吕沛")]
    assert client.get(reverse("admin:archive_person_doubles")).status_code == 200


def test_a_viewer_may_not_decide(page: Page, client: Client) -> None:
    client.force_login(User.objects.create_user("viewer", password="x", is_staff=True))
    person = Person.objects.get(slug="吕沛")
    assert client.get(reverse("admin:archive_person_identity", args=[person.pk])).status_code == 403
