"""Uploading dumps: they are read at once and shown with their warnings; nothing is stored before “入库”."""

from __future__ import annotations

import tempfile
import time
import zlib
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib import admin, messages
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from archive import ingesting
from archive.desk.access import INGEST, needs, note, user_of
from archive.finding import FACTS_SUFFIX, SUFFIXES, Problem, printable
from archive.ingesting import Ingested
from archive.models import Upload
from archive.parsing import Vocabulary
from archive.store import Result

#: Files taken by one form, and bytes waiting for one member of staff.
MOST_FILES = 100
MOST_WAITING = 200 * 1024 * 1024
#: Seconds after which a request begins no further file: a web worker that takes longer is ended.
LONGEST = 15.0
RESULTS = {
    Result.NEW: "新版面",
    Result.UNCHANGED: "已在库中，没有变化",
    Result.UPDATED: "更新了版面",
    Result.PROPOSED: "版面经人工校订，新内容待定",
    Result.DELETED: "版面已被删除，不再入库",
}


@require_http_methods(["GET", "POST"])
@needs(INGEST)
def uploads(request: HttpRequest) -> HttpResponse:
    """Take files and show what would be made of them."""
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
            "waiting": mine.filter(state=Upload.State.WAITING),
            "others": mine.exclude(state=Upload.State.WAITING)[:50],
            "suffixes": ",".join((*SUFFIXES, FACTS_SUFFIX)),
            "most_files": MOST_FILES,
            "most_megabytes": settings.MAX_DUMP_BYTES // 2**20,
            "title": _("上传机读原文"),
            "is_nav_sidebar_enabled": False,
        },
    )


def _take(request: HttpRequest, files: list[UploadedFile]) -> None:
    """Keep each dump with the facts uploaded beside it, and what a dry run says of it."""
    begun = time.monotonic()
    facts: dict[str, str] = {}
    for file in files:
        name = _name(file)
        if name.endswith(FACTS_SUFFIX) and (file.size or 0) <= 64 * 1024:
            facts[name.removesuffix(FACTS_SUFFIX)] = file.read().decode("utf-8", "replace")
    vocabulary = ingesting.current_vocabulary()
    waiting = sum(
        Upload.objects.filter(user=user_of(request), state=Upload.State.WAITING).values_list(
            "size", flat=True
        )
    )
    for file in files:
        name = _name(file)
        if name.endswith(FACTS_SUFFIX):
            continue
        size = file.size or 0
        waiting += size
        if size > settings.MAX_DUMP_BYTES or waiting > MOST_WAITING:
            _keep(request, name, size, b"", "", Upload.State.FAILED, _("文件太大，或待确认的文件太多"))
            continue
        data = file.read()
        beside = facts.get(name) or facts.get(Path(name).stem, "")
        if time.monotonic() - begun > LONGEST:
            _keep(request, name, size, data, beside, Upload.State.WAITING, _("还没有试读；入库时会读"))
            continue
        upload = _keep(request, name, size, data, beside, Upload.State.WAITING, "")
        _record(upload, _ingested(name, data, beside, vocabulary, dry_run=True))


def _name(file: UploadedFile) -> str:
    return printable(Path(file.name or "dump.txt").name)[-200:]


def _keep(
    request: HttpRequest, name: str, size: int, data: bytes, beside: str, state: Upload.State, message: str
) -> Upload:
    return Upload.objects.create(
        user=user_of(request),
        name=name,
        size=size,
        data=zlib.compress(data),
        beside=beside,
        state=state,
        message=message,
    )


def _ingested(
    name: str, data: bytes, beside: str, vocabulary: Vocabulary, *, dry_run: bool
) -> Ingested | Problem:
    """The same way as the command's, from a folder of its own."""
    with tempfile.TemporaryDirectory(prefix="baozang-upload-") as folder:
        path = Path(folder) / name
        path.write_bytes(data)
        if beside:
            path.with_suffix(FACTS_SUFFIX).write_text(beside, encoding="utf-8")
        return ingesting.ingest(path, vocabulary, dry_run=dry_run)


def _record(upload: Upload, ingested: Ingested | Problem) -> None:
    if isinstance(ingested, Problem):
        upload.state, upload.message = Upload.State.FAILED, _reason(ingested)
    else:
        upload.found = _found(ingested)
        upload.message = "" if ingested.structures else RESULTS[ingested.result]
    upload.save(update_fields=["state", "message", "found"])


def _reason(problem: Problem) -> str:
    """The command's words without the folder that the file was put in for a moment."""
    error = problem.error
    return " ".join(part for part in (error.reason, error.remedy) if part)[:500]


def _found(ingested: Ingested) -> dict[str, Any]:
    return {
        "pages": [
            {
                "date": page.facts.issue_date.value,
                "certainty": page.facts.issue_date.certainty.value,
                "photos": len(page.photos),
                "articles": [
                    {
                        "title": ingesting.title_of(article),
                        "confidence": round(article.confidence, 2),
                        "warnings": ingesting.warnings_of(article),
                    }
                    for article in page.articles
                ],
            }
            for page in ingested.structures
        ]
    }


@require_POST
@needs(INGEST)
def confirm(request: HttpRequest) -> HttpResponse:
    """Ingest the chosen uploads, or throw them away."""
    numbers = [int(pk) for pk in request.POST.getlist("upload") if pk.isdecimal()]
    chosen = Upload.objects.filter(pk__in=numbers, user=user_of(request), state=Upload.State.WAITING)
    if "discard" in request.POST:
        count = chosen.update(state=Upload.State.DISCARDED, data=b"")
        messages.success(request, _("已放弃 %(count)s 个文件。") % {"count": count})
        return HttpResponseRedirect(reverse("desk:uploads"))
    vocabulary = ingesting.current_vocabulary()
    begun = time.monotonic()
    for upload in chosen:
        if time.monotonic() - begun > LONGEST:
            messages.warning(request, _("还有文件没有入库，请再按一次。"))
            break
        ingested = _ingested(
            upload.name, zlib.decompress(upload.data), upload.beside, vocabulary, dry_run=False
        )
        with transaction.atomic():
            if isinstance(ingested, Problem):
                upload.state, upload.message = Upload.State.FAILED, _reason(ingested)
            else:
                upload.state, upload.message = Upload.State.DONE, RESULTS[ingested.result]
                upload.found = {**upload.found, "made": [outcome.page for outcome in ingested.outcomes]}
            upload.data = b""
            upload.save(update_fields=["state", "message", "found", "data"])
            note(request, _("上传入库"), upload.name, upload.message)
    messages.success(request, _("已处理。"))
    return HttpResponseRedirect(reverse("desk:uploads"))
