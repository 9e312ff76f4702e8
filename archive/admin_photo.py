"""A photo in the admin: the image that staff attach is drawn anew, and says in words what it shows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from archive.desk.access import in_words
from archive.models import Photo
from archive.photo_images import MOST_BYTES, ImageError, redrawn

if TYPE_CHECKING:
    _Form = forms.ModelForm[Photo]
else:
    _Form = forms.ModelForm


class PhotoForm(_Form):
    """What staff may give a photo: image, alternative text, rights."""

    class Meta:
        model = Photo
        fields = ["image", "alt_text", "rights"]

    def clean_image(self) -> Any:
        """The image as it will be served; an upload is replaced by the picture drawn from it."""
        image = self.cleaned_data.get("image")
        if not isinstance(image, UploadedFile):
            return image
        try:
            if (image.size or 0) > MOST_BYTES:
                raise ImageError(str(image.name), f"超过 {MOST_BYTES // 2**20} MB", "请缩小后再试。")
            image.seek(0)
            return ContentFile(redrawn(image.read(), str(image.name)), name=f"{self.instance.key}.jpg")
        except ImageError as error:
            raise ValidationError(in_words(error)) from error

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if cleaned and cleaned.get("image") and not cleaned.get("alt_text", "").strip():
            self.add_error("alt_text", _("请写明图片上有什么，供看不见图片的读者使用。"))
        return cleaned
