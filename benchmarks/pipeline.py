"""How fast pages go all the way: parsed, stored, their people and places recognised, indexed.

usage: python -m benchmarks.pipeline [--pages N]

Pages are the seeds over and over, each with a line of its own, so that none is known already. They go into an archive
in a temporary folder, stage by stage in one process; then once more with the worker beside, as ``manage.py ingest`` and
``make serve`` have it. CPU time is given beside the clock, since other work on the machine stretches only the latter.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def dumps(count: int, folder: Path) -> list[Path]:
    """``count`` dumps of the seeds' size in ``folder``."""
    seeds = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "seeds").glob("*.txt"))]
    folder.mkdir()
    paths = []
    for number in range(count):
        paths.append(folder / f"{number:05}.txt")
        paths[-1].write_text(f"{seeds[number % len(seeds)].rstrip()}\n{number}\n", encoding="utf-8")
    return paths


def spent() -> float:
    """Seconds of CPU that this process and those it waited for have taken."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def measure(name: str, pages: int, work: Callable[[], object]) -> None:
    """Print how many pages a second ``work`` does."""
    clock, cpu = time.perf_counter(), spent()
    work()
    clock, cpu = time.perf_counter() - clock, spent() - cpu
    print(f"{name:38}{pages / clock:8.1f} pages/s{cpu / pages * 1000:8.1f} ms CPU a page", flush=True)


def stage_by_stage(paths: list[Path]) -> None:
    """Each stage for all pages before the next."""
    from archive import changes, store
    from archive.dumps import ReadDump, read_dump
    from archive.ingesting import current_vocabulary
    from archive.names import ArticleText, TextPiece, recognise
    from archive.parsing import PARSER_VERSION
    from archive.structure import Role

    recognise([ArticleText((TextPiece(Role.BODY, "区领导吕沛出席。"),))])  # loads the model
    vocabulary = current_vocabulary()
    read: list[tuple[Path, bytes, ReadDump]] = []

    def parse() -> None:
        for path in paths:
            data = path.read_bytes()
            read.append((path, data, read_dump(data, path.name, {}, vocabulary)))

    def keep() -> None:
        for path, data, dump in read:
            incoming = store.IncomingDump(
                path.name, data, dump.text, encoding=dump.encoding, media_type=dump.media_type
            )
            store.ingest(incoming, dump.structures, PARSER_VERSION)

    measure("parse", len(paths), parse)
    measure("store", len(paths), keep)
    measure("people and places", len(paths), lambda: changes.catch_up("people"))
    measure("index", len(paths), lambda: changes.catch_up("search"))


def beside_the_worker(paths: list[Path]) -> None:
    """``manage.py ingest`` with a worker running, until the worker has dealt with all."""
    manage = [sys.executable, str(ROOT / "manage.py")]
    worker = subprocess.Popen([*manage, "work"], cwd=ROOT)
    try:
        time.sleep(3)  # for the worker to be up, which is no part of what is measured
        command = [*manage, "ingest", "--json", str(paths[0].parent)]
        measure(
            "ingest, a worker beside it (clock)",
            len(paths),
            lambda: subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL),
        )
    finally:
        worker.terminate()
        worker.wait()


def main() -> None:
    """Measure in an archive of its own, which is gone afterwards."""
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("--pages", type=int, default=100)
    count = cli.parse_args().pages
    with tempfile.TemporaryDirectory() as name:
        os.environ["BAOZANG_DATA"] = name
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
        import django
        from django.core.management import call_command

        django.setup()
        call_command("migrate", verbosity=0)
        made = dumps(2 * count, Path(name) / "dumps")
        (Path(name) / "rest").mkdir()
        rest = [path.rename(Path(name) / "rest" / path.name) for path in made[count:]]
        stage_by_stage(made[:count])
        beside_the_worker(rest)


if __name__ == "__main__":
    main()
