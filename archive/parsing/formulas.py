"""The set phrases (套语) by which lines tell what they are: 电头, 署名, 摄影署名, 版头, 责编, 下转, as patterns."""

from __future__ import annotations

import re

from archive.parsing.words import ARROWS, BULLETS, CORRESPONDENT_TITLES, REPORTER_TITLES

_TITLES = "|".join(sorted((*REPORTER_TITLES, *CORRESPONDENT_TITLES), key=len, reverse=True))
HAN = "\u3400-\u9fff々〇"
_NUMBER = "0-9０-９一二三四五六七八九十〇○零"
_SEAT = rf"[{HAN}]{{1,12}}"  # where an agency files from
_DATE = rf"(?:(?:[{_NUMBER}]{{2,4}}年)?[{_NUMBER}]{{1,3}}月[{_NUMBER}]{{1,3}}[日号號])"
_FILED = r"(?:综合)?(?:消息|(?<!通)讯|(?<!通)訊|專訊|電|电|专电)"
_AGENCY = (
    r"(?:新华社|新華社|新华网|中新社|中新网|中新網|人民网|央视网|央视新闻|中央社|法新社|路透社|美联社|本报|本報|本刊|本台|本网"
    r"|[\u3400-\u9fff]{0,6}(?:日报|晚报|都市报|早报|晨报|时报|商报|青年报|法制报|日報|晚報|周报))"
)
#: Who files and is in no list; only what no running text has after it tells an opening (青石融媒讯（记者…).
_SOME_AGENCY = r"[\u3400-\u9fff]{2,6}[报報網网媒台]"
_STAFF = (
    r"(?:本报|本報|本刊|本网|本台|新华社|新華社|中新社|[\u3400-\u9fff]{2,6}(?:社|网)"
    r"|[\u3400-\u9fff]{0,6}(?:日报|晚报|早报|晨报|商报|时报|都市报|青年报|日報|晚報))?"
    r"(?:驻[\u3400-\u9fff]{1,6})?"
)

OPENING = re.compile(
    rf"[{BULLETS}【\[（(]?(?:"
    rf"(?:据|據)?{_AGENCY}(?:{_SEAT})??{_DATE}?(?:上午|下午|晚)?{_FILED}(?=[（(：:】\]，,]|{_STAFF}(?:{_TITLES})|{_DATE}|.)"
    rf"|(?:据|據)?{_SOME_AGENCY}(?:{_SEAT})??{_DATE}?{_FILED}[）)】\]]?(?=[（(：:]|{_STAFF}(?:{_TITLES})|{_DATE})"
    rf"|[（(](?:本报|本報)?(?:{_TITLES})[^（）()]{{2,40}}[）)]"
    rf"|[〔【]?{_STAFF}(?:{_TITLES})[{HAN}·、，,]{{2,40}}?(?:报道|報道|報導)"
    r")"
)
STRONG_OPENING = re.compile(
    rf"[{BULLETS}【\[（(]?(?:据|據)?{_AGENCY}(?:{_SEAT})??{_DATE}?(?:上午|下午|晚)?{_FILED}(?:[（(：:】\]]|{_STAFF}(?:{_TITLES})|$)"
    rf"|(?:据|據)?{_SOME_AGENCY}(?:{_SEAT})??{_DATE}?{_FILED}[（(]{_STAFF}(?:{_TITLES})"
    rf"|[{BULLETS}]?(?:本报讯|本報訊|央视网消息)"
)
#: 新华社北京10月21⏎日电（记者…: an opening that the line's end broke in its date.
BROKEN_OPENING = re.compile(
    rf"[{BULLETS}]?(?:据|據)?(?:{_AGENCY}|{_SOME_AGENCY}){_SEAT}?[{_NUMBER}]{{1,2}}(?:月(?:[{_NUMBER}]{{1,3}}[日号號]?{_FILED}?)?)?$"
)
#: （记者 张三）: a line that names who wrote the text above it and says nothing else.
SIGNATURE = re.compile(r"[（(][^（）()]{3,30}[）)]$")
FURTHER = re.compile(rf"[{BULLETS}]?(?:又讯|又訊|另讯|另訊|又电|又電)(?=[（(：:]|{_DATE}|.)")
BYLINE = re.compile(
    rf"[{BULLETS}]?(?:(?:文|图|文图|图文|摄影)[/／|｜:：]?)*{_STAFF}(?:{_TITLES})[:：/／]?[{HAN}·•、，,/／]{{2,40}}"
    r"(?:文|图|文图|图文|摄|攝|[/／]|专题报道|專題報導|摄影报道|综合报道)*$"
    rf"|[{BULLETS}]?(?:作者|撰文|文|采写|整理)[:：/／|｜][{HAN}·•、，,]{{2,20}}$"
    rf"|[{BULLETS}]?(?:本报|本報|本刊)(?:特约)?(?:评论员|評論員|编辑部|記者|记者)$|[{HAN}]{{0,10}}(?:读者|讀者|网友)[:：]?[{HAN}]{{2,4}}$"
    rf"|[{BULLETS}][{HAN}·]{{2,20}}$"
    rf"|[{HAN}]{{2,4}}[/／](?:文|图|文图|图文|撰文|整理)(?:[/／]?[图摄])?$"
)
#: 文/摄: whose pictures they are also wrote the text.
WROTE_TOO = re.compile(r"文[/／、][图圖摄攝]$")
#: 市实验小学三（2）班 张三: a pupil at home in a class.
PUPIL = re.compile(
    r"(?P<home>[\u3400-\u9fff（）()0-9]{2,16}(?:班|年级))[ \u3000]+[\u3400-\u9fff \u3000]{2,5}$"
)
TITLED = re.compile(_TITLES)
READER = re.compile(r"(?:读者|讀者|网友)[:： ]?")
HAS_PAPER = re.compile(r"本报|本報|本刊|本网|本台|新华社|新華社|中新社")
BYLINE_VERBS = re.compile(
    r"[的了是在从到与对将获悉据会]|(?<!专题)(?<!摄影)(?<!综合)报道|消息|今[日天晨]|昨[日天]|近日|日前|凌晨|上午|下午|采访|调查|观察|手记|协会|证|节"
)
_CREDIT_END = r"(?:摄影报道|攝影報道|摄影|攝影|摄|攝|供图|供圖|配图|制图)"
CREDIT = re.compile(
    rf"(?P<credit>[（(]?(?:"
    rf"{_STAFF}(?:{_TITLES})[:：]?[{HAN}·•、，,/／ \u3000]{{2,30}}?[/／]?{_CREDIT_END}"
    rf"|(?:新华社|新華社|中新社)(?:发|發)?[（(]?[{HAN}·•、 \u3000]{{2,14}}{_CREDIT_END}[）)]?"
    r"|(?:新华社|新華社|中新社)(?:发|發|供图|供圖|图片|传真)"
    rf"|(?:摄影|攝影)[{HAN}·•、 \u3000]{{2,12}}"
    rf"|(?:摄影|攝影|图片|图|圖)[:：/／][{HAN}·•、 \u3000]{{2,20}}"
    rf"|[{HAN}·•、]{{2,9}}{_CREDIT_END}"
    r"|(?:本报)?(?:资料|資料)(?:图片|圖片|照片|图|片)"
    r")[）)]?)[。]?$"
)
_LUNAR = r"(?:[（(]?农历.{2,12}[）)]?)?"
PAGE_HEAD = re.compile(
    rf"第?[A-Z]?[{_NUMBER}]{{1,3}}版[:：·|｜]?[{HAN}·]{{0,10}}(?:[0-9]{{4}}年[0-9]{{1,2}}月[0-9]{{1,2}}日)?(?:(?:星期|周)[一二三四五六日天])?$"
    rf"|(?:[A-Z][0-9]{{1,2}}[:：|｜]?[{HAN}]{{2,6}}|[0-9]{{2}}[:：|｜]?[{HAN}]{{2,4}}(?=[0-9]{{4}}年))"
    rf"(?:[0-9]{{4}}年[0-9]{{1,2}}月[0-9]{{1,2}}日)?(?:(?:星期|周)[一二三四五六日天])?$"
    rf"|[A-Z]?[0-9０-９]{{1,2}}[:：|｜]?(?:要闻|时政|综合|社会|国内|国际|专版|广告|副刊|经济|文化|体育|教育|健康|新闻|焦作新闻|县区新闻)$"
    rf"|[{HAN}]{{0,12}}[:：|｜]?(?:[0-9０-９]{{4}}年[0-9０-９]{{1,2}}月[0-9０-９]{{1,2}}日|[0-9]{{4}}[-/.][0-9]{{1,2}}[-/.][0-9]{{1,2}})"
    # The section's name stands after a weekday or a page's number; after a date alone a text goes on.
    rf"(?:[{HAN}]{{0,3}}?(?:星期|周)[一二三四五六日天]{_LUNAR}(?:第?[A-Z]?[0-9０-９]{{0,3}}版?)?[:：|｜]?[{HAN}]{{0,8}}$"
    rf"|{_LUNAR}第?[A-Z]?[0-9０-９]{{1,3}}版[:：|｜]?[{HAN}]{{0,8}}$|{_LUNAR}[0-9０-９]{{0,2}}$)"
)
DATED = re.compile(r"[0-9]{4}年[0-9]{1,2}月[0-9]{1,2}日|[0-9]{4}[-/.][0-9]{1,2}[-/.][0-9]{1,2}")
DAY = re.compile(r"(?:星期|周|週|禮拜)[一二三四五六日天]")
_BARE_DATE = re.compile(
    r"[0-9]{4}年[0-9]{1,2}月[0-9]{1,2}日$|[一二][〇○零一二三四五六七八九]{3}年.{2,3}月.{1,3}日$"
)
EDITORS = re.compile(
    r"[（(【]?(?:本版|版面|本期|值班|执行|责任|责|美术|美|图片|文字|电子信箱|版式|组版|见习)?(?:责编|責編|责任编辑|編輯|编辑|美编|校对|校對|检校|主编|组版|版式|统筹|值班总编|总值班|编审|审读|設計|设计|制图)"
    r"[:：/／|｜ ].{1,60}$"
    r"|(?:责编|責編|责任编辑|美编|校对|组版)[\u3400-\u9fff:：、]{2,30}$"
)
_PAGE = rf"(?:第?[A-Z]?[{_NUMBER}]{{1,3}}版)"
_JUMP_WORDS = rf"(?:下转|下轉|上接|紧接|緊接|转|轉|接){_PAGE}[①-⑳\u3400-\u9fff“”《》A-Z0-9]{{0,16}}"
JUMP = re.compile(rf"[（(【{ARROWS}]*{_JUMP_WORDS}[）)】]?$")
#: 下转第二版: the text goes on on another page.
LEAVES = re.compile(r"转|轉")
SEE = re.compile(
    rf"[（(](?:相关报道|相關報道|报道|详细报道|详情|全文)?(?:见|見|详见|請見|请看|刊){_PAGE}[^。]{{0,8}}[）)]$"
)
AUTHOR = re.compile(
    r"[（(]?(?:(?:本文)?作者(?:系|为|是|单位|简介)|[（(](?:本文)?作者[：:]|(?:指导|辅导)(?:老师|教师)[：: ]?).{2,50}$"
)
NOTE = re.compile(
    r"[（(【]?(?:本栏|本欄|本版|本组|本組|以上|本专栏|本页)[^。，]{0,10}(?:稿件|文章|报道|報道|文字|图片|照片|文图|图文|新闻|稿)?[^。，]{0,6}(?:均|皆|都)?由[^。]{2,40}(?:整理|采写|採寫|提供|撰写|摄|攝|报道|撰稿|摄影)[）)】]?[。]?$"
    r"|[（(【]?(?:本栏|本版|本组|以上)(?:稿件|文章|图片|照片|文图|图文)(?:除署名外)?[^。]{0,4}(?:本报|记者)[^。]{2,30}[）)】]?$"
)
#: 导读: what other pages have, each line with its page's number.
GUIDE = re.compile(
    r"\S.{3,40}[\s·…]+[（(]?第?[A-Z]?[0-9]{1,2}版[）)]?$|[▶►▷→➡●■◆]\s*(?:第?[A-Z]?[0-9]{1,2}版|[A-Z][0-9]{1,2})[:：\s]*\S.{3,40}$"
)
_PROMOTIONS = (
    *("扫一扫", "掃一掃", "扫码", "扫描二维码", "二维码", "关注我们", "關注我們", "微信公众号"),
    *(
        "新闻热线",
        "新聞熱線",
        "投稿邮箱",
        "投稿信箱",
        "广告热线",
        "广告刊登",
        "订阅热线",
        "发行热线",
        "客服热线",
    ),
    *("邮发代号", "国内统一连续出版物号", "国内统一刊号", "本报地址", "零售价", "主管主办", "主管、主办"),
    *("总第[0-9]{1,6}期", "今日[0-9]{1,3}版", "读者热线", "客户端下载", "下载客户端"),
)
_CONTACTS = ("电话", "電話", "传真", "邮箱", "信箱", "热线", "邮编", "网址", "地址", "微信")
#: Every branch begins with a character, not with a group, so that searching skips whatever can't begin one.
PROMOTION = re.compile("|".join([*_PROMOTIONS, *(f"{word}[:：].*[0-9@]" for word in _CONTACTS)]))
PROMOTES = "".join(sorted({word[-1] for word in (*_PROMOTIONS, *_CONTACTS)}))  # a promotion has one of these
OPENING_FIRST = frozenset("据據新華中人央法路美本" + BULLETS)
FILES = "讯訊电電消记記通员員"  # an opening has one of these
AGENCIES = "社网網闻报報刊台媒（("  # … and one of these
_TITLE_ENDS = "".join(sorted({title[-1] for title in (*REPORTER_TITLES, *CORRESPONDENT_TITLES)}))
SIGNS = f"{_TITLE_ENDS}者友:：/／|｜{BULLETS}"  # a byline has one of these
EDITS = "编校版計"  # an editors' line has one of these
CREDITS = "摄攝图圖片社"  # a credit has one of these
FIRST = frozenset(
    "读讀网专〔本又另据據新中人央法路美（(【[文图作采整摄攝圖资資驻见實实特首全融摄评記记编通撰责責版值执主组校统总编審审設设制下上紧緊转轉接以"
    + BULLETS
    + ARROWS
)


#: A line with none of these, that neither begins with one of TELLING_FIRST nor ends as credits do, is text, a
#: promotion or a label.
TELLING = "/班级读影图版年编校計由讯訊电電消记記通员員"
TELLING_FIRST = FIRST | OPENING_FIRST | frozenset("０１２３４５６７８９") | frozenset(map(chr, range(128)))
CREDIT_LAST = frozenset("摄攝图圖片）)社道发發真")

#: 一、… （二）… 3.…: a numbered item's beginning.
NUMBERED = re.compile(
    r"(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)]|[0-9]{1,2}[.．、](?![0-9]))"
)


def bare_date(text: str) -> bool:
    """Whether a line is a date and nothing else: a notice's as well as a page's."""
    return bool(_BARE_DATE.match(text))
