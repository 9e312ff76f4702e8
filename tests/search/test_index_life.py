"""An index lives through deaths, swaps and readers that never stop."""

import errno
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from search.documents import Document
from search.engines.base import FACETS, Sort
from search.engines.whoosh import WhooshEngine, arrays, commits
from search.engines.whoosh.building import note
from search.engines.whoosh.rows import row_of
from search.engines.whoosh.segments import write_segment
from search.engines.whoosh.writer import Sizes
from search.errors import IndexBroken, IndexBusy, IndexMissing, IndexStale
from search.parsing import parse
from search.query import All, Literal

ROOT = Path(__file__).resolve().parents[2]
SMALL = Sizes(documents=3, steps=(4, 16), together=2, processes=1)


def document(number, text="文"):
    return Document("article", f"k{number}", paragraphs=(f"{text}{number}号",))


def keys(engine, query=None):
    return {hit.key for hit in engine.search(query or All(), limit=10_000).hits}


def test_without_an_index_it_says_so(tmp_path):
    engine = WhooshEngine(tmp_path / "none")
    with pytest.raises(IndexMissing):
        engine.search(All())
    assert not engine.status().exists
    assert not (tmp_path / "none").exists()


def test_a_commit_is_seen_by_a_reader_that_is_open(tmp_path):
    writer, reader = WhooshEngine(tmp_path), WhooshEngine(tmp_path)
    writer.upsert([document(1)])
    assert keys(reader) == {"k1"}
    writer.upsert([document(2), document(1, "改")])
    assert keys(reader) == {"k1", "k2"}
    assert keys(reader, Literal("改")) == {"k1"}
    writer.delete([("article", "k1"), ("photo", "k2"), ("article", "none")])
    assert keys(reader) == {"k2"}
    writer.rebuild([document(3)])
    assert keys(reader) == {"k3"}


def test_small_segments_are_merged(tmp_path):
    engine = WhooshEngine(tmp_path, SMALL)
    for number in range(40):
        engine.upsert([document(number)])
    assert keys(engine) == {f"k{number}" for number in range(40)}
    assert engine.status().segments <= 3 * (SMALL.together + 1)
    assert not engine.verify(map(document, range(40)))


def test_others_may_write_between_merges_and_none_is_of_many_rows(tmp_path, monkeypatch):
    sizes = Sizes(documents=24, steps=(2, 6, 12), together=3, processes=1)
    engine = WhooshEngine(tmp_path, sizes)
    merge, rows, others_may_write = engine._merge, [], []

    def counted(directory, name, written):
        rows.append(len(written))
        write_segment(directory, name, written)

    def watched():
        others_may_write.append(not commits.is_locked(tmp_path, commits.WRITE_LOCK))
        return merge()

    monkeypatch.setattr("search.engines.whoosh.writer.write_segment", counted)
    monkeypatch.setattr(engine, "_merge", watched)
    for start in range(0, 66, 11):
        engine.upsert([document(number) for number in range(start, start + 11)])
    assert len(keys(engine)) == 66
    assert sizes.steps[-1] < max(rows) <= sizes.documents
    assert all(others_may_write)


def test_verify_tells_what_differs(tmp_path):
    engine = WhooshEngine(tmp_path)
    engine.upsert([document(1), document(2), document(3)])
    difference = engine.verify([document(2, "改"), document(3), document(4)])
    assert difference.missing == (("article", "k4"),)
    assert difference.surplus == (("article", "k1"),)
    assert difference.differing == (("article", "k2"),)
    assert not difference.damage
    texts = next(tmp_path.glob("index-*/*.txt"))
    texts.write_bytes(texts.read_bytes().replace("文".encode(), "坏".encode()))
    assert engine.verify([]).damage == (texts.name,)


def test_an_index_that_can_t_be_opened_is_never_made_anew(tmp_path):
    engine = WhooshEngine(tmp_path)
    engine.upsert([document(1)])
    dat = next(tmp_path.glob("index-*/*.dat"))
    kept = dat.read_bytes()
    dat.unlink()
    fresh = WhooshEngine(tmp_path)
    with pytest.raises(IndexBroken):
        fresh.search(All())
    with pytest.raises(IndexBroken, match="No such file"):
        fresh.upsert([document(1)])
    dat.write_bytes(kept)
    assert keys(fresh) == {"k1"}


@pytest.mark.parametrize(
    ("number", "remedy"),
    [
        (errno.EACCES, "right to write"),
        (errno.EROFS, "right to write"),
        (errno.ENOSPC, "Free some space"),
        (errno.EIO, "index verify"),
    ],
)
@pytest.mark.parametrize("call", ["open", "fsync"])
def test_an_index_that_can_t_be_written_says_what_to_do(tmp_path, monkeypatch, call, number, remedy):
    engine = WhooshEngine(tmp_path / "index")
    engine.upsert([document(0)])

    def refuse(*_arguments):
        raise OSError(number, os.strerror(number), str(tmp_path / "index"))

    with monkeypatch.context() as patched:
        patched.setattr(commits.os, call, refuse)
        with pytest.raises(IndexBroken, match=remedy) as raised:
            engine.upsert([document(1)])
    assert raised.value.thing == str(tmp_path / "index")
    engine.upsert([document(2)])
    assert {"k0", "k2"} <= keys(engine)


def test_another_format_is_not_read(tmp_path):
    engine = WhooshEngine(tmp_path)
    engine.upsert([document(1)])
    state = next(tmp_path.glob("index-*/state.json"))
    state.write_text(json.dumps({"format": 1, "of": "other times"}))
    with pytest.raises(IndexStale):
        WhooshEngine(tmp_path).search(All())
    WhooshEngine(tmp_path).rebuild([document(2)])
    assert keys(engine) == {"k2"}


def test_another_layout_of_the_same_format_is_not_read(tmp_path):
    engine = WhooshEngine(tmp_path)
    engine.upsert([document(1)])
    dat = next(tmp_path.glob("index-*/*.dat"))
    mapped, meta = arrays.load(dat)
    columns = {name: column.copy() for name, column in mapped.items()}
    for lacking in ("position", "spelling_kind", "place_starts"):
        kept = {name: column for name, column in columns.items() if name != lacking}
        dat.unlink()  # what is mapped may not shrink
        arrays.save(dat, kept, meta)
        with pytest.raises(IndexStale):
            WhooshEngine(tmp_path).search(All())
        with pytest.raises(IndexStale):
            WhooshEngine(tmp_path).upsert([document(1)])
    dat.unlink()
    arrays.save(dat, columns | {"position": columns["position"].astype("i8")}, meta)
    assert "another version" in WhooshEngine(tmp_path).status().stale
    WhooshEngine(tmp_path).rebuild([document(2)])
    assert keys(engine) == {"k2"}


@pytest.mark.parametrize("suffix", [".toc", ".trm", ".pst", ".txt", ".dat"])
@given(places=st.lists(st.tuples(st.floats(0, 1), st.integers(0, 255)), max_size=8), cut=st.floats(0.5, 1.5))
@example(places=[(0.40625, 128)], cut=1.0)  # a key that is no text any more
@settings(max_examples=12)
def test_a_damaged_file_raises_nothing_but_errors_of_ours(damageable, suffix, places, cut):
    root, copy = damageable
    sound = next(copy.glob(f"*{suffix}"))
    path = next(root.glob(f"index-*/{sound.name}"))
    data = bytearray(sound.read_bytes())
    for place, value in places:
        data[int(place * (len(data) - 1))] = value
    path.unlink()  # what is mapped may not shrink
    path.write_bytes(data[: int(len(data) * cut)])
    engine = WhooshEngine(root)
    told = []
    try:
        for query in ("工厂", "蒙牛 建设", "第7号"):
            engine.search(parse(query).query, sort=Sort.NEWEST, facets=FACETS)
        engine.suggest("工")
        engine.spellings("蒙牛集")
        engine.similar(("article", "k2"))
        engine.verify([])
    except (IndexBroken, IndexStale) as error:
        told.append(str(error))
    finally:
        path.unlink()
        shutil.copyfile(sound, path)
    assert all(str(root) in words for words in told)


@pytest.fixture(scope="module")
def damageable(tmp_path_factory):
    root = tmp_path_factory.mktemp("damaged")
    engine = WhooshEngine(root)
    engine.upsert(document(number, "蒙牛集团建设工厂，第" if number % 3 else "第") for number in range(300))
    engine.delete([("article", "k1")])
    copy = tmp_path_factory.mktemp("sound")
    shutil.copytree(engine._snapshots.newest().directory, copy, dirs_exist_ok=True)
    return root, copy


def test_a_fault_of_ours_is_not_laid_to_the_index(tmp_path, monkeypatch):
    engine = WhooshEngine(tmp_path)
    engine.upsert([document(1)])
    monkeypatch.setattr("search.engines.whoosh.engine.ordered", lambda *_: None)
    with pytest.raises(AttributeError):
        engine.search(All())


def test_another_dictionary_makes_it_stale_but_it_serves(tmp_path, monkeypatch):
    engine = WhooshEngine(tmp_path)
    engine.upsert([document(1)])
    assert not engine.status().stale
    monkeypatch.setattr(commits, "stamp", lambda: "another")
    engine.upsert([document(2)])
    assert engine.status().stale
    assert keys(engine) == {"k1", "k2"}
    engine.rebuild([document(1), document(2)])
    assert not engine.status().stale


def test_one_writes_at_a_time(tmp_path, monkeypatch):
    engine = WhooshEngine(tmp_path)
    engine.upsert([document(1)])
    monkeypatch.setattr("search.engines.whoosh.engine.PATIENCE", 0.05)
    with commits.locked(tmp_path, commits.WRITE_LOCK, patience=0), pytest.raises(IndexBusy):
        engine.upsert([document(2)])
    with commits.locked(tmp_path, commits.BUILD_LOCK, patience=0), pytest.raises(IndexBusy):
        engine.rebuild([])
    engine.upsert([document(2)])
    assert keys(engine) == {"k1", "k2"}


def test_changes_during_a_build_are_in_the_new_index(tmp_path):
    engine, other = WhooshEngine(tmp_path, SMALL), WhooshEngine(tmp_path, SMALL)
    engine.upsert(map(document, range(10)))

    def documents():
        for number in range(10):
            if number == 5:  # these were read already, or are read as they were
                other.upsert([document(1, "改"), document(11), document(7, "改")])
                other.delete([("article", "k2"), ("article", "k8")])
            yield document(number)

    engine.rebuild(documents())
    assert keys(other) == {f"k{number}" for number in (0, 1, 3, 4, 5, 6, 7, 9, 11)}
    assert keys(other, Literal("改")) == {"k1", "k7"}


def test_a_build_that_was_broken_off_goes_on(tmp_path, monkeypatch):
    engine = WhooshEngine(tmp_path, SMALL)
    engine.upsert([document(99)])

    def broken():
        yield from map(document, range(9))
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        engine.rebuild(broken())
    assert keys(engine) == {"k99"}
    written = []
    write = WhooshEngine.rebuild.__globals__["building"].row_of
    monkeypatch.setattr(
        "search.engines.whoosh.building.row_of", lambda one: written.append(one.key) or write(one)
    )
    engine.rebuild([document(0, "改"), *map(document, range(1, 12)), document(3)])
    assert keys(engine) == {f"k{number}" for number in range(12)}
    assert keys(engine, Literal("改")) == {"k0"}
    assert set(written) < {f"k{number}" for number in range(12)}
    assert len(list(tmp_path.glob("index-*"))) == 1


def test_building_in_processes(tmp_path):
    engine = WhooshEngine(tmp_path, Sizes(documents=30, processes=2, worth_processes=10))
    engine.rebuild([*map(document, range(100)), document(5, "改")])
    assert keys(engine) == {f"k{number}" for number in range(100)}
    assert keys(engine, Literal("改")) == {"k5"}


def test_readers_never_fail_while_commits_and_swaps_go_on(tmp_path):
    WhooshEngine(tmp_path).upsert(map(document, range(5)))
    stop, problems, seen = threading.Event(), [], []

    def read():
        engine = WhooshEngine(tmp_path)
        while not stop.is_set():
            try:
                seen.append(len(keys(engine)))
            except Exception as problem:  # noqa: BLE001 - whatever it is, it is what the test looks for
                problems.append(problem)
                return

    threads = [threading.Thread(target=read) for _ in range(3)]
    for thread in threads:
        thread.start()
    engine = WhooshEngine(tmp_path, SMALL)
    for number in range(25):
        engine.upsert([document(number % 5, "改")])
        if number % 5 == 0:
            engine.rebuild(map(document, range(5)))
    stop.set()
    for thread in threads:
        thread.join()
    assert problems == []
    assert set(seen) == {5}


WRITER = """
import sys
from pathlib import Path
from search.documents import Document
from search.engines.whoosh import WhooshEngine
from search.engines.whoosh.writer import Sizes
engine = WhooshEngine(Path(sys.argv[1]), Sizes(documents=3, steps=(4, 16), together=2, processes=1))
print("ready", flush=True)
for turn in range(int(sys.argv[2]), 10_000):
    documents = [Document("article", f"k{n}", paragraphs=(f"第{turn}次",)) for n in range(5)]
    if turn % 4 == 3:
        engine.rebuild(documents)
    else:
        engine.upsert(documents)
    print(turn, flush=True)
"""


def test_killed_at_any_moment_it_has_the_last_state_or_the_next(tmp_path):
    """Each round is killed a random number of milliseconds into its work; a hundred rounds in the nightly run."""
    chance = random.Random(1)
    done = 0
    for _ in range(int(os.environ.get("KILLS", "8"))):
        environment = os.environ | {"PYTHONPATH": str(ROOT)}
        process = subprocess.Popen(
            [sys.executable, "-c", WRITER, str(tmp_path), str(done)],
            stdout=subprocess.PIPE,
            text=True,
            env=environment,
        )
        assert process.stdout.readline() == "ready\n"
        deadline = time.monotonic() + chance.uniform(0.005, 0.4)
        threading.Timer(deadline - time.monotonic(), process.send_signal, [signal.SIGKILL]).start()
        reported = [int(line) for line in process.stdout]
        process.wait()
        done = reported[-1] + 1 if reported else done
        engine = WhooshEngine(tmp_path)
        if not engine.status().exists:
            assert done == 0
            continue
        found = [engine.search(Literal(f"第{turn}次"), sort=Sort.NEWEST).total for turn in (done - 1, done)]
        nothing_yet = done == 0 and found == [0, 0]
        assert found in ([5, 0], [0, 5]) or nothing_yet
        assert engine.search(All()).total == (0 if nothing_yet else 5)
    engine.rebuild([document(1)])
    assert keys(engine) == {"k1"}
    assert len(list(tmp_path.glob("index-*"))) == 1


def test_a_journal_entry_that_was_cut_short_hides_none_behind_it(tmp_path):
    engine = WhooshEngine(tmp_path, SMALL)
    engine.upsert([document(1)])

    def documents():
        with pytest.raises(IndexBusy), commits.locked(tmp_path, commits.BUILD_LOCK, patience=0):
            pass
        note(tmp_path, [("article", "k1")], [row_of(document(2))])
        journal = next(tmp_path.glob("index-*/journal"))
        whole = journal.read_bytes()
        with journal.open("ab") as file:
            file.write(whole[:-20])  # an entry whose writer was killed
        note(tmp_path, [], [row_of(document(3))])  # the change reported again, and those after it
        yield document(1)

    engine.rebuild(documents())
    assert keys(engine) == {"k2", "k3"}
