"""The kinds of admin that ours are made of: none tells what is withheld, all write down what was done."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.text import capfirst
from django.utils.translation import gettext, gettext_noop

from archive import store
from archive.desk.access import note
from archive.models import Article, Photo
from archive.readable import READ_WITHHELD, readable
from archive.wording import reworded


def said(field: str, label: Any) -> Any:
    """A column or line of what the program wrote into ``field``, in the language of who reads it."""

    @admin.display(description=label, ordering=field)
    def words(row: Any) -> str:
        return reworded(getattr(row, field))

    return words


class StaffAdmin(admin.ModelAdmin):
    """``secret_fields`` may hold withheld text: without the right they are neither shown nor asked for by a search or a
    filter typed into the address, which would tell whether they hold a word.

    What is done here is noted in our audit log, by key, instead of Django's, which would keep titles.
    """

    secret_fields: frozenset[str] = frozenset()

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return readable(super().get_queryset(request), request.user)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return self._allowed(request, super().get_fields(request, obj))

    def get_list_display(self, request: HttpRequest) -> Any:
        return self._allowed(request, super().get_list_display(request))

    def get_search_fields(self, request: HttpRequest) -> Any:
        return self._allowed(request, super().get_search_fields(request))

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        asked = lookup.split("__")
        secret = () if request.user.has_perm(READ_WITHHELD) else self.secret_fields
        hidden = any(asked[: len(parts)] == parts for parts in (name.split("__") for name in secret))
        return not hidden and super().lookup_allowed(lookup, value, request)

    def _allowed(self, request: HttpRequest, names: Iterable[Any]) -> list[Any]:
        may_read = request.user.has_perm(READ_WITHHELD)
        return [name for name in names if may_read or name not in self.secret_fields]

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """What goes and what stands in the way, without naming articles: some may be withheld."""
        _nested, counts, lacking, protected = super().get_deleted_objects(objs, request)
        in_the_way = [gettext("还有 %(count)s 条内容属于它") % {"count": len(protected)}] if protected else []
        return [str(each) for each in objs], counts, lacking, in_the_way

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        self._note(request, gettext_noop("新增"), obj, message)

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        self._note(request, gettext_noop("修改"), obj, message)

    def log_deletions(self, request: HttpRequest, queryset: QuerySet[Any]) -> Any:
        for obj in queryset:
            self._note(request, gettext_noop("删除"), obj, [])

    def _note(self, request: HttpRequest, deed: str, obj: Model, message: Sequence[Any]) -> None:
        name = obj.key if isinstance(obj, Article | Photo) else obj
        said = LogEntry(change_message=json.dumps(message)).get_change_message() if message else ""
        note(request, deed, f"{capfirst(obj._meta.verbose_name)} {name}", said)


class KeepingAdmin(StaffAdmin):
    """For what staff may edit but neither add nor delete by hand, since dumps and the store bring it."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class ReadOnlyAdmin(KeepingAdmin):
    """For what only the program writes: staff may look."""

    actions = None

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class TellingAdmin(StaffAdmin):
    """For what articles and photos show by name: renaming it changes how they are shown and found."""

    articles_by: str  # the look-up from an article to this model

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if change and form.changed_data:
            store.tell(Article.objects.filter(**{self.articles_by: obj}))
            if self.articles_by.startswith("page__"):
                store.tell(Photo.objects.filter(**{self.articles_by: obj}))
