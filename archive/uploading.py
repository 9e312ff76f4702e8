"""Uploaded files are read and ingested by the worker: the consumer ``uploads`` of the change log.

A web request only keeps the file and logs it, so no request waits for a parser, and a process that dies in the middle
leaves the file to the next one. Ingesting the same bytes again changes nothing.
"""

from __future__ import annotations

import tempfile
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.db import transaction

from archive import changes, ingesting
from archive.finding import FACTS_SUFFIX, Problem
from archive.ingesting import Ingested
from archive.models import AuditEntry, Change, Upload
from archive.parsing import Vocabulary
from archive.saying import say
from archive.store import Result
from archive.structure import Role

CONSUMER = "uploads"
#: How often a file may have ended the process that was reading it.
MOST_ATTEMPTS = 3
#: Characters of an article without a headline that stand for it.
BEGINS = 20
RESULTS = {
    Result.NEW: say("新版面"),
    Result.UNCHANGED: say("已在库中，没有变化"),
    Result.UPDATED: say("更新了版面"),
    Result.PROPOSED: say("版面经人工校订，新内容待定"),
    Result.DELETED: say("版面已被删除，不再入库"),
}


def enqueue(uploads: Sequence[Upload], state: Upload.State) -> None:
    """Leave uploads to the worker, to be read (``RECEIVED``) or ingested (``CONFIRMED``); within a transaction."""
    keys = [str(upload.pk) for upload in uploads]
    Upload.objects.filter(pk__in=keys).update(state=state, attempts=0)
    changes.append([(Change.What.UPLOAD, key) for key in keys])


def handle(batch: Sequence[Change]) -> None:
    """Read or ingest the uploads that are logged."""
    wanted = [change.key for change in batch if change.what == Change.What.UPLOAD]
    if not wanted:
        return
    vocabulary = ingesting.current_vocabulary()
    for upload in Upload.objects.filter(pk__in=wanted).order_by("pk"):
        if upload.state in (Upload.State.RECEIVED, Upload.State.CONFIRMED):
            _deal(upload, vocabulary)


def _deal(upload: Upload, vocabulary: Vocabulary) -> None:
    upload.attempts += 1
    upload.save(update_fields=["attempts"])
    if upload.attempts > MOST_ATTEMPTS:
        _fail(upload, say("读这个文件时程序几次中断。请把它和日志交给维护的人。"))
        return
    is_dry = upload.state == Upload.State.RECEIVED
    ingested = _ingested(upload, vocabulary, dry_run=is_dry)
    if isinstance(ingested, Problem):
        _fail(upload, _reason(ingested))
    elif is_dry:
        known = not ingested.structures
        _end(upload, Upload.State.WAITING, RESULTS[ingested.result] if known else "", _found(ingested))
    else:
        made = {"made": [outcome.page for outcome in ingested.outcomes]}
        _end(upload, Upload.State.DONE, RESULTS[ingested.result], made)


def _ingested(upload: Upload, vocabulary: Vocabulary, *, dry_run: bool) -> Ingested | Problem:
    """The same way as the command's, from a folder of its own."""
    with tempfile.TemporaryDirectory(prefix="baozang-upload-") as folder:
        path = Path(folder) / upload.name
        path.write_bytes(zlib.decompress(upload.data))
        if upload.beside:
            path.with_suffix(FACTS_SUFFIX).write_text(upload.beside, encoding="utf-8")
        return ingesting.ingest(path, vocabulary, dry_run=dry_run)


def _fail(upload: Upload, why: str) -> None:
    _end(upload, Upload.State.FAILED, why[:500], {})


def _end(upload: Upload, state: Upload.State, message: str, found: dict[str, Any]) -> None:
    """Write down how it ended; a file that nothing more is done with is not kept."""
    was = upload.state
    upload.state, upload.message, upload.found = state, message, found
    if state != Upload.State.WAITING:
        upload.data = b""
    with transaction.atomic():
        # Thrown away meanwhile: then it stays so.
        if not Upload.objects.filter(pk=upload.pk, state=was).exists():
            return
        upload.save(update_fields=["state", "message", "found", "data"])
        if was == Upload.State.CONFIRMED:
            AuditEntry.objects.create(
                user=upload.user,
                user_name=upload.user.get_username(),
                deed=say("上传入库"),
                target=upload.name[:200],
                detail=message,
            )


def _reason(problem: Problem) -> str:
    """The command's words without the folder that the file was put in for a moment."""
    error = problem.error
    return " ".join(part for part in (error.reason, error.remedy) if part)


def _found(ingested: Ingested) -> dict[str, Any]:
    return {
        "pages": [
            {
                "date": page.facts.issue_date.value,
                "certainty": page.facts.issue_date.certainty.value,
                "photos": len(page.photos),
                "articles": [
                    {
                        "title": article.headline or article.supplied_headline,
                        "begins": article.joined(Role.BODY)[:BEGINS],
                        "confidence": round(article.confidence, 2),
                        "warnings": [[each.code, each.detail, each.line] for each in article.doubts],
                    }
                    for article in page.articles
                ],
            }
            for page in ingested.structures
        ]
    }
