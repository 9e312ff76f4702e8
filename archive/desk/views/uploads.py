"""Uploading dumps: the worker reads them and shows what would be made of them; nothing is stored before “入库”."""

from __future__ import annotations

import zlib
from pathlib import Path

from django.conf import settings
from django.contrib import admin, messages
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from archive.desk.access import INGEST, needs, user_of
from archive.finding import FACTS_SUFFIX, SUFFIXES, printable
from archive.locks import WORKER, is_held
from archive.models import Upload
from archive.uploading import enqueue

#: Files taken by one form, and bytes waiting for one member of staff.
MOST_FILES = 100
MOST_WAITING = 200 * 1024 * 1024
#: Bytes of a file of facts that is read.
MOST_FACTS = 64 * 1024

State = Upload.State
PENDING = (State.RECEIVED, State.CONFIRMED)


@require_http_methods(["GET", "POST"])
@needs(INGEST)
def uploads(request: HttpRequest) -> HttpResponse:
    """Take files, and show what would be made of them."""
    if request.method == "POST":
        files = request.FILES.getlist("dumps")
        if not files:
            messages.error(request, _("请先选文件。"))
        elif len(files) > MOST_FILES:
            messages.error(request, _("一次最多 %(most)s 个文件。") % {"most": MOST_FILES})
        else:
            _take(request, files)
        return HttpResponseRedirect(reverse("desk:uploads"))
    mine = Upload.objects.filter(user=user_of(request)).defer("data")
    return render(
        request,
        "admin/desk/uploads.html",
        admin.site.each_context(request)
        | {
            "pending": mine.filter(state__in=PENDING).order_by("pk"),
            "waiting": mine.filter(state=State.WAITING).order_by("pk"),
            "others": mine.exclude(state__in=(*PENDING, State.WAITING))[:50],
            "worker_runs": is_held(settings.DATA_DIR / WORKER),
            "suffixes": ",".join((*SUFFIXES, FACTS_SUFFIX)),
            "most_files": MOST_FILES,
            "most_megabytes": settings.MAX_DUMP_BYTES // 2**20,
            "title": _("上传机读原文"),
            "is_nav_sidebar_enabled": False,
        },
    )


def _take(request: HttpRequest, files: list[UploadedFile]) -> None:
    """Keep each dump with the facts uploaded beside it, for the worker to read."""
    facts: dict[str, str] = {}
    for file in files:
        name = _name(file)
        if name.endswith(FACTS_SUFFIX) and (file.size or 0) <= MOST_FACTS:
            facts[name.removesuffix(FACTS_SUFFIX)] = file.read().decode("utf-8", "replace")
    unsettled = Upload.objects.filter(user=user_of(request), state__in=(*PENDING, State.WAITING))
    waiting = sum(unsettled.values_list("size", flat=True))
    for file in files:
        name, size = _name(file), file.size or 0
        if name.endswith(FACTS_SUFFIX):
            continue
        waiting += size
        if size > settings.MAX_DUMP_BYTES or waiting > MOST_WAITING:
            _keep(request, name, size, state=State.FAILED, message=_("文件太大，或待确认的文件太多"))
            continue
        beside = facts.get(name) or facts.get(Path(name).stem, "")
        data = zlib.compress(file.read())
        with transaction.atomic():
            enqueue([_keep(request, name, size, data=data, beside=beside)], State.RECEIVED)


def _name(file: UploadedFile) -> str:
    return printable(Path(file.name or "dump.txt").name)[-200:]


def _keep(
    request: HttpRequest,
    name: str,
    size: int,
    *,
    data: bytes = b"",
    beside: str = "",
    state: Upload.State = State.RECEIVED,
    message: str = "",
) -> Upload:
    return Upload.objects.create(
        user=user_of(request), name=name, size=size, data=data, beside=beside, state=state, message=message
    )


@require_POST
@needs(INGEST)
def confirm(request: HttpRequest) -> HttpResponse:
    """Have the chosen uploads ingested, or throw them away."""
    numbers = [int(pk) for pk in request.POST.getlist("upload") if pk.isdecimal()]
    with transaction.atomic():
        chosen = Upload.objects.filter(pk__in=numbers, user=user_of(request), state=State.WAITING)
        if "discard" in request.POST:
            count = chosen.update(state=State.DISCARDED, data=b"", found={})
            messages.success(request, _("已放弃 %(count)s 个文件。") % {"count": count})
        else:
            rows = list(chosen.only("pk"))
            enqueue(rows, State.CONFIRMED)
            messages.success(request, _("%(count)s 个文件正在入库。") % {"count": len(rows)})
    return HttpResponseRedirect(reverse("desk:uploads"))
