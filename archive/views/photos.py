"""Photos: the wall, one photo, and the image that staff attached."""

from __future__ import annotations

import hashlib

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.utils.http import quote_etag
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from archive.models import Photo
from archive.order import NEWEST_FIRST
from archive.reading import fits_card, image_rights_open, links_in
from archive.views.respond import absent, fresh, moved, pages_of, show


def _found(request: HttpRequest, key: str) -> Photo | HttpResponse:
    photo = Photo.objects.select_related("page__issue__newspaper", "article").filter(key=key).first()
    if photo is None:
        redirect = moved("photo", key)
        if redirect:
            return redirect
        raise Http404(_("没有这张图片。"))
    return absent(request, photo) or photo


@require_safe
def wall(request: HttpRequest) -> HttpResponse:
    """Captions and credits of every photo, with the image where there is one."""
    photos = Photo.objects.listed().select_related("page__issue__newspaper").order_by(*NEWEST_FIRST)
    return show(request, "archive/photos.html", {"photos": pages_of(request, photos, 24)})


@require_safe
def photo(request: HttpRequest, key: str) -> HttpResponse:
    """One photo: caption, credit, its article and page."""
    found = _found(request, key)
    if isinstance(found, HttpResponse):
        return found
    mentions = list(found.mentions.select_related("person").order_by("order"))
    article = found.article
    if article and (article.gone or article.visibility != "public"):
        article = None
    return show(
        request,
        "archive/photo.html",
        {
            "photo": found,
            "issue": found.page.issue,
            "card_photo": found if fits_card(found) else None,
            "article": article,
            "caption_links": links_in(mentions, "caption", 0),
            "credit_links": links_in(mentions, "credit", 0),
            "is_open": image_rights_open(found),
            "others": Photo.objects.listed()
            .filter(page=found.page_id)
            .exclude(pk=found.pk)
            .order_by("position"),
        },
    )


@require_safe
def image(request: HttpRequest, key: str) -> HttpResponse | FileResponse:
    """The image file of a photo that readers can open; a photo taken down takes its image with it."""
    found = _found(request, key)
    if isinstance(found, HttpResponse):
        return found
    if not found.image:
        raise Http404(_("这张图片只有文字说明。"))
    try:
        response = FileResponse(found.image.open("rb"))
    except FileNotFoundError as error:
        raise Http404(_("图片文件不在了。")) from error
    # Another image is another file: its name tells browsers whether they have it.
    response["ETag"] = quote_etag(hashlib.sha256(str(found.image.name).encode()).hexdigest())
    return fresh(response)  # type: ignore[arg-type]
