"""The figures that the parser must not fall below, by group of pages.

``python -m tests.golden.floor`` measures every group and raises what has risen; it never lowers a floor. Values are cut
to three digits.
"""

from __future__ import annotations

import json
import math
import random
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from archive.parsing import parse
from archive.parsing.scoring import means, score
from archive.structure import lines_of
from tests.golden import FLOOR, Golden, goldens
from tests.press import Layout, Pressed, press
from tests.press.from_gold import items_of
from tests.press.values import Gaps, Heading, Picture, Story
from tests.press.variants import headlines_first, renamed, shuffled, without

Figures = dict[str, float]

WIDTHS = (11, 13, 15, 17, 20, 23, 26, 30)
EXACT = Layout(headless=0, run_on=0, resize=0, tracking=0)
HEADLINE_FIRST = Layout(headless=0, resize=0, heading=Heading.BEFORE, leading_space=False)
PLAIN = Layout(headless=0, resize=0, heading=Heading.BEFORE, leading_space=False, gaps=Gaps.PARAGRAPHS)


def measured(page: Pressed | Golden) -> Figures:
    """How close the parser comes to one page."""
    return score(parse(page.dump), lines_of(page.dump), page.gold)


def set_pages() -> list[Golden]:
    """The seeds that were set in columns, whose articles are not interleaved."""
    return [
        page for page in goldens() if page.seed and all(a["paragraph_starts"] for a in page.gold["articles"])
    ]


def in_widths(layout: Layout) -> Iterator[Pressed]:
    """The set seeds' articles in columns of other widths."""
    for number, page in enumerate(set_pages()):
        for width in WIDTHS:
            yield press(
                items_of(page.dump, page.gold),
                replace(layout, width=(width, width)),
                seed=number * 100 + width,
                date=page.gold.get("issue_date") or page.gold["latest_event"],
            )


def other_people(names: Iterable[str]) -> dict[str, str]:
    """For each name another one of the same length, no two alike."""
    surnames = "钱孙郑冯卫蒋沈韩尤许何施孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎"
    given = "澄岚屹峤桐榕沐泽恺恒昀晗煜珂琛瑾皓睿笙筠绮羿芊荻葳蕴辰邈锦霁韬馥骁"
    rest = [(s, g) for s in surnames for g in given]
    rng = random.Random(7)
    rng.shuffle(rest)
    return {
        name: surname + (given_name * 2)[: len(name) - 1]
        for name, (surname, given_name) in zip(sorted(set(names)), rest, strict=False)
        if 2 <= len(name) <= 3
    }


def with_other_people() -> Iterator[Pressed]:
    """The set seeds with every name and most amounts changed."""
    for page in set_pages():
        people = [
            n
            for a in page.gold["articles"]
            for role in ("reporters", "correspondents", "persons")
            for n in a[role]
        ]
        people += [name for photo in page.gold["photos"] for name in photo["photographers"]]
        yield renamed(page.dump, page.gold, other_people(people), random.Random(page.name))


def in_other_order() -> Iterator[Pressed]:
    """The set seeds with their articles shuffled."""
    for page in set_pages():
        for seed in range(4):
            yield shuffled(page.dump, page.gold, random.Random(seed))


def with_one_less() -> Iterator[Pressed]:
    """The set seeds, each without one of its articles."""
    for page in set_pages():
        for number in range(len(page.gold["articles"])):
            yield without(page.dump, page.gold, number)


def with_headlines_first() -> Iterator[Pressed]:
    """The set seeds with every heading above its body."""
    for page in set_pages():
        yield headlines_first(page.dump, page.gold)


_OPENING = re.compile(r"^本报讯（[^）]*）")


def _mixed(change: Callable[[Sequence[Story], random.Random], list[Story]]) -> Iterator[Pressed]:
    """Pages of articles and photos of several set seeds, headlines after and before; ``change`` changes the stories."""
    stock = [
        item
        for page in set_pages()
        for item in items_of(page.dump, page.gold)
        if isinstance(item, (Story, Picture))
    ]
    for number in range(40):
        rng = random.Random(number)
        items = rng.sample(stock, rng.randint(6, 12))
        stories = iter(change([_own_credit(item) for item in items if isinstance(item, Story)], rng))
        yield press(
            [next(stories) if isinstance(item, Story) else item for item in items],
            (EXACT, HEADLINE_FIRST)[number % 2],
            seed=number,
        )


def _own_credit(story: Story) -> Story:
    """The story without those whom only its page's note named."""
    opens = story.byline or _OPENING.match(story.paragraphs[0])
    return story if opens else replace(story, reporters=())


def with_a_headline_less() -> Iterator[Pressed]:
    """Articles of several seeds, one of them without its headings, as where these were a picture."""

    def change(stories: Sequence[Story], rng: random.Random) -> list[Story]:
        opened = [n for n, story in enumerate(stories) if _OPENING.match(story.paragraphs[0])]
        bare = rng.choice(opened) if opened else -1
        return [story.without_headline() if n == bare else story for n, story in enumerate(stories)]

    return _mixed(change)


def without_openings() -> Iterator[Pressed]:
    """Articles of several seeds, half of those that have a headline without their openings."""

    def change(stories: Sequence[Story], rng: random.Random) -> list[Story]:
        headed = [story for story in stories if story.headline]
        return [_unopened(story) if rng.random() < 0.5 else story for story in headed] + [
            story for story in stories if not story.headline
        ]

    return _mixed(change)


def _unopened(story: Story) -> Story:
    first, *others = story.paragraphs
    if not _OPENING.match(first) or any(paragraph.startswith("又讯") for paragraph in others):
        return story  # 又讯 would go on from nothing
    return replace(story, paragraphs=(_OPENING.sub("", first), *others), reporters=(), correspondents=())


GROUPS: dict[str, Callable[[], Iterable[Pressed | Golden]]] = {
    "seeds": lambda: [page for page in goldens() if page.seed],
    "other pages": lambda: [page for page in goldens() if not page.seed],
    "seeds in other widths": lambda: in_widths(EXACT),
    "seeds in other widths, headlines first": lambda: in_widths(HEADLINE_FIRST),
    "seeds in other widths, blank lines between paragraphs only": lambda: in_widths(PLAIN),
    "seeds with other people": with_other_people,
    "seeds in other order": in_other_order,
    "seeds with one article less": with_one_less,
    "seeds with headlines moved up": with_headlines_first,
    "articles of several seeds, one without a headline": with_a_headline_less,
    "articles of several seeds, half without an opening": without_openings,
}


def figures_of(group: str) -> Figures:
    """Each figure's mean over a group of pages. The issue date is left to the pages that were not changed."""
    found = means(measured(page) for page in GROUPS[group]())
    return (
        found if group in ("seeds", "other pages") else {k: v for k, v in found.items() if k != "issue date"}
    )


def raised(old: Mapping[str, float], new: Mapping[str, float]) -> Figures:
    """The floors of a group after a measurement: never lower than they were."""
    return {name: max(old.get(name, 0.0), math.floor(value * 1000) / 1000) for name, value in new.items()}


def main() -> None:
    """Measure all groups and write the raised floors."""
    old = json.loads(FLOOR.read_text(encoding="utf-8")) if FLOOR.exists() else {}
    floors = {}
    for group in GROUPS:
        new = figures_of(group)
        floors[group] = raised(old.get(group, {}), new)
        print(group)
        for name, value in new.items():
            print(f"    {name:30}{value:8.4f}   floor {floors[group][name]:.3f}")
    FLOOR.write_text(json.dumps(floors, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
