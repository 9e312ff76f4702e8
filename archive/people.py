"""Person rows: whose name a mention is, and how it is read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from archive import changes
from archive.models import Change, Person, SurnameReading
from archive.names import reading
from archive.names.identity import Identities


class People:
    """Finds or makes the Person of a name, for one page's mentions; staff's decisions come first."""

    def __init__(self, identities: Identities, surnames: Mapping[str, str]) -> None:
        self._rows: dict[str, Person] = {}
        self._identities = identities
        self._surnames = surnames

    def slug_of(self, name: str, key: str, occurrence: int) -> str:
        """The slug of the person whom ``name`` means at its ``occurrence`` (from 0) in the piece ``key``."""
        return self._identities.slug_of(name, key, occurrence)

    def make_ready(self, wanted: Iterable[tuple[str, str]]) -> None:
        """Find or make at once the people of these (slug, name), which costs less than one by one."""
        names = {slug: name for slug, name in sorted(wanted) if slug not in self._rows}
        for person in Person.objects.filter(slug__in=names):
            self._rows[person.slug] = person
        new = [self._made(slug, name) for slug, name in names.items() if slug not in self._rows]
        self._rows |= {person.slug: person for person in Person.objects.bulk_create(new)}

    def row(self, slug: str, name: str) -> Person:
        """The Person of ``slug``, made with ``name`` if there is none; other names it bears become aliases."""
        if slug not in self._rows:
            self.make_ready([(slug, name)])
        person = self._rows[slug]
        if name != person.name and name not in person.aliases:
            person.aliases = [*person.aliases, name]
            person.save(update_fields=["aliases"])
        return person

    def _made(self, slug: str, name: str) -> Person:
        read = reading(name, self._surnames)
        return Person(
            slug=slug,
            name=name,
            reading=read.pinyin,
            initials=read.initials[:20],
            search_forms=" ".join(read.forms)[:300],
        )


def surname_readings() -> dict[str, str]:
    """How surnames are read, by the table that staff edit."""
    return dict(SurnameReading.objects.values_list("surname", "reading"))


def reread(people: Sequence[Person]) -> int:
    """Read names anew after the surname table changed; how many readings differ now. Staff's own stay."""
    surnames = surname_readings()
    changed = []
    for person in people:
        read = reading(person.name, surnames)
        if person.reading_by_staff or person.reading == read.pinyin:
            continue
        person.reading, person.initials = read.pinyin, read.initials[:20]
        person.search_forms = " ".join(read.forms)[:300]
        person.save(update_fields=["reading", "initials", "search_forms"])
        changed.append((Change.What.PERSON, person.slug))  # so that search suggests them as they are read now
    changes.append(changed)
    return len(changed)
