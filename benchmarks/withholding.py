"""How well withheld text is known again in other files, and what asking costs.

usage: python -m benchmarks.withholding [--texts FILE]

Each text is withheld in turn. It has to be found again misread by OCR, cut in two, merged with another text, as a
stretch of 60 characters within another, as a single line; all other texts have to be let through. Texts are the seeds'
articles, or the lines of FILE, each one text with its paragraphs a tab apart. The cost is the CPU time of comparing a
page with 1,000 withheld texts that were made of the same sentences, misread.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Iterator
from pathlib import Path

from archive.parsing import parse
from archive.withholding import Folded, is_like, nearby, text_of

SEEDS = Path(__file__).resolve().parent.parent / "seeds"
NOISE = (0.0, 0.01, 0.03, 0.05)
#: Texts shorter than this say nothing about shares.
SHORTEST = 60
MOST_SECRETS, SECRETS_ASKED = 100, 1_000
STRETCH, LINE = 60, 20
#: Articles of a page.
PIECES = 8


def texts(path: Path | None) -> list[str]:
    """The texts, each once."""
    if path is not None:
        found = [line.replace("\t", "\n") for line in path.read_text(encoding="utf-8").splitlines()]
    else:
        found = [
            text_of(article)
            for seed in sorted(SEEDS.glob("*.txt"))
            for page in parse(seed.read_text(encoding="utf-8"))
            for article in page.articles
        ]
    return [text for text in dict.fromkeys(found) if len(Folded(text).letters) >= SHORTEST]


def misread(text: str, share: float, chance: random.Random) -> str:
    """The text with a share of its characters taken for others of it, dropped or doubled."""
    out = []
    for each in text:
        if chance.random() >= share:
            out.append(each)
        else:
            out.append(chance.choice([chance.choice(text), chance.choice(text), "", each * 2]))
    return "".join(out)


def copies(text: str, other: str, noise: float, chance: random.Random) -> Iterator[tuple[str, str]]:
    """What may become of a text in another file, each with its name."""
    yield "whole", misread(text, noise, chance)
    cut = chance.randrange(len(text) // 4, 3 * len(text) // 4)
    yield "cut in two", misread(text[:cut], noise, chance)
    yield "cut in two", misread(text[cut:], noise, chance)
    yield "merged with another", misread(text + other, noise, chance)
    at = chance.randrange(max(1, len(text) - STRETCH))
    half = len(other) // 2
    stretch = text[at : at + STRETCH]
    yield "60 characters in another", misread(other[:half] + stretch + other[half:], noise, chance)
    yield "a line of 20", misread(text[at : at + LINE], noise, chance)


def mixed(every: list[str], chance: random.Random) -> str:
    """A text of its own made of the sentences of all, save for offices and turns that come again and again."""
    text = "".join(chance.choice(every).split("。")[-1 - chance.randrange(2)][:STRETCH] for _ in range(12))
    return misread(text, 0.2, chance)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--texts", type=Path)
    every = texts(arguments.parse_args().texts)
    chance = random.Random(1)
    folded = [Folded(text) for text in every]
    chosen = chance.sample(range(len(every)), min(MOST_SECRETS, len(every)))
    print(f"{len(chosen)} withheld texts of {len(every)}")
    for noise in NOISE:
        found: dict[str, list[bool]] = {}
        for number in chosen:
            other = every[chance.randrange(len(every))]
            for name, copy in copies(every[number], other, noise, chance):
                found.setdefault(name, []).append(is_like(folded[number], Folded(copy)))
        recalls = "   ".join(f"{name} {sum(hits) / len(hits):.1%}" for name, hits in found.items())
        print(f"misread {noise:.0%}:   {recalls}")
    pairs = [(a, b) for a in chosen for b in range(len(every)) if a != b]
    wrong = [(a, b) for a, b in pairs if is_like(folded[a], folded[b])]
    print(
        f"other texts: {len(wrong)} of {len(pairs)} pairs alike, of {len({a for a, _ in wrong})} withheld texts"
    )
    secrets = [Folded(mixed(every, chance)) for _ in range(SECRETS_ASKED)]
    page = [Folded(text) for text in every[:PIECES]]
    for when in ("the first time", "again"):
        begun = time.process_time()
        near = nearby(secrets, page)
        like = [pair for pair in near if is_like(secrets[pair[0]], page[pair[1]])]
        spent = (time.process_time() - begun) * 1000
        print(f"a page beside {SECRETS_ASKED} withheld texts, {when}: {spent:.0f} ms")
        print(f"    {len(near)} pairs compared, {len(like)} alike")
        secrets = [Folded(secret.text) for secret in secrets]  # as read from the database anew


if __name__ == "__main__":
    main()
