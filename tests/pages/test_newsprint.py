"""A page set again: its columns are of a height to read, and a further item (又讯) is set off."""

from __future__ import annotations

import pytest
from django.test import Client

from archive.models import Article
from archive.newsprint import BAND, Cell, Setting
from tests import factories
from tests.factories import Story


@pytest.mark.parametrize("sizes", [[], [10], [BAND * 3], [300] * 40, [BAND * 2, 50, 50, BAND, 10], [0] * 50])
def test_bands_hold_every_cell_in_order_and_are_not_too_high(sizes: list[int]) -> None:
    cells = tuple(Cell(Article(body="字" * size), None) for size in sizes)
    bands = Setting(cells, (), ()).bands
    assert [cell for band in bands for cell in band] == list(cells)
    assert all(bands)
    for band in bands:
        assert len(band) == 1 or sum(cell.size for cell in band) <= BAND + band[-1].size // 2


@pytest.mark.django_db
def test_a_further_item_is_set_off_in_the_newsprint(reader: Client) -> None:
    told = ("本报讯第一件事。", "又讯第二件事。", "这是它的后续。")
    page = factories.page([Story(paragraphs=told, opens_item=(1,))])
    text = reader.get(page.get_absolute_url()).content.decode()
    assert text.count('role="separator"') == 1
    assert text.index("第一件事") < text.index('role="separator"') < text.index("第二件事")
