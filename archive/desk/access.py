"""Who may do what at the desk, and the log of what was done."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any, cast

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import override

from archive.errors import BaozangError, VersionConflictError
from archive.models import AuditEntry
from archive.wording import worded

if TYPE_CHECKING:
    from django.contrib.auth.models import User

View = Callable[..., HttpResponse]

LOOK = "archive.view_page"
CORRECT = "archive.change_page"
INGEST = "archive.add_dump"
WITHHOLD = "archive.withhold_piece"
BULK = "archive.bulk_correct"
REPORTS = "archive.view_report"
ANSWER = "archive.change_report"


def needs(permission: str) -> Callable[[View], View]:
    """Let only staff with ``permission`` in: others are refused (403), strangers are asked to log in."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            user = request.user
            if not (user.is_authenticated and user.is_active and user.is_staff):
                return redirect_to_login(request.get_full_path(), reverse("admin:login"))
            if not user.has_perm(permission):
                raise PermissionDenied
            response = view(request, *args, **kwargs)
            response.headers["Cache-Control"] = "no-store"
            return response

        return guarded

    return decorate


def in_words(error: BaozangError) -> str:
    """An error as staff read it, in a sentence or two."""
    if isinstance(error, VersionConflictError):
        return _("这一版刚被别人改过，没有保存。请刷新后再做一次。")
    thing, reason, remedy = (worded(each) for each in (error.thing, error.reason, error.remedy))
    said = _("%(thing)s：%(reason)s") % {"thing": thing, "reason": reason} if thing else reason
    return _("%(said)s。%(remedy)s") % {"said": said.rstrip("。."), "remedy": remedy}


def user_of(request: HttpRequest) -> User:
    """The member of staff, whom ``needs`` has let in."""
    return cast("User", request.user)


def note(request: HttpRequest, deed: str | Promise, target: str, detail: str = "") -> None:
    """Put a line in the audit log, within the transaction of the deed where there is one.

    ``deed`` is a message, kept in Chinese whatever the language of who did it, so that the log can be searched; it is
    shown in the language of who reads it.
    """
    user = user_of(request)
    with override(settings.LANGUAGES[0][0]):
        kept = str(deed)
    AuditEntry.objects.create(
        user=user, user_name=user.get_username(), deed=kept[:60], target=target[:200], detail=detail
    )
