"""What can go wrong in search, in our own terms."""

from archive.errors import BaozangError


class SearchError(BaozangError):
    """Search can't answer."""


class IndexMissing(SearchError):  # noqa: N818 - named as what is said to people
    """There is no index yet."""


class IndexStale(SearchError):  # noqa: N818
    """The index was made by another version of its format and can't be read."""


class IndexBroken(SearchError):  # noqa: N818
    """A file of the index is missing or damaged, or can't be written."""


class IndexBusy(SearchError):  # noqa: N818
    """Another process is writing the index."""
