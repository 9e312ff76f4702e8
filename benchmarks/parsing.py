"""How fast pages are parsed, and how that grows from one page to ten thousand.

usage: python -m benchmarks.parsing [--pages N …] [--words]

Pages are the seeds, over and over, without people. CPU time of one core; the clock beside it shows what other work on
the machine took. ``--big`` parses one dump of that many megabytes, which must take time in proportion to its size.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path

from archive.parsing import Vocabulary, load_vocabulary, parse

ROOT = Path(__file__).resolve().parent.parent


def main() -> None:
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("--pages", type=int, nargs="+", default=[1, 10, 100, 1000, 10_000])
    cli.add_argument("--words", action="store_true", help="assign sections too")
    cli.add_argument("--big", type=float, nargs="*", default=[], metavar="MB", help="one dump of this size")
    options = cli.parse_args()
    words = load_vocabulary(ROOT / "fixtures" / "sections.json") if options.words else Vocabulary()
    seeds = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "seeds").glob("*.txt"))]
    for text in seeds:
        parse(text, vocabulary=words)
    print(f"{'pages':>8}{'CPU s':>10}{'clock s':>10}{'pages/s':>10}{'ms/page':>10}")
    for count in options.pages:
        cpu, clock = time.process_time(), time.perf_counter()
        for number in range(count):
            parse(seeds[number % len(seeds)], vocabulary=words)
        cpu, clock = time.process_time() - cpu, time.perf_counter() - clock
        print(f"{count:8}{cpu:10.2f}{clock:10.2f}{count / cpu:10.0f}{cpu / count * 1000:10.2f}")
    for size in options.big:
        text = "".join(seeds)
        text *= max(1, round(size * 1e6 / len(text.encode("utf-8"))))
        cpu = time.process_time()
        pages = parse(text, vocabulary=words)
        cpu = time.process_time() - cpu
        print(
            f"one dump of {len(text.encode('utf-8')) / 1e6:.1f} MB, {len(pages)} pages: {cpu:.1f} s of CPU time"
        )


if __name__ == "__main__":
    main()
