"""What a fresh process would otherwise do while its first reader waits: views, templates, catalogues, tokeniser, index.

Nothing here asks the database: gunicorn loads the application before it forks, and connections must not be shared.
"""

from __future__ import annotations

import logging

from django.conf import settings
from django.template.loader import get_template
from django.urls import get_resolver
from django.utils import translation

from search.engines import current
from search.engines.base import FACETS
from search.errors import SearchError
from search.parsing import parse
from search.text import pattern_of, words

logger = logging.getLogger(__name__)


def warm() -> None:
    """Load what pages are made with."""
    get_resolver().reverse_dict  # noqa: B018 - reads the addresses of every app
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            translation.gettext("")
    folder = settings.BASE_DIR / "templates"
    for path in sorted(folder.rglob("*.html")):
        get_template(path.relative_to(folder).as_posix())
    words("报纸")
    pattern_of(["报纸"])


def open_index() -> None:
    """Open the index in a worker, with what every search reads of it: the dates and facets of all documents. Not before
    the fork: the process that forks would keep files on the disk that were long replaced."""
    try:
        current().search(parse("报纸").query, limit=1, facets=FACETS)
    except SearchError as error:  # readers are told when they search
        logger.warning("%s", error)
