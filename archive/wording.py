"""What pure modules say (``archive.saying``), in the language of whoever reads it."""

from __future__ import annotations

from django.utils.translation import gettext

from archive.saying import Said


def worded(words: str) -> str:
    """A sentence in the current language with all that is filled in; what isn't ``Said`` stays as it is."""
    if not isinstance(words, Said):
        return words
    parts = {name: worded(part) if isinstance(part, str) else part for name, part in words.parts.items()}
    return gettext(words.message) % parts if parts else gettext(words.message)


def reworded(stored: str) -> str:
    """What the program wrote into the database in Chinese, in the current language where the catalogue has it."""
    return gettext(stored) if stored else ""
