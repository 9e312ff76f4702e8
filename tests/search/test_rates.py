"""Searches are counted for the whole machine: what one web worker counts, the others know."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from search import rates


@pytest.fixture
def count(tmp_path):
    def count(address, searches=1, minute=29_000_000):
        return rates._count(tmp_path / "searches", minute, address, searches)

    return count


def test_an_address_has_a_number_of_its_own_in_each_minute(count):
    assert [count("a"), count("a", 3), count("b"), count("a")] == [1, 4, 1, 5]
    assert count("a", minute=29_000_001) == 1


def test_none_is_lost_when_many_count_at_once(count):
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda number: count(f"address {number % 2}"), range(400)))
    assert (count("address 0", 0), count("address 1", 0)) == (200, 200)


def test_addresses_of_one_place_stand_beside_each_other_while_there_is_room(count, monkeypatch, tmp_path):
    monkeypatch.setattr(rates, "SLOTS", 4)
    monkeypatch.setattr(rates, "TRIES", 4)
    addresses = "abcd"
    assert [count(address) for address in addresses * 2] == [1] * 4 + [2] * 4
    assert count("one more") == 1  # in the place of another, which begins anew
    assert (tmp_path / "searches").stat().st_size <= 4 * rates._SLOT.size
    assert [count(address, minute=29_000_001) for address in addresses] == [1] * 4


def test_no_address_is_kept(count, tmp_path):
    count("198.51.100.7")
    assert b"198.51" not in (tmp_path / "searches").read_bytes()


def test_where_nothing_can_be_written_everybody_may_search(rf, settings, tmp_path):
    settings.SEARCH_RATE = 1
    settings.DATA_DIR = tmp_path / "gone"
    assert not any(rates.too_many(rf.get("/search/")) for _ in range(3))
