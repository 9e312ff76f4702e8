"""What every template may use."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, Any]:
    """The site's name, footer lines and the codes of its languages."""
    return {
        "site_name": settings.SITE_NAME,
        "footer": settings.FOOTER,
        "site_languages": [code for code, _name in settings.LANGUAGES],
    }
