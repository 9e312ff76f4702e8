"""The default engine: Whoosh's files, read with numpy. This module joins the others to the contract."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from search.documents import Document, Kind
from search.engines.base import (
    UNFILTERED,
    Difference,
    Filters,
    Hit,
    Identity,
    Progress,
    Results,
    Sort,
    Status,
    Suggestion,
)
from search.engines.whoosh import building, commits, completions
from search.engines.whoosh.damage import UNREADABLE
from search.engines.whoosh.matching import Matcher
from search.engines.whoosh.ranking import ordered
from search.engines.whoosh.rows import Row, digest, row_of
from search.engines.whoosh.schema import REBUILD
from search.engines.whoosh.similar import similar
from search.engines.whoosh.snapshot import Snapshot, Snapshots
from search.engines.whoosh.values import Selected
from search.engines.whoosh.writer import SIZES, Sizes, Writer, batches
from search.errors import IndexBroken, IndexBusy, IndexMissing, SearchError
from search.query import Query

#: How long a change waits for another process that is writing.
PATIENCE: Final = 30.0


class WhooshEngine:
    """See ``search.engines.base.Engine``. Safe to share between threads; any number of processes may read."""

    name = "whoosh"

    def __init__(self, root: Path, sizes: Sizes = SIZES) -> None:
        self.root = root
        self.sizes = sizes
        self._snapshots = Snapshots(root)

    # --- changing -------------------------------------------------------------------------------------------------

    def upsert(self, documents: Iterable[Document]) -> None:
        self._change((), batches(map(row_of, documents), self.sizes))

    def delete(self, identities: Iterable[Identity]) -> None:
        self._change(list(identities), ())

    def _change(self, gone: Collection[Identity], portions: Iterable[Collection[Row]]) -> None:
        """Make a change in one commit, however many segments it takes. It is seen before the tidying, and others may
        write between one merge and the next."""
        with self._writing() as writer:
            writer.delete(gone)
            building.note(self.root, gone, ())
            for rows in portions:
                writer.add(rows)
                building.note(self.root, (), rows)
            writer.commit()
        while self._merge():
            pass

    def _merge(self) -> bool:
        """Merge one group of segments; whether there was any. What another process is writing now, it will tidy."""
        try:
            with self._writing() as writer:
                merged = writer.merge(self.sizes)
                writer.commit()
        except IndexBusy:
            return False
        return merged

    @contextmanager
    def _writing(self) -> Iterator[Writer]:
        with (
            commits.told_plainly(self.root),
            commits.locked(self.root, commits.WRITE_LOCK, patience=PATIENCE),
        ):
            yield Writer(self._directory())

    def _directory(self) -> Path:
        """The directory that serves; a first one where there never was any."""
        try:
            return commits.read_current(self.root)
        except IndexMissing:
            directory = commits.create(self.root)
            commits.replace(self.root / commits.CURRENT, directory.name.encode())
            return directory

    def rebuild(self, documents: Iterable[Document], progress: Progress | None = None) -> None:
        with commits.told_plainly(self.root):
            building.build(self.root, documents, progress, self.sizes)

    # --- searching ------------------------------------------------------------------------------------------------

    def search(
        self,
        query: Query,
        filters: Filters = UNFILTERED,
        sort: Sort = Sort.RELEVANCE,
        *,
        offset: int = 0,
        limit: int = 20,
        facets: Sequence[str] = (),
        facet_limit: int = 20,
    ) -> Results:
        with self._reading() as snapshot:
            matcher = Matcher(snapshot)
            ids = matcher.filtered(matcher.documents(query), filters)
            selected = Selected(ids, snapshot.size)
            shown = ordered(matcher, query, ids, sort, max(0, offset), limit).tolist()
            return Results(
                hits=tuple(Hit(*snapshot.identity(document)) for document in shown),
                total=len(ids),
                facets={name: snapshot.facet(name).facet(selected, facet_limit) for name in facets},
                relaxed=tuple(matcher.relaxed),
                generation=snapshot.generation,
            )

    def suggest(self, prefix: str, limit: int = 10) -> tuple[Suggestion, ...]:
        with self._reading() as snapshot:
            return completions.suggest(snapshot, prefix, limit)

    def spellings(self, text: str, limit: int = 5) -> tuple[str, ...]:
        with self._reading() as snapshot:
            return completions.other_spellings(snapshot, text, limit)

    def similar(self, identity: Identity, limit: int = 5) -> tuple[Hit, ...]:
        with self._reading() as snapshot:
            document = snapshot.find(identity)
            if document is None:
                return ()
            return tuple(Hit(*snapshot.identity(other)) for other in similar(snapshot, document, limit))

    @contextmanager
    def _reading(self) -> Iterator[Snapshot]:
        """The newest state. An error in reading it is IndexBroken when a file is damaged; with sound files it is a
        fault of this program, and stays what it is."""
        snapshot = self._snapshots.newest()
        try:
            yield snapshot
        except UNREADABLE as error:
            damage = snapshot.damage()
            if not damage:
                raise
            raise IndexBroken(str(snapshot.directory), f"damaged: {', '.join(damage)}", REBUILD) from error

    # --- looking after it -----------------------------------------------------------------------------------------

    def verify(self, documents: Iterable[Document]) -> Difference:
        with self._reading() as snapshot:
            there = snapshot.digests()
        missing: list[tuple[Kind, str]] = []
        differing: list[tuple[Kind, str]] = []
        for document in documents:
            known = there.pop(document.identity, None)
            if known is None:
                missing.append(document.identity)
            elif known != digest(document):
                differing.append(document.identity)
        return Difference(tuple(missing), tuple(there), tuple(differing), snapshot.damage())

    def status(self) -> Status:
        try:
            snapshot = self._snapshots.newest()
        except SearchError as error:
            exists = not isinstance(error, IndexMissing)
            return Status(self.name, exists=exists, stale=str(error), details=self._building())
        state = snapshot.state
        return Status(
            engine=self.name,
            exists=True,
            documents=state.documents,
            generation=snapshot.generation,
            segments=len(snapshot.segments),
            bytes=sum(path.stat().st_size for path in snapshot.directory.iterdir()),
            stale="made with another folding or dictionary" if state.is_stale else "",
            details={
                "directory": str(snapshot.directory),
                "written": state.written,
                "format": state.format,
                "stamp": state.stamp,
                "deleted": snapshot.size - snapshot.count,
                **self._building(),
            },
        )

    def _building(self) -> dict[str, str]:
        """What is being built aside."""
        if not commits.is_locked(self.root, commits.BUILD_LOCK):
            return {}
        try:
            return {"building": (self.root / building.BUILDING).read_text().strip()}
        except FileNotFoundError:
            return {}
