"""The model runs without gathering anything about this machine."""

from __future__ import annotations

import os
import subprocess
import sys

from tests.conftest import ROOT

ASK = """
from archive.names.tagger import load, simplified
simplified()
load()
"""


def test_the_model_leaves_no_trace_in_the_home_folder(tmp_path):
    environment = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("XDG_", "ORT_", "TMP", "TEMP"))
    }
    done = subprocess.run(
        [sys.executable, "-c", ASK],
        cwd=ROOT, env=environment | {"HOME": str(tmp_path)}, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stderr == ""
    assert list(tmp_path.rglob("*")) == []
