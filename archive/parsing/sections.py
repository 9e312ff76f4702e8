"""What an article is about (主题), how it is told (体裁), with the words that decided."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from archive.parsing.vocabulary import Vocabulary

#: A word in the headline says this many times more than one in the text.
_HEADLINE_WEIGHT = 4.0
#: Characters of the text that are read, and how often one word counts.
_READ, _CAP = 600, 3
#: A further section needs this share of the first one's score; the first needs this much at all.
_FURTHER_SHARE, _LEAST = 0.55, 3.0
_MOST = 3


class Assigned(NamedTuple):
    """Section slugs, the first is the article's section, and the words that decided."""

    sections: tuple[str, ...]
    evidence: tuple[str, ...]


_NOTHING = Assigned((), ())


@lru_cache(maxsize=8)
def _words(
    vocabulary: Vocabulary,
) -> tuple[re.Pattern[str] | None, dict[str, tuple[str, ...]]]:
    """One pattern over all words, longest first, and the sections that each word speaks for."""
    owners: dict[str, tuple[str, ...]] = {}
    for section in vocabulary.sections:
        for word in section.words:
            owners[word] = (*owners.get(word, ()), section.slug)
    if not owners:
        return None, owners
    rests: dict[str, list[str]] = {}
    for word in sorted(owners, key=len, reverse=True):
        rests.setdefault(word[0], []).append(re.escape(word[1:]))
    branches = "|".join(f"{re.escape(first)}(?:{'|'.join(each)})" for first, each in rests.items())
    firsts = "".join(map(re.escape, rests))
    return re.compile(f"(?=[{firsts}])(?:{branches})"), owners


def assign(headline: str, body: str, vocabulary: Vocabulary) -> Assigned:
    """Up to three sections of an article. None found: the queue 未分类, which is no section."""
    pattern, owners = _words(vocabulary) if vocabulary.sections else (None, {})
    if pattern is None:
        return _NOTHING
    scores: dict[str, float] = {}
    words: dict[str, dict[str, float]] = {}
    for text, weight in ((headline, _HEADLINE_WEIGHT), (body[:_READ], 1.0)):
        counts: dict[str, int] = {}
        for word in pattern.findall(text):
            counts[word] = counts.get(word, 0) + 1
        for word, count in counts.items():
            # Longer words are more telling: 信访 says more than 卫生 does in 卫生间.
            value = weight * min(count, _CAP) * (0.5 + 0.25 * len(word))
            for slug in owners[word]:
                scores[slug] = scores.get(slug, 0.0) + value
                own = words.setdefault(slug, {})
                own[word] = own.get(word, 0.0) + value
    order = {section.slug: place for place, section in enumerate(vocabulary.sections)}
    ranked = sorted(scores, key=lambda slug: (-scores[slug], order[slug]))
    if not ranked or scores[ranked[0]] < _LEAST:
        return _NOTHING
    chosen = [slug for slug in ranked[:_MOST] if scores[slug] >= _FURTHER_SHARE * scores[ranked[0]]]
    evidence = tuple(
        f"{vocabulary.name(slug)}：{' '.join(sorted(words[slug], key=lambda w: -words[slug][w])[:4])}"
        for slug in chosen
    )
    return Assigned(tuple(chosen), evidence)


#: 体裁 and the words in a headline by which it is told. The first that has one decides.
_BY_HEADLINE = {
    "更正": "更正|致歉",
    "广告": "广告|招聘启事|促销|转让|遗失声明|出租|出售",
    "公告": "公告|公示|通告|启事|声明|任前公示|拍卖",
    "服务": "天气|停电|停水|限行|便民|温馨提示|提示$|问答|指南|彩票|开奖",
    "评论": "评论|社论|时评|短评|快评|杂谈|之我见|漫谈|有感",
}
_SAID = [
    (genre, re.compile(words).match if genre == "更正" else re.compile(words).search)
    for genre, words in _BY_HEADLINE.items()
]
#: Most headlines have none of these.
_SAYS = re.compile("|".join(_BY_HEADLINE.values()))
#: … and how a text begins.
_BY_BEGINNING = (
    ("评论", re.compile(r"(?:□|■|◎)?(?:本报)?(?:特约)?评论员")),
    (
        "消息",
        re.compile(
            r".{0,4}(?:本报|本報|据?新华|又讯|央视|中新|[\u3400-\u9fff]{2,6}[日晚]?报).{0,16}?(?:讯|訊|电|電|消息)"
        ),
    ),
)


def genre_of(headline: str, first: str, signed: bool, paragraphs: int) -> tuple[str, str]:
    """An article's 体裁 and the words that decided. ``signed``: it carries a byline line of its own."""
    for genre, said in _SAID if _SAYS.search(headline) else ():
        if found := said(headline):
            return genre, f"体裁{genre}：{found.group()}"
    for genre, begins in _BY_BEGINNING:
        if found := begins.match(first):
            return genre, f"体裁{genre}：{found.group()}"
    if signed or paragraphs > 4:
        return (
            "通讯",
            "体裁通讯：署名在文前" if signed else "体裁通讯：没有电头，篇幅长",
        )
    return "消息", ""
