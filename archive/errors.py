"""The errors of the archive: each names the thing, the reason and what to do about it."""


class BaozangError(Exception):
    """Anything that went wrong in our own terms.

    ``thing`` names what it happened to (a file, a page, a setting), ``reason`` says why and ``remedy`` what the
    reader of the message can do. ``str()`` is the whole in one line.
    """

    def __init__(self, thing: str, reason: str, remedy: str = "") -> None:
        super().__init__(thing, reason, remedy)
        self.thing = thing
        self.reason = reason
        self.remedy = remedy

    def __str__(self) -> str:
        message = f"{self.thing}: {self.reason}" if self.thing else self.reason
        return f"{message}. {self.remedy}" if self.remedy else message


class DumpError(BaozangError):
    """A dump (机读原文) that can't be read or parsed."""


class FactsError(BaozangError):
    """The facts that stand beside a dump (``NAME.toml``) are wrong."""


class StructureError(BaozangError):
    """A page structure that breaks the invariant, or JSON that is no page structure."""


class CorrectionError(BaozangError):
    """A correction that can't be applied to this page."""


class StoreError(BaozangError):
    """A page that can't be stored."""


class VersionConflictError(StoreError):
    """The page was changed by someone else since the version that an edit began from."""

    def __init__(self, thing: str, based_on: int, current: int) -> None:
        super().__init__(
            thing,
            f"was changed meanwhile: the edit began from version {based_on}, the page is at version {current}",
            "Look at the other change, then apply yours again.",
        )
        self.based_on = based_on
        self.current = current


class SettingError(BaozangError):
    """An environment variable whose value can't be used."""
