"""Lines that say themselves what they are: openings, bylines, credits, captions, furniture."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import IntEnum, auto
from itertools import pairwise

from archive.parsing.bylines import may_be_name, names_in, plain_names
from archive.parsing.lines import Line
from archive.parsing.words import (
    ARROWS,
    ARROWS_OR_BULLETS,
    BULLETS,
    COLUMN_LABELS,
    CORRESPONDENT_TITLES,
    NEVER_ENDS_HEADING,
    REPORTER_TITLES,
)
from archive.structure import Kind


class Mark(IntEnum):
    """What a line is by its own words. (Numbers hash fast, and every line's mark is looked up often.)"""

    NONE = auto()
    OPENING = auto()  # 电头: 本报讯（记者…
    FURTHER = auto()  # 又讯: a further item of the same article
    BYLINE = auto()  # 本报记者 郭树勋
    CREDIT = auto()  # 本报记者 刘金元 摄
    CAPTION = auto()  # ⬆10月22日，…
    NOTE = auto()  # （本栏稿件均由…整理）
    PAGE_HEAD = auto()
    LABEL = auto()
    JUMP = auto()
    EDITORS = auto()
    PROMOTION = auto()
    BOX = auto()  # 价格表、天气、广告: lines without sentences
    AUTHOR = auto()  # （作者系…）
    PART = auto()  # 元素一 …: a numbered part's own heading


#: Looking a member up takes five times as long as a name, and this one is asked of every line.
_NONE = Mark.NONE

#: Marks whose line stands for itself: text neither runs into it nor out of it.
ALONE = frozenset(
    {Mark.BYLINE, Mark.CREDIT, Mark.NOTE, Mark.PAGE_HEAD, Mark.LABEL, Mark.JUMP, Mark.EDITORS, Mark.PROMOTION}
    | {Mark.BOX, Mark.AUTHOR}
)

#: The furniture that a mark makes.
FURNITURE = {
    Mark.NOTE: Kind.ATTRIBUTION,
    Mark.PAGE_HEAD: Kind.PAGE_HEAD,
    Mark.LABEL: Kind.LABEL,
    Mark.JUMP: Kind.JUMP,
    Mark.EDITORS: Kind.EDITORS,
    Mark.PROMOTION: Kind.PROMOTION,
    Mark.BOX: Kind.OTHER,
}

_TITLES = "|".join(sorted((*REPORTER_TITLES, *CORRESPONDENT_TITLES), key=len, reverse=True))
_HAN = "\u3400-\u9fff々〇"
_NUMBER = "0-9０-９一二三四五六七八九十〇○零"
_SEAT = rf"[{_HAN}]{{1,12}}"  # where an agency files from
_DATE = rf"(?:(?:[{_NUMBER}]{{2,4}}年)?[{_NUMBER}]{{1,3}}月[{_NUMBER}]{{1,3}}[日号號])"
_FILED = r"(?:综合)?(?:消息|(?<!通)讯|(?<!通)訊|專訊|電|电|专电)"
_AGENCY = (
    r"(?:新华社|新華社|新华网|中新社|中新网|中新網|人民网|央视网|央视新闻|中央社|法新社|路透社|美联社|本报|本報|本刊|本台|本网"
    r"|[\u3400-\u9fff]{0,6}(?:日报|晚报|都市报|早报|晨报|时报|商报|青年报|法制报|日報|晚報|周报))"
)
#: Who files and is in no list; only what no running text has after it tells an opening (青石融媒讯（记者…).
_SOME_AGENCY = r"[\u3400-\u9fff]{2,6}[报報網网媒台]"
_STAFF = (
    r"(?:本报|本報|本刊|本网|本台|新华社|新華社|中新社|[\u3400-\u9fff]{2,6}(?:日报|晚报|社|网))?"
    r"(?:驻[\u3400-\u9fff]{1,6})?"
)

_OPENING = re.compile(
    rf"[{BULLETS}【\[（(]?(?:"
    rf"(?:据|據)?{_AGENCY}(?:{_SEAT})??{_DATE}?(?:上午|下午|晚)?{_FILED}(?=[（(：:】\]，,]|{_STAFF}(?:{_TITLES})|{_DATE}|.)"
    rf"|(?:据|據)?{_SOME_AGENCY}(?:{_SEAT})??{_DATE}?{_FILED}[）)】\]]?(?=[（(：:]|{_STAFF}(?:{_TITLES})|{_DATE})"
    rf"|[（(](?:本报|本報)?(?:{_TITLES})[^（）()]{{2,40}}[）)]"
    rf"|[〔【]?{_STAFF}(?:{_TITLES})[{_HAN}·、，,]{{2,40}}?(?:报道|報道|報導)"
    r")"
)
_STRONG_OPENING = re.compile(
    rf"[{BULLETS}【\[（(]?(?:据|據)?{_AGENCY}(?:{_SEAT})??{_DATE}?(?:上午|下午|晚)?{_FILED}(?:[（(：:】\]]|{_STAFF}(?:{_TITLES})|$)"
    rf"|(?:据|據)?{_SOME_AGENCY}(?:{_SEAT})??{_DATE}?{_FILED}[（(]{_STAFF}(?:{_TITLES})"
    rf"|[{BULLETS}]?(?:本报讯|本報訊|央视网消息)"
)
#: 新华社北京10月21⏎日电（记者…: an opening that the line's end broke in its date.
_BROKEN_OPENING = re.compile(
    rf"[{BULLETS}]?(?:据|據)?(?:{_AGENCY}|{_SOME_AGENCY}){_SEAT}?[{_NUMBER}]{{1,2}}(?:月(?:[{_NUMBER}]{{1,3}}[日号號]?{_FILED}?)?)?$"
)
#: （记者 张三）: a line that names who wrote the text above it and says nothing else.
_SIGNATURE = re.compile(r"[（(][^（）()]{3,30}[）)]$")
_FURTHER = re.compile(rf"[{BULLETS}]?(?:又讯|又訊|另讯|另訊|又电|又電)(?=[（(：:]|{_DATE}|.)")
_BYLINE = re.compile(
    rf"[{BULLETS}]?(?:(?:文|图|文图|图文|摄影)[/／|｜:：]?)*{_STAFF}(?:{_TITLES})[:：/／]?[{_HAN}·•、，,/／]{{2,40}}"
    r"(?:文|图|文图|图文|摄|攝|[/／]|专题报道|專題報導|摄影报道|综合报道)*$"
    rf"|[{BULLETS}]?(?:作者|撰文|文|采写|整理)[:：/／|｜][{_HAN}·•、，,]{{2,20}}$"
    rf"|(?:本报|本報|本刊)(?:特约)?(?:评论员|評論員|编辑部|記者|记者)$|[{_HAN}]{{0,10}}(?:读者|讀者|网友)[:：]?[{_HAN}]{{2,4}}$"
    rf"|[{BULLETS}][{_HAN}·]{{2,20}}$"
    rf"|[{_HAN}]{{2,4}}[/／](?:文|图|文图|图文|撰文|整理)(?:[/／]?[图摄])?$"
)
#: 文/摄: whose pictures they are also wrote the text.
_WROTE_TOO = re.compile(r"文[/／、][图圖摄攝]$")
#: 市实验小学三（2）班 张三: a pupil at home in a class.
_PUPIL = re.compile(
    r"(?P<home>[\u3400-\u9fff（）()0-9]{2,16}(?:班|年级))[ \u3000]+[\u3400-\u9fff \u3000]{2,5}$"
)
_TITLED = re.compile(_TITLES)
_READER = re.compile(r"(?:读者|讀者|网友)[:： ]?")
_HAS_PAPER = re.compile(r"本报|本報|本刊|本网|本台|新华社|新華社|中新社")
_BYLINE_VERBS = re.compile(
    r"[的了是在从到与对将获悉据会]|(?<!专题)(?<!摄影)(?<!综合)报道|消息|今[日天晨]|昨[日天]|近日|日前|凌晨|上午|下午|采访|调查|观察|手记|协会|证|节"
)
_CREDIT_END = r"(?:摄影报道|攝影報道|摄影|攝影|摄|攝|供图|供圖|配图|制图)"
_CREDIT = re.compile(
    rf"(?P<credit>[（(]?(?:"
    rf"{_STAFF}(?:{_TITLES})[:：]?[{_HAN}·•、，,/／ \u3000]{{2,30}}?[/／]?{_CREDIT_END}"
    rf"|(?:新华社|新華社|中新社)(?:发|發)?[（(]?[{_HAN}·•、 \u3000]{{2,14}}{_CREDIT_END}[）)]?"
    r"|(?:新华社|新華社|中新社)(?:发|發|供图|供圖|图片|传真)"
    rf"|(?:摄影|攝影)[{_HAN}·•、 \u3000]{{2,12}}"
    rf"|(?:摄影|攝影|图片|图|圖)[:：/／][{_HAN}·•、 \u3000]{{2,20}}"
    rf"|[{_HAN}·•、]{{2,9}}{_CREDIT_END}"
    r"|(?:本报)?(?:资料|資料)(?:图片|圖片|照片|图|片)"
    r")[）)]?)[。]?$"
)
_PAGE_HEAD = re.compile(
    rf"第?[A-Z]?[{_NUMBER}]{{1,3}}版[:：·|｜]?[{_HAN}·]{{0,10}}(?:[0-9]{{4}}年[0-9]{{1,2}}月[0-9]{{1,2}}日)?(?:(?:星期|周)[一二三四五六日天])?$"
    rf"|(?:[A-Z][0-9]{{1,2}}[:：|｜]?[{_HAN}]{{2,6}}|[0-9]{{2}}[:：|｜]?[{_HAN}]{{2,4}}(?=[0-9]{{4}}年))"
    rf"(?:[0-9]{{4}}年[0-9]{{1,2}}月[0-9]{{1,2}}日)?(?:(?:星期|周)[一二三四五六日天])?$"
    rf"|[A-Z]?[0-9０-９]{{1,2}}[:：|｜]?(?:要闻|时政|综合|社会|国内|国际|专版|广告|副刊|经济|文化|体育|教育|健康|新闻|焦作新闻|县区新闻)$"
    rf"|[{_HAN}]{{0,12}}[:：|｜]?(?:[0-9０-９]{{4}}年[0-9０-９]{{1,2}}月[0-9０-９]{{1,2}}日|[0-9]{{4}}[-/.][0-9]{{1,2}}[-/.][0-9]{{1,2}})"
    rf"(?:[{_HAN}]{{0,3}}?(?:星期|周)[一二三四五六日天])?(?:[（(]?农历.{{2,12}}[）)]?)?(?:第?[A-Z]?[0-9０-９]{{0,3}}版?)?[:：|｜]?[{_HAN}]{{0,8}}$"
)
_DATED = re.compile(r"[0-9]{4}年[0-9]{1,2}月[0-9]{1,2}日|[0-9]{4}[-/.][0-9]{1,2}[-/.][0-9]{1,2}")
_DAY = re.compile(r"(?:星期|周|週|禮拜)[一二三四五六日天]")
_BARE_DATE = re.compile(
    r"[0-9]{4}年[0-9]{1,2}月[0-9]{1,2}日$|[一二][〇○零一二三四五六七八九]{3}年.{2,3}月.{1,3}日$"
)
_EDITORS = re.compile(
    r"[（(【]?(?:本版|版面|本期|值班|执行|责任|责|美术|美|图片|文字|电子信箱|版式|组版|见习)?(?:责编|責編|责任编辑|編輯|编辑|美编|校对|校對|检校|主编|组版|版式|统筹|值班总编|总值班|编审|审读|設計|设计|制图)"
    r"[:：/／|｜ ].{1,60}$"
    r"|(?:责编|責編|责任编辑|美编|校对|组版)[\u3400-\u9fff:：、]{2,30}$"
)
_PAGE = rf"(?:第?[A-Z]?[{_NUMBER}]{{1,3}}版)"
_JUMP_WORDS = rf"(?:下转|下轉|上接|紧接|緊接|转|轉|接){_PAGE}[①-⑳\u3400-\u9fff“”《》A-Z0-9]{{0,16}}"
_JUMP = re.compile(rf"[（(【{ARROWS}]*{_JUMP_WORDS}[）)】]?$")
_SEE = re.compile(
    rf"[（(](?:相关报道|相關報道|报道|详细报道|详情|全文)?(?:见|見|详见|請見|请看|刊){_PAGE}[^。]{{0,8}}[）)]$"
)
_AUTHOR = re.compile(
    r"[（(]?(?:(?:本文)?作者(?:系|为|是|单位|简介)|[（(](?:本文)?作者[：:]|(?:指导|辅导)(?:老师|教师)[：: ]?).{2,50}$"
)
_NOTE = re.compile(
    r"[（(【]?(?:本栏|本欄|本版|本组|本組|以上|本专栏|本页)[^。，]{0,10}(?:稿件|文章|报道|報道|文字|图片|照片|文图|图文|新闻|稿)?[^。，]{0,6}(?:均|皆|都)?由[^。]{2,40}(?:整理|采写|採寫|提供|撰写|摄|攝|报道|撰稿|摄影)[）)】]?[。]?$"
    r"|[（(【]?(?:本栏|本版|本组|以上)(?:稿件|文章|图片|照片|文图|图文)(?:除署名外)?[^。]{0,4}(?:本报|记者)[^。]{2,30}[）)】]?$"
)
#: 导读: what other pages have, each line with its page's number.
_GUIDE = re.compile(
    r"\S.{3,40}[\s·…]+[（(]?第?[A-Z]?[0-9]{1,2}版[）)]?$|[▶►▷→➡●■◆]\s*(?:第?[A-Z]?[0-9]{1,2}版|[A-Z][0-9]{1,2})[:：\s]*\S.{3,40}$"
)
#: Every branch begins with a character, not with a group, so that searching skips whatever can't begin one.
_PROMOTION = re.compile(
    "扫一扫|掃一掃|扫码|扫描二维码|二维码|关注我们|關注我們|微信公众号|新闻热线|新聞熱線|投稿邮箱|投稿信箱|广告热线|广告刊登|订阅热线|发行热线|客服热线|邮发代号|国内统一连续出版物号|国内统一刊号|本报地址|零售价|主管主办|主管、主办|总第[0-9]{1,6}期|今日[0-9]{1,3}版|读者热线|客户端下载|下载客户端|"
    + "|".join(
        rf"{word}[:：].*[0-9@]"
        for word in ["电话", "電話", "传真", "邮箱", "信箱", "热线", "邮编", "网址", "地址"]
    )
)
_OPENING_FIRST = frozenset("据據新華中人央法路美本" + BULLETS)
_FILES = re.compile("[讯訊电電消记記通员員]")  # an opening has one of these
_EDITS = re.compile("[编校版計]")
_FIRST = frozenset(
    "读讀网专〔本又另据據新中人央法路美（(【[文图作采整摄攝圖资資驻见實实特首全融摄评記记编通撰责責版值执主组校统总编審审設设制下上紧緊转轉接以"
    + BULLETS
    + ARROWS
)


#: A line with none of these, that neither begins with one of _TELLING_FIRST nor ends as credits do, is text, a
#: promotion or a label.
_TELLING = re.compile("[/班级读影图版年编校計由讯訊电電消记記通员員]")
_TELLING_FIRST = _FIRST | frozenset("０１２３４５６７８９") | frozenset(map(chr, range(128)))
_CREDIT_LAST = frozenset("摄攝图圖片）)社道发發真")


#: Marks that a line which goes on with the one before has only by chance.
_WEAK = frozenset({Mark.PROMOTION, Mark.AUTHOR, Mark.BYLINE, Mark.FURTHER, Mark.OPENING, Mark.LABEL})


def mark_of(line: Line, resumes: bool = False) -> Mark:
    """The mark of one line. ``resumes``: the line before breaks off right above it, so only strong marks count."""
    text = line.text
    if text[0] in _TELLING_FIRST or text[-1] in _CREDIT_LAST or _TELLING.search(text):
        return _told(line, resumes)
    if not resumes:
        if line.closure < 2 and _promotes(text):
            return Mark.PROMOTION
        if len(text) <= _LABEL and _labels(text):
            return Mark.LABEL
    return _NONE


def _promotes(text: str) -> bool:
    return len(text) <= 60 and "，" not in text and bool(_PROMOTION.search(text))


_LABEL = 10  # characters
_DECORATION = "【】[]《》〈〉·*—-" + BULLETS


def _labels(text: str) -> bool:
    return text.strip(_DECORATION) in COLUMN_LABELS


def _told(line: Line, resumes: bool) -> Mark:
    """The mark of a line that has something by which marks are told."""
    text = line.text
    first = text[0]
    size = len(text)
    if not resumes and line.closure == 0 and _is_pupil(line):
        return Mark.BYLINE
    if "版" in text and size <= 48 and line.closure < 2 and _GUIDE.match(line.raw):
        return Mark.BOX
    if first in ARROWS and first not in ARROWS_OR_BULLETS and size > 3:
        return Mark.JUMP if "版" in text and _JUMP.match(text) else Mark.CAPTION
    if size <= 64 and line.closure < 2:
        if text[-1] in "摄攝图圖" and not resumes and _WROTE_TOO.search(text) and _names_author(line):
            return Mark.BYLINE
        if (size <= 60 and text[-1] in _CREDIT_LAST) or "摄影" in text or "图：" in text:
            found = _CREDIT.match(text)
            if found and found.end() == size and found.group("credit"):
                return Mark.CREDIT
        if "版" in text or "年" in text or first.isdigit() or (size <= 10 and first.isascii()):
            if _JUMP.match(text) or _SEE.match(text):
                return Mark.JUMP
            if size <= 60 and (
                _PAGE_HEAD.match(text) or (_DATED.search(text) and _DAY.search(text) and "，" not in text)
            ):
                return Mark.PAGE_HEAD
        if not resumes and _promotes(text):
            return Mark.PROMOTION
        if _EDITS.search(text) and _EDITORS.match(text):
            return Mark.EDITORS
    if first in _FIRST or "由" in text[:16] or "读者" in text or "/" in text:
        if size <= 64 and _NOTE.match(text):
            return Mark.NOTE
        if size <= 60 and not resumes and _AUTHOR.match(text):
            return Mark.AUTHOR
        if (
            size <= 40
            and line.closure < 2
            and _BYLINE.match(text)
            and not _BYLINE_VERBS.search(text)
            and not resumes
            and _names_somebody(line)
        ):
            return Mark.BYLINE
    if _FILES.search(text):
        if _STRONG_OPENING.match(text):
            return Mark.OPENING
        if not resumes:
            if _FURTHER.match(text):
                return Mark.FURTHER
            if _OPENING.match(text):
                return Mark.OPENING
    return Mark.LABEL if not resumes and size <= _LABEL and _labels(text) else Mark.NONE


def _is_pupil(line: Line) -> bool:
    found = _PUPIL.match(line.raw)
    return bool(found and plain_names(line.raw[found.end("home") :]))


def _names_somebody(line: Line) -> bool:
    """Whether what follows 记者 reads like names (not 记者走基层); the paper's own 本报记者 is trusted."""
    if _HAS_PAPER.search(line.text) and not line.text.count("：") + line.text.count(":"):
        return True
    if line.text[0] in BULLETS:
        alone = plain_names(line.raw.lstrip(BULLETS))
        if alone:
            return True
        if not _TITLED.search(line.text):
            return False
    reader = _READER.search(line.raw)
    if reader:
        return bool(plain_names(line.raw[reader.end() :]))
    names = names_in(line.raw)
    everybody = (*names.reporters, *names.correspondents)
    return all(map(may_be_name, everybody))


#: 一、… （二）… 3.…: a numbered item's beginning.
NUMBERED = re.compile(
    r"(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)]|[0-9]{1,2}[.．、](?![0-9]))"
)


def bare_date(text: str) -> bool:
    """Whether a line is a date and nothing else: a notice's as well as a page's."""
    return bool(_BARE_DATE.match(text))


def marks(lines: Sequence[Line], series_from: int) -> list[Mark]:
    """The marks of a page's lines. A numbered heading counts as a part's from ``series_from`` of its kind."""
    found: list[Mark] = []
    apart = dict.fromkeys(_boxes(lines), Mark.BOX) | dict.fromkeys(_parts(lines, series_from), Mark.PART)
    last = len(lines) - 1
    for place, line in enumerate(lines):
        mark = apart.get(place) or mark_of(line)
        if mark is not _NONE:
            mark = _in_place(mark, lines, place, found)
        elif (
            not line.closure
            and line.text[0] in _OPENING_FIRST
            and place < last
            and _breaks_in_opening(line, lines[place + 1])
            and not _resumes(lines, place, found)
        ):
            mark = Mark.OPENING
        found.append(mark)
    return found


def _in_place(mark: Mark, lines: Sequence[Line], place: int, above: Sequence[Mark]) -> Mark:
    """What is left of a line's mark by what stands around it. ``above``: the marks of the lines before."""
    if mark in _WEAK and _resumes(lines, place, above):
        mark = mark_of(lines[place], resumes=True)
    if mark is Mark.PAGE_HEAD:
        unmarked = _in_text(lines, place, _resumes(lines, place, above))
    else:
        unmarked = mark is Mark.OPENING and _signs(lines, place)
    return _NONE if unmarked else mark


def _resumes(lines: Sequence[Line], place: int, above: Sequence[Mark]) -> bool:
    """Whether the line before breaks off and this one may go on with it. ``above``: the marks of the lines before."""
    line = lines[place]
    if not place or line.after_blank or line.indented or lines[place - 1].closure or above[-1] in ALONE:
        return False
    if above[-1] is Mark.OPENING:
        return True
    return not (_heads(lines, place - 1) or (_names_author(line) and _all_head(lines, place)))


def _in_text(lines: Sequence[Line], place: int, resumes: bool) -> bool:
    """Whether a line that reads like a page's head is a notice's own date, or a text's line that ends on a date."""
    line = lines[place]
    following = lines[place + 1] if place + 1 < len(lines) else None
    if place > _TOP and bare_date(line.text):
        return True
    goes_on = (
        following is not None
        and not following.after_blank
        and (place > _TOP or resumes or following.closure == 0)
    )
    return goes_on and "版" not in line.text and not _DAY.search(line.text) and not bare_date(line.text)


def _signs(lines: Sequence[Line], place: int) -> bool:
    """Whether a line that could open an article names who wrote the text that ends right above it."""
    if not place or lines[place - 1].closure < 2 or not _SIGNATURE.match(lines[place].text):
        return False
    return place + 1 == len(lines) or lines[place + 1].after_blank or not lines[place].after_blank


def _breaks_in_opening(line: Line, following: Line) -> bool:
    """Whether an opening begins on this line and goes on with the next one (新华社北京10月21⏎日电)."""
    if following.text[0] not in "（(月日号號电電讯訊消0123456789":
        return False
    return bool(_BROKEN_OPENING.match(line.text) and _OPENING.match(line.text + following.text[:30]))


_TOP = 6  # lines in which a page's head stands
_FIGURE = re.compile(r"[0-9]")
_WEATHER = re.compile(r"[^℃度]*[℃度].*风|[^雨晴云阴雪]*[雨晴云阴雪].*℃")
_TELEPHONE = re.compile(r"(?:电话|電話|热线|手机|联系人)\S{0,6}[0-9][0-9－—-]{5,}")
_CONTACT = re.compile(r"地址|电话|電話|热线|邮箱|网址|咨询|联系人|手机")


def _boxes(lines: Sequence[Line]) -> frozenset[int]:
    """The places of lines in tables, weather boxes and advertisements: blocks without a sentence, full of figures."""
    found: set[int] = set()
    starts = [place for place, line in enumerate(lines) if line.after_blank or not place]
    for start, end in pairwise([*starts, len(lines)]):
        if end - start >= _BOX_FROM:
            block = lines[start:end]
            if all(map(_may_be_in_box, block)) and sum(map(_tells_figures, block)) * 5 >= 2 * len(block):
                found.update(range(start, end))
    return frozenset(found)


def _may_be_in_box(line: Line) -> bool:
    text = line.text
    return (
        line.width <= _BOX_WIDTH
        and "。" not in text
        and not line.stretched
        and (text.count("，") < 2 or bool(_CONTACT.search(text)))
    )


def _tells_figures(line: Line) -> bool:
    """Whether a line has figures side by side as tables have, the weather, or an address."""
    in_row = False
    for part in line.raw.split():
        has_figure = bool(_FIGURE.search(part))
        if has_figure and in_row:
            return True
        in_row = has_figure
    return bool(_WEATHER.match(line.text) or _CONTACT.match(line.text) or _TELEPHONE.search(line.text))


_BOX_FROM = 3  # lines
_BOX_WIDTH = 32.0  # em


_PART = re.compile(rf"(?P<word>[{_HAN}]{{1,3}}?)[一二三四五六七八九十]{{1,3}}[\s\u3000：:、]+(?=\S)")


_NUMERALS = frozenset("一二三四五六七八九十")


def part_of(line: Line) -> str:
    """The word that a numbered part's heading repeats (元素 of 元素一 …); empty where the line is none."""
    if line.width > 40 or line.closure == 2 or _NUMERALS.isdisjoint(line.text[1:4]):
        return ""
    found = _PART.match(line.raw)
    return found.group("word") if found and found.group("word") != "第" else ""


def _parts(lines: Sequence[Line], series_from: int) -> frozenset[int]:
    """The places of headings of a numbered series (元素一 … 元素十五)."""
    words: dict[str, list[int]] = {}
    for place, line in enumerate(lines):
        if line.after_blank or (place and lines[place - 1].closure == 2):
            word = part_of(line)
            if word:
                words.setdefault(word, []).append(place)
    return frozenset(place for places in words.values() if len(places) >= series_from for place in places)


def _heads(lines: Sequence[Line], place: int) -> bool:
    """Whether the line stands first after a blank or a sentence, so that it may be a heading by itself."""
    line = lines[place]
    if not line.after_blank and (place == 0 or lines[place - 1].closure < 2):
        return False
    return not (
        line.width > 34 or line.text[-1] in NEVER_ENDS_HEADING or "，" in line.text or "。" in line.text
    )


def _names_author(line: Line) -> bool:
    return (
        line.closure == 0 and (line.text[0] in _FIRST or "/" in line.text) and bool(_BYLINE.match(line.text))
    )


def _all_head(lines: Sequence[Line], place: int) -> bool:
    """Whether all lines between the last blank and this one may be a heading's."""
    for above in range(place - 1, max(-1, place - 1 - _HEADING_LINES), -1):
        line = lines[above]
        if line.width > 34 or "，" in line.text or "。" in line.text:
            return False
        if line.after_blank:
            return True
    return False


_HEADING_LINES = 4


def trailing_credits(lines: Sequence[Line], found: Sequence[Mark]) -> dict[int, int]:
    """The places of lines that end on a photo's credit, with where in ``line.raw`` it begins."""
    return {
        place: cut
        for place, line in enumerate(lines)
        if _CREDITS.search(line.raw, len(line.raw) - _CREDIT_TAIL)
        and found[place] in _MAY_BE_CREDITED
        and (cut := trailing_credit(line)) > 0
    }


_MAY_BE_CREDITED = frozenset({Mark.NONE, Mark.CAPTION})
_CREDIT_TAIL = 14  # characters in which a credit tells itself


def trailing_credit(line: Line) -> int:
    """Where in ``line.raw`` a photo credit begins that ends the line after a caption's last sentence; -1 for none."""
    raw = line.raw
    if not _CREDITS.search(raw, len(raw) - _CREDIT_TAIL):
        return -1
    cut = max(raw.rfind(mark, 0, len(raw) - 1) for mark in "。！？”")
    for start in (cut + 1, raw.rfind("（"), raw.rfind("(")):
        tail = raw[start:]
        if start <= 0 or len(tail) > 40 or not _CREDITS.search(tail):
            continue
        if _CREDIT.match("".join(tail.split())):
            return start + len(tail) - len(tail.lstrip())
    return -1


_CREDITS = re.compile(r"摄|攝|图|圖|片|社\s*[发發]")  # a credit has one of these
