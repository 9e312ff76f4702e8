"""SIGKILL at many random moments, for hand use: ``python -m tests.ops.kill_many 200 --under-make``.

Each round starts from nothing or from where the last one was killed, kills after a random while, and now and then lets
one start through and compares the archive with one made in a single go. Exits 1 at the first difference.
"""

from __future__ import annotations

import argparse
import contextlib
import random
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.ops.site import Site, eventually


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("rounds", type=int, nargs="?", default=50)
    parser.add_argument("--longest", type=float, default=8.0, help="seconds until the latest kill")
    parser.add_argument("--seed", type=int, default=None)
    parser.add_argument("--under-make", action="store_true", help="kill make instead of what it runs")
    options = parser.parse_args()
    seed = random.randrange(10**9) if options.seed is None else options.seed
    print(f"seed {seed}")
    rng = random.Random(seed)
    with tempfile.TemporaryDirectory(prefix="baozang-kills-") as folder:
        return _rounds(options, rng, Path(folder))


def _rounds(options: argparse.Namespace, rng: random.Random, folder: Path) -> int:
    whole = Site(folder / "whole", under_make=options.under_make)
    whole.start()
    whole.end()
    expected = whole.rows()
    site = Site(folder / "killed", under_make=options.under_make)
    for number in range(1, options.rounds + 1):
        moment = rng.uniform(0.1, options.longest)
        site.launch()
        with contextlib.suppress(subprocess.TimeoutExpired):
            site.process.wait(moment)
            print(f"round {number}: it ended by itself:\n{site.process.stdout.read()}")
            return 1
        site.end(signal.SIGKILL)
        print(f"round {number}: killed after {moment:.2f} s", flush=True)
        if rng.random() < 0.2 or number == options.rounds:
            site.start()
            eventually(lambda: not site.is_behind())
            site.end()
            if not site.is_sound() or site.rows() != expected:
                print(f"round {number}: the archive differs from one made in a single go")
                return 1
            print(f"round {number}: whole")
            if rng.random() < 0.5:
                shutil.rmtree(site.data)
    return 0


if __name__ == "__main__":
    sys.exit(main())
