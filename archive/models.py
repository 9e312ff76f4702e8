"""The rows of the archive.

Rows are a projection: a page's truth is its newest ``PageVersion``, and ``store.py`` alone brings ``Article`` and
``Photo`` rows in line with it. Rows are updated by key and never dropped, since mentions, reports and images hang on
them; what left the page is marked ``gone``.
"""

from __future__ import annotations

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from archive.querysets import ArticleQuerySet, IssueQuerySet, PageQuerySet, PersonQuerySet, PhotoQuerySet


class DateCertainty(models.TextChoices):
    """How an issue's date is known; the values are ``structure.Certainty``."""

    GIVEN = "given", _("给定")
    PRINTED = "printed", _("印明")
    ESTIMATED = "estimated", _("推定")
    UNKNOWN = "unknown", _("未知")


class Genre(models.TextChoices):
    """体裁."""

    NEWS = "消息", _("消息")
    FEATURE = "通讯", _("通讯")
    COMMENT = "评论", _("评论")
    PICTURE = "图片新闻", _("图片新闻")
    NOTICE = "公告", _("公告")
    ADVERTISEMENT = "广告", _("广告")
    SERVICE = "服务", _("服务")
    CORRECTION = "更正", _("更正")


class Newspaper(models.Model):
    """A newspaper (报纸). ``rights`` says what readers may do with its texts."""

    class Rights(models.TextChoices):
        OPEN = "open", _("全文可再利用")
        READ = "read", _("仅供在线阅读")

    slug = models.SlugField(_("网址名"), unique=True)
    name = models.CharField(_("报名"), max_length=100)
    place = models.CharField(_("出版地"), max_length=100, blank=True)
    publisher = models.CharField(_("出版者"), max_length=200, blank=True)
    issn = models.CharField("ISSN", max_length=9, blank=True)
    serial_number = models.CharField(_("国内统一连续出版物号"), max_length=20, blank=True)
    about = models.TextField(_("简介"), blank=True)
    rights = models.CharField(_("权利"), max_length=10, choices=Rights, default=Rights.READ)
    rights_note = models.TextField(_("权利说明"), blank=True)

    class Meta:
        ordering = ["name"]
        verbose_name = verbose_name_plural = _("报纸")

    def __str__(self) -> str:
        return self.name


class Issue(models.Model):
    """One date (and edition) of a newspaper (一期)."""

    newspaper = models.ForeignKey(Newspaper, models.PROTECT, related_name="issues", verbose_name=_("报纸"))
    date = models.DateField(_("日期"), null=True, blank=True)
    edition = models.CharField(_("版次别"), max_length=40, blank=True)
    date_certainty = models.CharField(
        _("日期由来"), max_length=10, choices=DateCertainty, default=DateCertainty.UNKNOWN
    )
    date_reason = models.CharField(_("日期依据"), max_length=300, blank=True)

    objects = IssueQuerySet.as_manager()

    class Meta:
        ordering = ["-date", "newspaper", "edition"]
        verbose_name = verbose_name_plural = _("期")
        constraints = [
            models.UniqueConstraint(
                fields=["newspaper", "date", "edition"], name="one_issue_a_date_and_edition"
            ),
            models.UniqueConstraint(
                fields=["newspaper", "edition"], condition=Q(date__isnull=True), name="one_undated_issue"
            ),
            models.CheckConstraint(
                condition=Q(date__isnull=False) | Q(date_certainty=DateCertainty.UNKNOWN),
                name="no_certainty_without_a_date",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.newspaper.name} {self.slug}"

    @property
    def slug(self) -> str:
        """The issue's part of its address: ``2021-10-24``, ``2021-10-24-晚刊`` or ``undated``."""
        date = self.date.isoformat() if self.date else "undated"
        return f"{date}-{self.edition}" if self.edition else date

    @property
    def is_estimated(self) -> bool:
        return self.date_certainty == DateCertainty.ESTIMATED

    def get_absolute_url(self) -> str:
        return reverse("archive:issue", args=[self.newspaper.slug, self.slug])


class Dump(models.Model):
    """A text file as it came (机读原文): its bytes, never changed."""

    sha256 = models.CharField(
        "SHA-256", max_length=64, unique=True, validators=[RegexValidator(r"^[0-9a-f]{64}$")]
    )
    name = models.CharField(_("文件名"), max_length=255, db_index=True)
    media_type = models.CharField(_("类型"), max_length=40, default="text/plain")
    encoding = models.CharField(_("编码"), max_length=20)
    size = models.PositiveBigIntegerField(_("字节数"))
    data = models.BinaryField(_("原文件（zlib）"))
    text = models.TextField(_("文本"))
    facts = models.JSONField(_("附带信息"), default=dict, blank=True)
    received_at = models.DateTimeField(_("收到时间"), auto_now_add=True)

    class Meta:
        ordering = ["-received_at", "name"]
        verbose_name = verbose_name_plural = _("机读原文")

    def __str__(self) -> str:
        return self.name


class Page(models.Model):
    """A page (版). ``touched`` is set once a person's version was stored; ``deleted_at`` once staff deleted it."""

    key = models.CharField(_("永久编号"), max_length=20, unique=True)
    issue = models.ForeignKey(Issue, models.PROTECT, related_name="pages", verbose_name=_("期"))
    dump = models.ForeignKey(Dump, models.PROTECT, related_name="pages", verbose_name=_("机读原文"))
    first_line = models.PositiveIntegerField(_("首行"), default=1)
    last_line = models.PositiveIntegerField(_("末行"))
    number = models.PositiveIntegerField(_("版次"), null=True, blank=True)
    name = models.CharField(_("版名"), max_length=60, blank=True)
    source = models.CharField(_("来源"), max_length=255, blank=True)
    version = models.PositiveIntegerField(_("当前版本"), default=0)
    touched = models.BooleanField(_("经人工校订"), default=False)
    confidence = models.FloatField(_("把握"), default=1.0)
    reviewed_at = models.DateTimeField(_("复核时间"), null=True, blank=True)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("复核人"),
    )
    deleted_at = models.DateTimeField(_("删除时间"), null=True, blank=True)
    updated_at = models.DateTimeField(_("更新时间"), auto_now=True)

    objects = PageQuerySet.as_manager()

    class Meta:
        ordering = ["issue", models.F("number").asc(nulls_last=True), "id"]
        verbose_name = verbose_name_plural = _("版")
        constraints = [
            models.CheckConstraint(
                condition=Q(first_line__gte=1) & Q(last_line__gte=models.F("first_line")),
                name="page_has_lines",
            ),
            models.UniqueConstraint(fields=["dump", "first_line"], name="one_page_a_place_in_a_dump"),
        ]

    def __str__(self) -> str:
        return f"{self.issue} {self.title}"

    @property
    def title(self) -> str:
        """The page as readers name it: 第1版 要闻, or 版次不详."""
        number = _("第%(number)s版") % {"number": self.number} if self.number else _("版次不详")
        return f"{number} {self.name}".strip()

    def withheld_keys(self) -> set[str]:
        """The keys of its articles and photos that the public may not read."""
        withheld = Piece.Visibility.WITHHELD
        return {
            *self.articles.filter(visibility=withheld).values_list("key", flat=True),
            *self.photos.filter(visibility=withheld).values_list("key", flat=True),
        }

    def get_absolute_url(self) -> str:
        return reverse("archive:page", args=[self.key])


class PageVersion(models.Model):
    """One state of a page; never changed or deleted. Version numbers count from 1 in each page."""

    class Kind(models.TextChoices):
        PARSED = "parsed", _("自动解析")
        CORRECTED = "corrected", _("人工校订")
        RESTORED = "restored", _("恢复旧版")
        ADOPTED = "adopted", _("采纳新解析")
        DELETED = "deleted", _("删除")

    page = models.ForeignKey(Page, models.PROTECT, related_name="versions", verbose_name=_("版"))
    number = models.PositiveIntegerField(_("版本号"))
    kind = models.CharField(_("种类"), max_length=10, choices=Kind)
    dump = models.ForeignKey(Dump, models.PROTECT, related_name="+", verbose_name=_("机读原文"))
    structure = models.JSONField(_("结构"))
    parser_version = models.CharField(_("解析器版本"), max_length=20)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("作者"),
    )
    author_name = models.CharField(_("作者名"), max_length=150, blank=True)
    reason = models.CharField(_("理由"), max_length=300, blank=True)
    created_at = models.DateTimeField(_("时间"), auto_now_add=True)

    class Meta:
        ordering = ["page", "-number"]
        verbose_name = verbose_name_plural = _("版面版本")
        constraints = [
            models.UniqueConstraint(fields=["page", "number"], name="one_version_a_number"),
            models.CheckConstraint(condition=Q(number__gte=1), name="versions_count_from_1"),
        ]

    def __str__(self) -> str:
        return f"{self.page} v{self.number}"


class Proposal(models.Model):
    """A new parse, or a replaced dump, of a page that a person has touched: it waits for staff."""

    class Outcome(models.TextChoices):
        OPEN = "open", _("待定")
        TAKEN = "taken", _("已采纳")
        DECLINED = "declined", _("不采纳")

    page = models.ForeignKey(Page, models.PROTECT, related_name="proposals", verbose_name=_("版"))
    dump = models.ForeignKey(Dump, models.PROTECT, related_name="+", verbose_name=_("机读原文"))
    structure = models.JSONField(_("结构"))
    parser_version = models.CharField(_("解析器版本"), max_length=20)
    reason = models.CharField(_("理由"), max_length=300, blank=True)
    created_at = models.DateTimeField(_("时间"), auto_now_add=True)
    outcome = models.CharField(_("结果"), max_length=10, choices=Outcome, default=Outcome.OPEN)
    closed_at = models.DateTimeField(_("处理时间"), null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("处理人"),
    )

    class Meta:
        ordering = ["-created_at"]
        verbose_name = verbose_name_plural = _("待定的新解析")
        constraints = [
            models.UniqueConstraint(
                fields=["page"], condition=Q(outcome="open"), name="one_open_proposal_a_page"
            )
        ]

    def __str__(self) -> str:
        return f"{self.page} {self.get_outcome_display()}"


class Section(models.Model):
    """What articles are about (主题). ``vocabulary``: the words that assign it, a line each."""

    slug = models.SlugField(_("网址名"), unique=True)
    name = models.CharField(_("名称"), max_length=40, unique=True)
    position = models.PositiveSmallIntegerField(_("次序"), default=0)
    vocabulary = models.TextField(_("词表"), blank=True, help_text=_("一行一个词"))

    class Meta:
        ordering = ["position", "slug"]
        verbose_name = verbose_name_plural = _("主题")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("archive:section", args=[self.slug])


class Column(models.Model):
    """A printed recurring label (栏目), such as 项目建设."""

    newspaper = models.ForeignKey(Newspaper, models.PROTECT, related_name="columns", verbose_name=_("报纸"))
    name = models.CharField(_("名称"), max_length=60)

    class Meta:
        ordering = ["name"]
        verbose_name = verbose_name_plural = _("栏目")
        constraints = [models.UniqueConstraint(fields=["newspaper", "name"], name="one_column_a_name")]

    def __str__(self) -> str:
        return self.name


class SurnameReading(models.Model):
    """How a surname is read where the dictionary errs: 翟 zhái, 葛 gě, 单 shàn."""

    surname = models.CharField(_("姓"), max_length=4, unique=True)
    reading = models.CharField(_("读音"), max_length=30)

    class Meta:
        ordering = ["surname"]
        verbose_name = verbose_name_plural = _("姓氏读音")

    def __str__(self) -> str:
        return f"{self.surname} {self.reading}"


class Piece(models.Model):
    """What Article and Photo rows share: a permanent key, a page, and whether the public sees it."""

    class Visibility(models.TextChoices):
        PUBLIC = "public", _("公开")
        DELISTED = "delisted", _("不列出")
        WITHHELD = "withheld", _("撤下")

    key = models.CharField(_("永久编号"), max_length=20, unique=True)
    page = models.ForeignKey(Page, models.PROTECT, related_name="%(class)ss", verbose_name=_("版"))
    position = models.PositiveIntegerField(_("次序"))
    gone = models.BooleanField(_("已不在版面上"), default=False)
    visibility = models.CharField(_("可见性"), max_length=10, choices=Visibility, default=Visibility.PUBLIC)
    visibility_reason = models.CharField(_("理由"), max_length=300, blank=True)
    confidence = models.FloatField(_("把握"), default=1.0)
    doubts = models.JSONField(_("疑点"), default=list, blank=True)
    rights = models.CharField(_("权利"), max_length=10, choices=Newspaper.Rights, blank=True)
    updated_at = models.DateTimeField(_("更新时间"), auto_now=True)

    class Meta:
        abstract = True


class Article(Piece):
    """An article, projected from its page's structure. ``body`` has a paragraph a line; ``printed`` is the whole print.

    ``date`` repeats the issue's date for sorting; ``event_date`` is the first day, month or year the text tells of, as
    ISO text of that precision, ``event_dates`` all of them.
    """

    kicker = models.CharField(_("引题"), max_length=300, blank=True)
    headline = models.CharField(_("主标题"), max_length=300, blank=True)
    subheadline = models.CharField(_("副标题"), max_length=600, blank=True)
    supplied_headline = models.CharField(_("补拟标题"), max_length=300, blank=True)
    byline = models.CharField(_("署名"), max_length=300, blank=True)
    note = models.TextField(_("附注"), blank=True)
    body = models.TextField(_("正文"), blank=True)
    printed = models.TextField(_("印文"), blank=True)
    first_clause = models.CharField(_("首句"), max_length=80, blank=True)
    characters = models.PositiveIntegerField(_("字数"), default=0)
    section = models.ForeignKey(
        Section, models.PROTECT, null=True, blank=True, related_name="main_articles", verbose_name=_("主题")
    )
    sections = models.ManyToManyField(Section, related_name="articles", blank=True, verbose_name=_("各主题"))
    column = models.ForeignKey(
        Column, models.PROTECT, null=True, blank=True, related_name="articles", verbose_name=_("栏目")
    )
    genre = models.CharField(_("体裁"), max_length=10, choices=Genre, default=Genre.NEWS)
    date = models.DateField(_("日期"), null=True, blank=True)
    event_date = models.CharField(_("事件日期"), max_length=10, blank=True)
    event_dates = models.JSONField(_("事件日期（全部）"), default=list, blank=True)
    reporters = models.JSONField(_("记者"), default=list, blank=True)
    correspondents = models.JSONField(_("通讯员"), default=list, blank=True)
    evidence = models.JSONField(_("归类依据"), default=list, blank=True)
    continued_on = models.CharField(_("下转"), max_length=40, blank=True)
    continued_from = models.CharField(_("上接"), max_length=40, blank=True)

    objects = ArticleQuerySet.as_manager()

    class Meta:
        ordering = ["-date", "page_id", "position"]
        verbose_name = verbose_name_plural = _("文章")
        indexes = [
            # With what says whether a row is listed, so that lists are cut without reading the texts.
            models.Index(fields=["-date", "page", "position", "gone", "visibility"]),
            models.Index(fields=["genre", "-date"]),
            models.Index(fields=["section", "-date"]),
            models.Index(fields=["event_date"]),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """The headline; what staff supplied in brackets; or 〔无题〕 with the first clause."""
        if self.headline:
            return self.headline
        if self.supplied_headline:
            return f"［{self.supplied_headline}］"
        return f"〔{_('无题')}〕{self.first_clause}"

    @property
    def paragraphs(self) -> list[str]:
        """The body, a paragraph each."""
        return self.body.split("\n") if self.body else []

    def get_absolute_url(self) -> str:
        return reverse("archive:article", args=[self.key])


class Photo(Piece):
    """A photo's caption and credit; ``image`` is what staff attached, since dumps carry none."""

    article = models.ForeignKey(
        Article, models.SET_NULL, null=True, blank=True, related_name="photos", verbose_name=_("文章")
    )
    caption = models.TextField(_("图片说明"), blank=True)
    credit = models.CharField(_("摄影署名"), max_length=300, blank=True)
    printed = models.TextField(_("印文"), blank=True)
    photographers = models.JSONField(_("摄影"), default=list, blank=True)
    agency = models.CharField(_("来源"), max_length=60, blank=True)
    arrow = models.CharField(_("指向"), max_length=4, blank=True)
    date = models.DateField(_("日期"), null=True, blank=True)
    image = models.ImageField(_("图片"), upload_to="photos/%Y/", blank=True)
    alt_text = models.CharField(_("替代文字"), max_length=300, blank=True)

    objects = PhotoQuerySet.as_manager()

    class Meta:
        ordering = ["-date", "page_id", "position"]
        verbose_name = verbose_name_plural = _("图片")
        indexes = [models.Index(fields=["-date", "page", "position", "gone", "visibility"])]

    def __str__(self) -> str:
        return self.caption[:40]

    def get_absolute_url(self) -> str:
        return reverse("archive:photo", args=[self.key])


class KeyRedirect(models.Model):
    """A key that now leads elsewhere (after a merge), or an issue date that was corrected. Addresses never break."""

    class What(models.TextChoices):
        ARTICLE = "article", _("文章")
        PHOTO = "photo", _("图片")
        ISSUE = "issue", _("期")
        PERSON = "person", _("人物")

    what = models.CharField(_("种类"), max_length=10, choices=What)
    old = models.CharField(_("旧编号"), max_length=200)
    new = models.CharField(_("新编号"), max_length=200)
    created_at = models.DateTimeField(_("时间"), auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = _("转址")
        constraints = [
            models.UniqueConstraint(fields=["what", "old"], name="one_redirect_a_key"),
            models.CheckConstraint(condition=~Q(old=models.F("new")), name="no_redirect_to_itself"),
        ]

    def __str__(self) -> str:
        return f"{self.old} → {self.new}"


class Person(models.Model):
    """A person in the news or behind it. ``slug`` is the name, with a number where several bear it.

    What ``counts.py`` counts (``named`` to ``last_date``) lags behind the mentions until the worker has come round.
    """

    slug = models.CharField(_("网址名"), max_length=60, unique=True)
    name = models.CharField(_("姓名"), max_length=40)
    aliases = models.JSONField(_("别名"), default=list, blank=True)
    reading = models.CharField(_("读音"), max_length=80, blank=True)
    reading_by_staff = models.BooleanField(_("读音经人工改定"), default=False)
    initials = models.CharField(_("音序"), max_length=20, blank=True)
    search_forms = models.CharField(_("拼音检索形式"), max_length=300, blank=True)
    note = models.TextField(_("说明"), blank=True)
    listed = models.BooleanField(_("列出"), default=True)
    merged_into = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="merged_from", verbose_name=_("并入")
    )

    named = models.PositiveIntegerField(_("见于文章"), default=0, editable=False)
    written = models.PositiveIntegerField(_("署名"), default=0, editable=False)
    pieces = models.PositiveIntegerField(_("全部"), default=0, editable=False)
    first_date = models.DateField(_("最早"), null=True, editable=False)
    last_date = models.DateField(_("最近"), null=True, editable=False)
    counts_stale = models.BooleanField(default=True, editable=False)

    objects = PersonQuerySet.as_manager()

    class Meta:
        ordering = ["reading", "name"]
        verbose_name = verbose_name_plural = _("人物")
        indexes = [
            models.Index(fields=["name"]),
            models.Index(fields=["initials"]),
            models.Index(fields=["-named"]),
            models.Index(fields=["-written"]),
            models.Index(fields=["-first_date"]),
            models.Index(fields=["counts_stale"], condition=Q(counts_stale=True), name="people_to_count"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("archive:person", args=[self.slug])


class Mention(models.Model):
    """A name in an article or photo. ``field`` and ``paragraph`` say where ``start``–``end`` count characters.

    Made by the recogniser and remade when it or the text changes; whose name it is, staff may decide
    (``IdentityDecision``).
    """

    class Kind(models.TextChoices):
        SUBJECT = "subject", _("文中人物")
        REPORTER = "reporter", _("记者")
        CORRESPONDENT = "correspondent", _("通讯员")
        PHOTOGRAPHER = "photographer", _("摄影")

    person = models.ForeignKey(Person, models.CASCADE, related_name="mentions", verbose_name=_("人物"))
    article = models.ForeignKey(
        Article, models.CASCADE, null=True, blank=True, related_name="mentions", verbose_name=_("文章")
    )
    photo = models.ForeignKey(
        Photo, models.CASCADE, null=True, blank=True, related_name="mentions", verbose_name=_("图片")
    )
    kind = models.CharField(_("种类"), max_length=15, choices=Kind)
    name = models.CharField(_("印出的姓名"), max_length=40)
    office = models.CharField(_("职务"), max_length=120, blank=True)
    field = models.CharField(_("位置"), max_length=15, blank=True)
    paragraph = models.PositiveIntegerField(_("段"), default=0)
    start = models.PositiveIntegerField(_("起"), default=0)
    end = models.PositiveIntegerField(_("止"), default=0)
    order = models.PositiveIntegerField(_("次序"), default=0)
    recogniser_version = models.CharField(_("识别器版本"), max_length=20)

    class Meta:
        ordering = ["article", "photo", "order"]
        verbose_name = verbose_name_plural = _("人物提及")
        constraints = [
            models.CheckConstraint(
                condition=Q(article__isnull=False) ^ Q(photo__isnull=False),
                name="mention_in_article_or_photo",
            ),
            models.CheckConstraint(condition=Q(end__gte=models.F("start")), name="mention_has_a_place"),
        ]
        indexes = [models.Index(fields=["person", "kind"])]

    def __str__(self) -> str:
        return self.name


class IdentityDecision(models.Model):
    """Staff's word on whose name it is, by article key and occurrence, so that it outlives every re-parse.

    ``kind`` split: the name's occurrence ``occurrence`` (counted from 0; -1: all of them) in the article or photo
    ``key`` is the person ``slug``. ``kind`` join: the whole person ``name`` is the person ``slug``. ``kind``
    same: the mentions of ``slug`` are one person's, whatever speaks for two. What was undone stays, with ``undone_at``.
    """

    class Kind(models.TextChoices):
        SPLIT = "split", _("此处另有其人")
        JOIN = "join", _("两名一人")
        SAME = "same", _("确认是一人")

    kind = models.CharField(_("种类"), max_length=10, choices=Kind)
    name = models.CharField(_("姓名"), max_length=60)
    key = models.CharField(_("文章编号"), max_length=20, blank=True)
    occurrence = models.IntegerField(_("第几次"), default=-1)
    slug = models.CharField(_("人物网址名"), max_length=60)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("作者"),
    )
    reason = models.CharField(_("理由"), max_length=300, blank=True)
    created_at = models.DateTimeField(_("时间"), auto_now_add=True)
    undone_at = models.DateTimeField(_("撤销时间"), null=True, blank=True)

    class Meta:
        ordering = ["id"]
        verbose_name = verbose_name_plural = _("人物判定")

    def __str__(self) -> str:
        return f"{self.name} → {self.slug}"


class Place(models.Model):
    """A place in the news with a printed kind (镇, 村, 路 …). Places of one name are one row."""

    slug = models.CharField(_("网址名"), max_length=60, unique=True)
    name = models.CharField(_("地名"), max_length=40)
    reading = models.CharField(_("读音"), max_length=80, blank=True)
    initials = models.CharField(_("音序"), max_length=20, blank=True)
    search_forms = models.CharField(_("拼音检索形式"), max_length=300, blank=True)
    note = models.TextField(_("说明"), blank=True)
    listed = models.BooleanField(_("列出"), default=True)
    named = models.PositiveIntegerField(_("见于文章"), default=0, editable=False)
    first_date = models.DateField(_("最早"), null=True, editable=False)
    last_date = models.DateField(_("最近"), null=True, editable=False)
    counts_stale = models.BooleanField(default=True, editable=False)

    class Meta:
        ordering = ["reading", "name"]
        verbose_name = verbose_name_plural = _("地点")
        indexes = [
            models.Index(fields=["initials"]),
            models.Index(fields=["-named"]),
            models.Index(fields=["-first_date"]),
            models.Index(fields=["counts_stale"], condition=Q(counts_stale=True), name="places_to_count"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("archive:place", args=[self.slug])


class PlaceMention(models.Model):
    """A place named in an article; ``field``, ``paragraph``, ``start`` and ``end`` as in ``Mention``."""

    place = models.ForeignKey(Place, models.CASCADE, related_name="mentions", verbose_name=_("地点"))
    article = models.ForeignKey(
        Article, models.CASCADE, related_name="place_mentions", verbose_name=_("文章")
    )
    field = models.CharField(_("位置"), max_length=15)
    paragraph = models.PositiveIntegerField(_("段"), default=0)
    start = models.PositiveIntegerField(_("起"), default=0)
    end = models.PositiveIntegerField(_("止"), default=0)
    order = models.PositiveIntegerField(_("次序"), default=0)

    class Meta:
        ordering = ["article", "order"]
        verbose_name = verbose_name_plural = _("地点提及")
        constraints = [
            models.CheckConstraint(condition=Q(end__gte=models.F("start")), name="place_mention_has_a_place")
        ]

    def __str__(self) -> str:
        return str(self.place)


class Change(models.Model):
    """The change log: what was touched, in the order of its transactions. Consumers follow it by ``id``."""

    class What(models.TextChoices):
        ARTICLE = "article", _("文章")
        PHOTO = "photo", _("图片")
        MENTIONS = "mentions", _("人物提及")
        PERSON = "person", _("人物")

    id = models.BigAutoField(primary_key=True)
    what = models.CharField(_("种类"), max_length=10, choices=What)
    key = models.CharField(_("编号"), max_length=60)
    at = models.DateTimeField(_("时间"), auto_now_add=True)

    class Meta:
        ordering = ["id"]
        verbose_name = verbose_name_plural = _("变更记录")

    def __str__(self) -> str:
        return f"{self.id} {self.what} {self.key}"


class Cursor(models.Model):
    """How far a consumer of the change log has come: the id of the last change it has dealt with."""

    consumer = models.CharField(_("消费者"), max_length=40, primary_key=True)
    position = models.BigIntegerField(_("位置"), default=0)
    updated_at = models.DateTimeField(_("更新时间"), auto_now=True)

    class Meta:
        verbose_name = verbose_name_plural = _("进度")

    def __str__(self) -> str:
        return f"{self.consumer} {self.position}"


# The desk: what readers report, what staff upload, and what staff did.


class Report(models.Model):
    """What a reader sent: a mistake in an article or photo, or a request to take it down, to be answered by ``due_at``.

    Nothing of it is ever published. ``sender`` is a keyed hash of the address, kept to limit the rate.
    """

    class Kind(models.TextChoices):
        MISTAKE = "mistake", _("指出错误")
        REMOVAL = "removal", _("请求撤下")

    kind = models.CharField(_("种类"), max_length=10, choices=Kind, default=Kind.MISTAKE)
    article = models.ForeignKey(
        Article, models.CASCADE, null=True, blank=True, related_name="reports", verbose_name=_("文章")
    )
    photo = models.ForeignKey(
        Photo, models.CASCADE, null=True, blank=True, related_name="reports", verbose_name=_("图片")
    )
    text = models.TextField(_("内容"), max_length=2000)
    contact = models.CharField(_("联系方式"), max_length=200, blank=True)
    sender = models.CharField(_("来源（散列）"), max_length=64, db_index=True)
    created_at = models.DateTimeField(_("收到时间"), auto_now_add=True)
    due_at = models.DateTimeField(_("答复期限"), null=True, blank=True)
    answer = models.CharField(_("处理结果"), max_length=300, blank=True)
    closed_at = models.DateTimeField(_("处理时间"), null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("处理人"),
    )

    class Meta:
        ordering = ["-created_at"]
        verbose_name = verbose_name_plural = _("读者来信")
        permissions = [
            ("withhold_piece", "Can withhold and delist articles and photos"),
            ("read_withheld", "Can read what is withheld"),
            ("bulk_correct", "Can change section, date and newspaper of many pages at once"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(article__isnull=False) ^ Q(photo__isnull=False),
                name="report_on_article_or_photo",
            )
        ]

    def __str__(self) -> str:
        return self.text[:40]

    @property
    def piece(self) -> Article | Photo | None:
        """What the report is about."""
        return self.article or self.photo


class Upload(models.Model):
    """A file that staff uploaded, read but not ingested until they confirm. ``found`` is what would be made of it."""

    class State(models.TextChoices):
        WAITING = "waiting", _("待确认")
        DONE = "done", _("已入库")
        FAILED = "failed", _("不能入库")
        DISCARDED = "discarded", _("已放弃")

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("上传人")
    )
    name = models.CharField(_("文件名"), max_length=255)
    size = models.PositiveBigIntegerField(_("字节数"))
    data = models.BinaryField(_("原文件（zlib）"))
    beside = models.TextField(_("附带信息（TOML）"), blank=True)
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.WAITING)
    found = models.JSONField(_("试读结果"), default=dict, blank=True)
    message = models.CharField(_("说明"), max_length=500, blank=True)
    created_at = models.DateTimeField(_("上传时间"), auto_now_add=True)

    class Meta:
        ordering = ["-created_at", "-id"]
        verbose_name = verbose_name_plural = _("上传")

    def __str__(self) -> str:
        return self.name


class AuditEntry(models.Model):
    """What a member of staff did, and when. Rows are only ever added."""

    at = models.DateTimeField(_("时间"), auto_now_add=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("用户")
    )
    user_name = models.CharField(_("用户名"), max_length=150)
    deed = models.CharField(_("操作"), max_length=60)
    target = models.CharField(_("对象"), max_length=200)
    detail = models.TextField(_("详情"), blank=True)

    class Meta:
        ordering = ["-id"]
        verbose_name = verbose_name_plural = _("操作日志")

    def __str__(self) -> str:
        return f"{self.user_name} {self.deed} {self.target}"


class Scan(models.Model):
    """A picture of the printed page, attached by staff as evidence for the desk. Readers never see it."""

    page = models.OneToOneField(Page, models.CASCADE, related_name="scan", verbose_name=_("版"))
    image = models.BinaryField(_("图像（WebP）"))
    name = models.CharField(_("文件名"), max_length=255)
    attached_at = models.DateTimeField(_("附上时间"), auto_now=True)

    class Meta:
        verbose_name = verbose_name_plural = _("版面图")

    def __str__(self) -> str:
        return self.name
