"""How fast pages are parsed, and how that grows from one page to ten thousand.

usage: python -m benchmarks.parsing [--pages N …] [--words] [--repeated] [--big MB …]

Pages are made of the seeds, each with other characters, so that nothing remembered from one page helps with the next:
what no rule of the parser names is put in another's place, and figures are drawn anew. Without people, without sections
(``--words`` assigns them). ``--repeated`` takes the seeds themselves, over and over. CPU time of one core; making the
pages is not counted. ``--big`` parses one dump of that many megabytes, which must take time in proportion to its size.
"""

from __future__ import annotations

import argparse
import random
import re
import time
from collections.abc import Sequence
from pathlib import Path

from archive.batches import many_pages
from archive.parsing import Vocabulary, load_vocabulary, parse

ROOT = Path(__file__).resolve().parent.parent
HAN = re.compile(r"[\u4e00-\u9fff]")
_FIGURE = re.compile(r"[1-9]")


def named() -> frozenset[str]:
    """The Han characters that the parser's own text names, in its rules or beside them."""
    sources = (path.read_text(encoding="utf-8") for path in (ROOT / "archive" / "parsing").glob("*.py"))
    return frozenset(character for source in sources for character in HAN.findall(source))


def another(page: str, number: int, kept: frozenset[str]) -> str:
    """The page with other characters, the same ones for the same number."""
    chance = random.Random(number)
    characters = sorted(set(HAN.findall(page)) - kept)
    others = chance.sample(characters, len(characters))
    page = page.translate({ord(one): other for one, other in zip(characters, others, strict=True)})
    return _FIGURE.sub(lambda _: str(chance.randint(1, 9)), page)


def measured(pages: Sequence[str], words: Vocabulary) -> float:
    """The seconds of CPU time that parsing takes, with the collector set as ``manage.py ingest`` sets it."""
    with many_pages():
        start = time.process_time()
        for page in pages:
            parse(page, vocabulary=words)
        return time.process_time() - start


def main() -> None:
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("--pages", type=int, nargs="+", default=[1, 10, 100, 1000, 10_000])
    cli.add_argument("--words", action="store_true", help="assign sections too")
    cli.add_argument("--repeated", action="store_true", help="the seeds as they are, over and over")
    cli.add_argument("--big", type=float, nargs="*", default=[], metavar="MB", help="one dump of this size")
    options = cli.parse_args()
    words = load_vocabulary(ROOT / "fixtures" / "sections.json") if options.words else Vocabulary()
    seeds = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "seeds").glob("*.txt"))]
    kept = named()
    measured(seeds, words)  # what is done only once is done
    print(f"{'pages':>8}{'lines':>10}{'CPU s':>10}{'pages/s':>10}{'ms/page':>10}")
    made = 0
    for count in options.pages:
        seconds, lines = 0.0, 0
        for start in range(0, count, len(seeds)):
            batch = seeds[: count - start]
            if not options.repeated:
                batch = [another(seed, made + place, kept) for place, seed in enumerate(batch)]
            made += len(batch)
            seconds += measured(batch, words)
            lines += sum(bool(line.strip()) for page in batch for line in page.split("\n"))
        print(f"{count:8}{lines:10}{seconds:10.2f}{count / seconds:10.0f}{seconds / count * 1000:10.2f}")
    for size in options.big:
        text = "".join(seeds)
        text *= max(1, round(size * 1e6 / len(text.encode("utf-8"))))
        begun = time.process_time()
        pages = parse(text, vocabulary=words)
        seconds = time.process_time() - begun
        megabytes = len(text.encode("utf-8")) / 1e6
        print(f"one dump of {megabytes:.1f} MB, {len(pages)} pages: {seconds:.1f} s of CPU time")


if __name__ == "__main__":
    main()
