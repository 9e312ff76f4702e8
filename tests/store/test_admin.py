"""The plain admin: every model has its list, and editing an article goes through the store."""

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.auth.models import Permission, User
from django.test import Client
from django.urls import reverse

from archive.models import Article, Change, Page, PageVersion, Person, Section, SurnameReading
from tests.store.test_store import ingested

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(client: Client) -> Client:
    client.force_login(User.objects.create_superuser("editor", password="x"))
    return client


def form_of(client: Client, article: Article) -> dict[str, object]:
    """What the browser would post when nothing was typed."""
    response = client.get(reverse("admin:archive_article_change", args=[article.pk]))
    form = response.context["adminform"].form
    values = {name: form.get_initial_for_field(field, name) for name, field in form.fields.items()}
    return {name: "" if value is None else value for name, value in values.items()}


@pytest.mark.parametrize("model", list(apps.get_app_config("archive").get_models()), ids=lambda m: m.__name__)
def test_every_model_has_a_list_that_can_be_searched(staff: Client, model: type) -> None:
    ingested()
    assert model in admin.site._registry, f"{model.__name__} is not in the admin"
    name = f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist"
    assert staff.get(reverse(name), {"q": "吕"}).status_code == 200


def test_a_headline_typed_in_the_admin_becomes_a_page_version(staff: Client) -> None:
    article = ingested().articles.get(position=1)
    values = form_of(staff, article) | {"block_0": "吕沛接访记", "reason": "错字"}
    response = staff.post(reverse("admin:archive_article_change", args=[article.pk]), values)
    assert response.status_code == 302, response.context["adminform"].form.errors
    article.refresh_from_db()
    assert article.headline == "吕沛接访记"
    assert article.printed.startswith("吕沛接访\n")
    version = PageVersion.objects.get(page=article.page, number=2)
    assert (version.author_name, version.reason, version.kind) == ("editor", "错字", "corrected")
    assert Change.objects.order_by("-id").first().key == article.key


def test_saving_what_was_not_changed_makes_no_version(staff: Client) -> None:
    article = ingested().articles.get(position=1)
    staff.post(reverse("admin:archive_article_change", args=[article.pk]), form_of(staff, article))
    assert Page.objects.get().version == 1


def test_the_second_of_two_editors_is_told_and_keeps_what_they_typed(staff: Client) -> None:
    article = ingested().articles.get(position=1)
    mine = form_of(staff, article) | {"block_0": "我的标题"}
    theirs = mine | {"block_0": "别人的标题"}
    address = reverse("admin:archive_article_change", args=[article.pk])
    assert staff.post(address, theirs).status_code == 302
    response = staff.post(address, mine)
    assert response.status_code == 200
    assert "别人改过" in response.content.decode()
    assert "我的标题" in response.content.decode()
    article.refresh_from_db()
    assert article.headline == "别人的标题"


def test_staff_without_the_right_to_change_articles_cannot(client: Client) -> None:
    user = User.objects.create_user("viewer", password="x", is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename="view_article"))
    client.force_login(user)
    article = ingested().articles.get(position=1)
    address = reverse("admin:archive_article_change", args=[article.pk])
    assert client.get(address).status_code == 200
    assert client.post(address, {"block_0": "不该成功", "based_on": 1}).status_code == 403
    article.refresh_from_db()
    assert article.headline == "吕沛接访"


def test_deleting_pages_is_a_version_and_can_be_taken_back(staff: Client) -> None:
    page = ingested()
    address = reverse("admin:archive_page_changelist")
    staff.post(address, {"action": "delete_pages", "_selected_action": [page.pk]})
    assert not Article.objects.listed().exists()
    staff.post(address, {"action": "bring_back", "_selected_action": [page.pk]})
    assert Article.objects.listed().count() == 2
    assert list(page.versions.values_list("kind", flat=True)) == ["restored", "deleted", "parsed"]


def test_a_surname_read_otherwise_is_read_so_at_once(staff: Client) -> None:
    Person.objects.create(slug="翟鹏程", name="翟鹏程", reading="dí péngchéng")
    Person.objects.create(slug="翟某", name="翟某", reading="自定", reading_by_staff=True)
    SurnameReading.objects.filter(surname="翟").delete()
    staff.post(reverse("admin:archive_surnamereading_add"), {"surname": "翟", "reading": "zhái"})
    assert Person.objects.get(name="翟鹏程").reading == "zhái péngchéng"
    assert "zhaipengcheng" in Person.objects.get(name="翟鹏程").search_forms
    assert Person.objects.get(name="翟某").reading == "自定"


def test_renaming_a_section_tells_the_index_of_its_articles(staff: Client) -> None:
    article = ingested().articles.get(position=1)
    section = Section.objects.create(slug="test", name="试", position=99)
    article.sections.add(section)
    seen = Change.objects.count()
    staff.post(
        reverse("admin:archive_section_change", args=[section.pk]),
        {"name": "试验", "position": 99, "vocabulary": ""},
    )
    assert [change.key for change in Change.objects.order_by("id")[seen:]] == [article.key]
