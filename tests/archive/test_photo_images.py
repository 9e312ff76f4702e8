"""What staff attach to a photo becomes a picture of ours, or an error that says what to do."""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from archive import photo_images
from archive.models import Photo
from archive.photo_images import LONGEST_SIDE, ImageError, redrawn
from tests import factories
from tests.factories import Picture


def picture(
    width: int = 300, height: int = 200, kind: str = "PNG", mode: str = "RGB", **said: object
) -> bytes:
    written = io.BytesIO()
    Image.new(mode, (width, height), 120 if mode in ("L", "P") else None).save(written, kind, **said)
    return written.getvalue()


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


@pytest.mark.parametrize("kind", photo_images.FORMATS)
def test_pictures_are_drawn_anew(kind: str) -> None:
    data = redrawn(picture(kind=kind))
    assert opened(data).format == "JPEG"
    assert opened(data).size == (300, 200)


@pytest.mark.parametrize("mode", ["L", "P", "RGBA", "LA", "1", "I;16"])
def test_every_kind_of_pixel_is_taken(mode: str) -> None:
    assert opened(redrawn(picture(mode=mode))).mode == "RGB"


def test_large_pictures_are_made_smaller_in_proportion() -> None:
    assert opened(redrawn(picture(LONGEST_SIDE * 2, 1000))).size == (LONGEST_SIDE, 500)


def test_nothing_but_pixels_is_kept_and_the_picture_stands_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by a quarter
    exif[0x010F] = "camera"
    exif[0x8825] = {2: (35.0, 14.0, 0.0)}  # where it was taken
    data = redrawn(picture(kind="JPEG", exif=exif, comment=b"secret") + b"<?php secret ?>")
    assert opened(data).size == (200, 300)
    assert not opened(data).getexif()
    assert b"camera" not in data
    assert b"secret" not in data


def bomb() -> bytes:
    """A PNG that says it is 60,000 pixels square."""
    import struct

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    head = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"\0" * 99))
        + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"GIF89a" + bytes(60),
        b"\xff\xd8\xff" + bytes(99),
        picture()[:120],
        picture(kind="GIF"),
        picture(kind="TIFF"),
        picture(8, 8),
        bomb(),
    ],
    ids=["empty", "svg", "gif head", "jpeg head", "cut off", "gif", "tiff", "tiny", "bomb"],
)
def test_other_files_are_refused(data: bytes) -> None:
    with pytest.raises(ImageError) as error:
        redrawn(data, "x.jpg")
    assert error.value.remedy


def test_too_many_bytes_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(photo_images, "MOST_BYTES", 99)
    with pytest.raises(ImageError):
        redrawn(picture())


@pytest.mark.django_db
@pytest.mark.usefixtures("data_folder")
class TestAttaching:
    def send(self, client: Client, photo: Photo, data: bytes, alt: str) -> str:
        upload = SimpleUploadedFile("照片.php.jpg", data, "image/jpeg")
        address = f"/admin/archive/photo/{photo.pk}/change/"
        said = {"image": upload, "alt_text": alt, "rights": ""}
        return client.post(address, said).content.decode()

    def test_staff_attach_an_image_and_readers_see_it_with_its_size(self, admin_client: Client) -> None:
        photo = factories.page([], [Picture()]).photos.get()
        self.send(admin_client, photo, picture(kind="JPEG"), "生产线上的工人")
        photo.refresh_from_db()
        assert photo.image.name.endswith(f"{photo.key}.jpg")
        reader = Client()
        page = reader.get(photo.get_absolute_url()).content.decode()
        assert 'alt="生产线上的工人"' in page
        assert 'width="300" height="200"' in page
        response = reader.get(f"/photos/{photo.key}/image")
        assert response.headers["Content-Type"] == "image/jpeg"
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert opened(b"".join(response.streaming_content)).size == (300, 200)

    def test_its_size_is_known_without_the_file(self, admin_client: Client) -> None:
        photo = factories.page([], [Picture()]).photos.get()
        self.send(admin_client, photo, picture(kind="JPEG"), "生产线上的工人")
        photo.refresh_from_db()
        photo.image.storage.delete(photo.image.name)
        assert 'width="300" height="200"' in Client().get(photo.get_absolute_url()).content.decode()

    def test_a_file_that_another_takes_the_place_of_goes_with_the_change(
        self,
        admin_client: Client,
        django_capture_on_commit_callbacks: Callable[..., AbstractContextManager[object]],
    ) -> None:
        photo = factories.page([], [Picture()]).photos.get()
        self.send(admin_client, photo, picture(), "旧图")
        photo.refresh_from_db()
        first, storage = photo.image.name, photo.image.storage
        with django_capture_on_commit_callbacks(execute=True):
            self.send(admin_client, photo, picture(400, 300), "新图")
            assert storage.exists(first)
        photo.refresh_from_db()
        assert not storage.exists(first)
        assert storage.exists(photo.image.name)
        assert (photo.image_width, photo.image_height) == (400, 300)

    def test_an_image_needs_words_for_those_who_do_not_see_it(self, admin_client: Client) -> None:
        photo = factories.page([], [Picture()]).photos.get()
        text = self.send(admin_client, photo, picture(), " ")
        photo.refresh_from_db()
        assert not photo.image
        assert "供看不见图片的读者使用" in text

    @pytest.mark.parametrize("data", [b"no picture", picture(kind="GIF"), picture(8, 8)])
    def test_what_is_no_picture_is_not_kept(self, admin_client: Client, data: bytes) -> None:
        photo = factories.page([], [Picture()]).photos.get()
        assert "errorlist" in self.send(admin_client, photo, data, "说明")
        photo.refresh_from_db()
        assert not photo.image

    def test_a_photo_taken_down_takes_its_image_with_it(self, admin_client: Client) -> None:
        photo = factories.page([], [Picture()]).photos.get()
        self.send(admin_client, photo, picture(), "说明")
        Photo.objects.update(visibility="withheld")
        assert Client().get(f"/photos/{photo.key}/image").status_code == 410
