"""The picture of the printed page: drawn anew from what was uploaded, for staff alone."""

from __future__ import annotations

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from archive.desk.evidence import LONGEST_SIDE, picture_of
from archive.errors import DumpError
from archive.models import Page, Scan
from tests.factories import page as stored_page


def scan(width: int = 600, height: int = 900, kind: str = "PNG") -> bytes:
    data = io.BytesIO()
    Image.new("RGB", (width, height), "white").save(data, kind)
    return data.getvalue()


@pytest.fixture
def page(db: None) -> Page:
    return stored_page()


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "TIFF", "PDF"])
def test_scans_and_pdfs_become_pictures(kind: str) -> None:
    with Image.open(io.BytesIO(picture_of(scan(kind=kind)))) as image:
        assert image.format == "WEBP"
        assert abs(image.width / image.height - 2 / 3) < 0.01


def test_pictures_are_no_larger_than_they_need_be() -> None:
    with Image.open(io.BytesIO(picture_of(scan(LONGEST_SIDE + 800, 100)))) as image:
        assert image.width == LONGEST_SIDE


@pytest.mark.parametrize("data", [b"", b"<svg onload='x'/>", b"%PDF-1.4 nonsense", b"GIF89a", scan()[:60]])
def test_other_files_are_refused(data: bytes) -> None:
    with pytest.raises(DumpError):
        picture_of(data)


def test_staff_attach_and_see_it(corrector: Client, client: Client, page: Page) -> None:
    address = f"/admin/desk/pages/{page.key}/picture/"
    assert corrector.get(address).status_code == 404
    corrector.post(f"{address}attach/", {"scan": SimpleUploadedFile("p.png", scan())})
    shown = corrector.get(address)
    assert shown.headers["Content-Type"] == "image/webp"
    assert address in corrector.get(f"/admin/desk/pages/{page.key}/").content.decode()
    assert client.get(address).status_code == 302
    corrector.post(f"{address}attach/", {"scan": SimpleUploadedFile("p.svg", b"<svg/>")})
    assert Scan.objects.get().name == "p.png"
