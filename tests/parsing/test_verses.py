"""Poems beside articles: their verses are text, and the next article's headline is none of them."""

from __future__ import annotations

import pytest

from archive.parsing import parse

POEM = """井台

{author}

石头的边沿磨圆了
绳子换过多少根
水里还是那一小块天

挑水的人走了
脚印晒干在路上
井台空着，像等人的椅子

村里通水那一年
大家都说它没有用了
只有月亮夜夜来打水

渡口换上新渡船
一趟能坐四十人

本报讯（记者沙一鸣）白石渡口上周
换上一条新渡船，船身宽了一半，一趟能
坐四十个人，也能载下六辆三轮车。
"""


@pytest.mark.parametrize("author", ["□ 步云舟", "步云舟"])
def test_a_poem_is_its_authors_text(author: str) -> None:
    [page] = parse(POEM.format(author=author))
    poem, news = page.articles
    assert poem.headline == "井台"
    assert len(poem.paragraphs) == 9, "each verse stands on a line of its own"
    assert poem.paragraphs[0] == "石头的边沿磨圆了"
    assert poem.paragraphs[-1] == "只有月亮夜夜来打水"
    assert "breaks-off" not in {doubt.code for doubt in poem.doubts}
    assert news.headline == "渡口换上新渡船一趟能坐四十人"


def test_prose_in_a_narrow_column_below_a_name_is_none() -> None:
    """A column's foot parts it from its end, so that it stands there like a stanza."""
    [page] = parse(
        """井台

□ 步云舟

村口的井台用了一百年，石头
的边沿让绳子磨圆了，挑水的人
换过几代，井里的水还是那样凉，
夏天里谁走过都要停下来喝一口
再赶路，孩子们趴在井沿上看自

己的影子，一看就是半天。
"""
    )
    [article] = page.articles
    assert len(article.paragraphs) == 1
