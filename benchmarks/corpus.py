"""Articles to measure with: synthetic ones made from the seeds, or those of ``CORPUS=file.jsonl`` (title, body, date).

However many are asked for, they are made the same way every time: sentences of different articles put together to the
length of a newspaper article, with names of people who exist nowhere else written over the names in them, so that rare
names are rare and common words are as common as in the paper.
"""

from __future__ import annotations

import gzip
import json
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from search.documents import Document, Named

SEEDS = Path(__file__).resolve().parent.parent / "seeds"
#: Characters of an article's text: the mean.
LENGTH = 537
SECTIONS = [
    Named(f"section-{number}", name)
    for number, name in enumerate(
        ["时政党建", "法治信访", "经济产业", "项目招商", "财政金融", "农业农村", "城建交通", "生态环境"]
    )
]
GENRES = ["消息", "通讯", "评论", "公告"]
SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许邓冯韩曹曾彭萧蔡潘田董袁于余叶蒋杜苏魏程吕丁沈任姚卢"
)
GIVEN = (
    "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉萍红沛琳瑶晨曦睿轩昊宇航梓涵雨桐诗淇皓铭煜祺泽楷翊宸"
)
_SENTENCE = re.compile(r"[^。！？\n]*[。！？]")


@dataclass(frozen=True)
class Source:
    """What articles are made of."""

    titles: Sequence[str]
    sentences: Sequence[str]


def source(path: str = "") -> Source:
    """The seeds' sentences, or those of a file of articles, a JSON object a line."""
    if not path:
        text = "\n".join(file.read_text(encoding="utf-8") for file in sorted(SEEDS.glob("*.txt")))
        joined = re.sub(r"(?<=[一-龥，、])\s*\n\s*(?=[一-龥])", "", text)
        titles = [line.strip() for line in text.split("\n") if 8 <= len(line.strip()) <= 24]
        return Source(titles, _sentences(joined))
    opener = gzip.open if path.endswith(".gz") else open
    with opener(path, "rt", encoding="utf-8") as file:
        articles = [json.loads(line) for line in file]
    return Source([a["title"] for a in articles], _sentences("\n".join(a["body"] for a in articles)))


def _sentences(text: str) -> list[str]:
    found = (re.sub(r"\s+", "", sentence) for sentence in _SENTENCE.findall(text))
    return [sentence for sentence in found if 12 <= len(sentence) <= 160]


def name(chance: random.Random) -> str:
    """A made-up person."""
    return chance.choice(SURNAMES) + "".join(chance.choices(GIVEN, k=2))


def articles(count: int, made_of: Source) -> Iterator[Document]:
    """``count`` articles; the first ones are the same whatever the count."""
    chance = random.Random(537)
    for number in range(count):
        people = [name(chance) for _ in range(chance.randint(0, 3))]
        paragraphs: list[str] = []
        length = 0
        wanted = max(120, int(chance.gauss(LENGTH, 160)))
        while length < wanted:
            paragraph = "".join(chance.choices(made_of.sentences, k=3))
            if people and chance.random() < 0.5:
                paragraph = f"{chance.choice(people)}说，" + paragraph
            paragraphs.append(paragraph[: wanted - length + 20])
            length += len(paragraphs[-1])
        day = date(2012, 1, 1) + timedelta(days=chance.randrange(4000))
        yield Document(
            kind="article",
            key=f"a{number}",
            title=f"{chance.choice(made_of.titles)}",
            headlines=(f"{chance.choice(made_of.titles)}",),
            paragraphs=tuple(paragraphs),
            newspaper=Named("jzrb", "焦作日报"),
            issue_date=day.isoformat(),
            sections=tuple(chance.sample(SECTIONS, chance.randint(0, 2))),
            genre=chance.choice(GENRES),
            page_number=chance.randint(1, 8),
            page_name=chance.choice(["要闻", "示范区", "综合", "文体"]),
            position=number % 12,
            persons=tuple(Named(person, person) for person in dict.fromkeys(people)),
            reporters=(name(random.Random(chance.randrange(60))),),
        )
