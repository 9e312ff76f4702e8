"""The picture of a page, for staff alone."""

from __future__ import annotations

import zlib

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_GET, require_POST

from archive.desk.access import CORRECT, LOOK, in_words, needs, note, user_of
from archive.desk.evidence import MOST_BYTES, picture_of
from archive.desk.masking import secret_places
from archive.desk.views.showing import page_of
from archive.errors import DumpError
from archive.models import Dump, Page, Scan

PDF = "application/pdf"


@require_GET
@needs(LOOK)
def picture(request: HttpRequest, key: str) -> HttpResponse:
    """The scan that staff attached, else the page of the PDF that was ingested; not for who may not read all of it."""
    page = page_of(key)
    if secret_places(page, user_of(request)):
        raise PermissionDenied
    scan = Scan.objects.filter(page=page).first()
    if scan is None and page.dump.media_type != PDF:
        raise Http404
    try:
        data = bytes(scan.image) if scan else _from_dump(page)
    except DumpError as error:
        raise Http404(str(error)) from error
    return HttpResponse(data, content_type="image/webp", headers={"X-Content-Type-Options": "nosniff"})


def _from_dump(page: Page) -> bytes:
    """The PDF's page of the same number as the page among its dump's."""
    number = Page.objects.filter(dump=page.dump_id, first_line__lt=page.first_line).count()
    data = Dump.objects.values_list("data", flat=True).get(pk=page.dump_id)
    return picture_of(zlib.decompress(data), number)


@require_POST
@needs(CORRECT)
def attach(request: HttpRequest, key: str) -> HttpResponse:
    """Attach a scan or PDF in place of the one that is there."""
    page = page_of(key)
    back = HttpResponseRedirect(reverse("desk:page", args=[key]))
    file = request.FILES.get("scan")
    if file is None:
        messages.error(request, _("请先选文件。"))
        return back
    try:
        image = picture_of(file.read(MOST_BYTES + 1))
    except DumpError as error:
        messages.error(request, in_words(error))
        return back
    with transaction.atomic():
        Scan.objects.update_or_create(page=page, defaults={"image": image, "name": (file.name or "")[-255:]})
        note(request, gettext_noop("附上版面图"), str(page), file.name or "")
    messages.success(request, _("已附上版面图。"))
    return back
