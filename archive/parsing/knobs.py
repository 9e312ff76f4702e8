"""The parser's tuning knobs: every number that decides, with its unit and meaning."""

from __future__ import annotations

from dataclasses import dataclass, fields


@dataclass(frozen=True, slots=True)
class Headlike:
    """What speaks for a short run of lines being a heading (added) or the beginning of a paragraph (taken away).

    Log-odds-like, found by trial on the golden and on pressed pages.
    """

    #: What follows begins for certain (an opening, a mark), or may go on with these lines.
    before_fresh: float = 3.0
    before_text: float = -1.0
    #: A sentence ends inside it.
    sentence: float = -8.0
    #: For each comma, up to three; for each 、, up to two.
    comma: float = -1.6
    pause: float = -0.7
    #: Phrases with a space between them, where lines aren't justified by spaces; each of three characters or more.
    phrases: float = 2.0
    long_phrases: float = 3.5
    #: It is justified by spaces though it is short.
    justified: float = -2.0
    #: It begins as sentences do (近日, 10月, “ before a sentence's end).
    opens_sentence: float = -2.0
    #: 公告, 启事: short titles of notices.
    notice: float = 4.0
    #: 一、… at its beginning.
    numbered: float = 2.0
    #: It ends on a word that calls for another (的, 和), or as kickers do (强调).
    hanging: float = -4.0
    introduces: float = 0.5
    #: It ends on a mark that ends sentences.
    closed: float = -2.0
    #: … and its lines are broken where the column of the text above is.
    wrapped_sentence: float = -3.0
    #: Its width in em: as headlines are, more, far more.
    usual_width: float = 0.5
    wide: float = -0.5
    too_wide: float = -1.5
    #: It stands after a blank, or right below another line.
    after_blank: float = 0.5
    glued: float = -1.0
    #: The text above breaks off: a text that could be a heading, or not, with and without something fresh below.
    below_heading: float = 0.0
    below_broken: float = -3.0
    inside_broken: float = -8.0
    #: The characters that would meet at the join stand side by side elsewhere on the page.
    known_junction: float = -1.5
    #: … and so do, besides, the two characters before it with the two after it (中国致⏎公党).
    known_run: float = -6.0
    #: The next line begins with what can't begin anything, or closes what these lines opened (《低碳⏎…》), or with the
    #: rest of a word of one or two characters.
    goes_on: float = -8.0
    rest_of_word: float = -3.0
    rest_of_words: float = -1.0
    #: The next line begins as sentences do, as leads do; it is so wide that it was never wrapped; no blank parts it
    #: from this.
    before_sentence: float = 2.0
    before_lead: float = 2.0
    before_unwrapped: float = 2.0
    #: … unless it has a comma and is wider than so many em: a paragraph that a scan cut at its column's foot.
    one_phrase: float = 24.0
    glued_to_text: float = -2.0
    #: The next line ends a sentence, and the next paragraph stands right below it.
    late_blank: float = -1.5
    #: The next line was indented, or stands flush; the lines themselves fit the column of the text, or don't.
    before_indent: float = 2.0
    before_flush: float = -1.5
    fits_column: float = -2.0
    unlike_column: float = 1.5
    #: A line alone that ends so many em before its column does, where the next character would have gone on it.
    clearly: float = 2.0
    unfilled: float = 3.5


@dataclass(frozen=True, slots=True)
class Order:
    """Where on a page what goes on with a text stands, when its columns were moved in one way. Log-odds."""

    #: It is the next fragment; otherwise, for each time that it stands twice as far away.
    next: float
    far: float
    #: It stands above the break; below another break; amid whole paragraphs.
    above: float
    below_break: float
    amid: float
    #: Nothing goes on with it.
    nothing: float


@dataclass(frozen=True, slots=True)
class GoesOn:
    """What speaks for a fragment's going on with a text that breaks off.

    Log-odds, fitted on pages of news whose columns were cut up and moved.
    """

    #: The characters across the break stand side by side elsewhere on the page: none, two, three, four of them.
    known: tuple[float, ...] = (0.0, 1.8, 2.2, 3.5)
    #: They make a word of the dictionary; they don't, and of the words beside the break none, one, both are of a
    #: single character.
    word: float = 2.9
    between: tuple[float, ...] = (0.6, -0.2, -1.0)
    #: It closes what the other opened, leaves it open, closes what nobody opened.
    closes: float = 1.4
    leaves_open: float = -1.2
    unopened: float = -1.4
    #: It has the second half for which a 关联词 calls, or hasn't.
    answers: float = 2.0
    unanswered: float = -0.5
    #: It begins as sentences do; the other ends on a comma.
    begins: float = -2.5
    after_pause: float = 1.4
    #: Their columns are of one width, or not; how much the lines that tell it may differ, in em.
    alike: float = 1.5
    unlike: float = -1.7
    slack: float = 0.1
    #: Its first line stands flush with those below, or was indented.
    flush: float = 0.4
    indented: float = -2.4
    #: The share of its column's words that the other's article speaks: times its logarithm.
    topic: float = 1.0
    #: How columns may have been moved on a page whose paragraphs are a line each: single fragments strayed; columns
    #: were read across. On a page set in columns, where most breaks are a column's foot: blocks changed places.
    orders: tuple[Order, ...] = (
        Order(next=1.3, far=-0.3, above=-0.5, below_break=-2.0, amid=-2.0, nothing=-5.0),
        Order(next=-1.0, far=-1.5, above=-4.5, below_break=1.8, amid=-0.5, nothing=-5.0),
    )
    set_orders: tuple[Order, ...] = (
        Order(next=1.0, far=-1.0, above=-4.5, below_break=0.0, amid=0.0, nothing=-5.0),
    )
    #: A fragment that is not the next one is only taken from this on, its place not counted.
    least: float = -0.9
    #: From this on the next fragment plainly is the rest, and no other is tried.
    plain: float = 4.0
    #: From so many fragments on that are probably in a wrong place all articles of the page are doubtful.
    doubtful: float = 0.5


@dataclass(frozen=True, slots=True)
class Doubted:
    """What each doubt (``structure.DOUBTS``) takes from an article's confidence.

    Set so that of articles at 0.9 or more at least 98 % are right, on pressed pages of two kinds with other texts.
    """

    no_headline: float = 0.25
    breaks_off: float = 0.3
    starts_midway: float = 0.2
    repeated: float = 0.15
    order_guessed: float = 0.2
    two_articles: float = 0.35
    name_near_known: float = 0.1
    headline_far: float = 0.08
    date_contradiction: float = 0.15
    no_opening: float = 0.1
    unplaced: float = 0.4
    odd_characters: float = 0.12
    headings_guessed: float = 0.1
    unlike_others: float = 0.1
    torn_page: float = 0.1

    def by(self, code: str) -> float:
        """What the doubt of this code takes."""
        taken: float = getattr(self, code.replace("-", "_"))
        return taken


@dataclass(frozen=True, slots=True)
class Knobs:
    """Widths are in em: a Han character or full-width mark is 1, a Latin letter, digit or half-width mark ½.

    Scores are log-odds-like: 0 is undecided, 2 is fairly sure. Raises ValueError for a negative or misordered knob.
    """

    #: 首行缩进: the indent that a paragraph's first line lost.
    indent: float = 2.0
    #: A page keeps its indents if so many paragraphs show one right below a line that clearly ends one; 0: it is known.
    indents_from: int = 4
    #: How far a line's room is uncertain when it is asked whether one more character would have gone on it.
    room_slack: float = 0.25
    #: A page whose text stands mostly in lines wider than this was not wrapped: a line is a paragraph.
    unwrapped_from: float = 48.0
    unwrapped_share: float = 0.6
    #: Headings (引题、主标题、副标题): most lines in one group, most em in one line and in a group.
    heading_lines: int = 4
    heading_line_width: float = 42.0
    heading_width: float = 84.0
    #: Above this score a short run of lines is a heading rather than the beginning of a paragraph.
    heading_score: float = -0.75
    #: Within so much of it the layout of the whole page decides.
    unsure_heading: float = 3.0
    headlike: Headlike = Headlike()
    goes_on: GoesOn = GoesOn()
    #: The confidence in an article that nothing speaks against, and what doubts take from it.
    confident: float = 0.99
    doubted: Doubted = Doubted()
    #: Below this share of its words found in the text a headline doesn't seem to belong to it.
    far_headline: float = 0.12
    #: From this share on it is the text's own, so that this begins below it for certain, if without an opening.
    own_headline: float = 0.6
    #: More groups of headings than this make two articles of one likely.
    most_headings: int = 3
    #: Most em and paragraphs of a photo's caption.
    caption_width: float = 260.0
    caption_paragraphs: int = 3
    #: Weight of a heading's agreement with an article's words when the two are matched.
    agreement: float = 6.0
    #: Bonus for a heading that stands on the side of its article where this page's headings stand.
    side: float = 1.5
    #: Cost of an article without a heading, with headings on both sides, of the headings between two articles being
    #: shared out among them, of each heading group beyond three.
    headless: float = 2.5
    two_sided: float = 7.0
    split: float = 1.5
    crowded: float = 4.0
    #: Cost of a set of headings that a subheadline begins or a kicker ends.
    misplaced: float = 5.0
    #: Cost of an opening that begins no article but a further item of the one above, where headlines come first,
    #: and where they come after.
    item: float = 1.5
    item_after: float = 6.0
    #: How much more than a 小标题's (below) its cost depends on whether both texts speak of one thing.
    unlike_item: float = 2.5
    #: Cost of an article that begins without an opening or byline, on a page where all others have one.
    unsure: float = 4.5
    #: Cost of reading a heading as 小标题 inside an article.
    crosshead: float = 0.5
    #: A 小标题 of more em than the first costs the second; one without a blank below it costs less by the third.
    crosshead_width: float = 12.0
    long_crosshead: float = 3.5
    glued_crosshead: float = 1.5
    #: A 小标题 of no more em than the first is a word or two, as headlines hardly are: it costs less by the second.
    word_crosshead: float = 3.5
    word: float = 5.0
    #: Cost, besides, of a 小标题 of several lines that were not broken where their column ends, or above a list.
    stacked_crosshead: float = 5.0
    #: What it costs that a 小标题 would have its words from the text above it, not from that below: so many times
    #: the difference of the shares of its words.
    looks_back: float = 6.0
    #: Gain of reading a numbered heading (一、…) as 小标题: no headline is numbered.
    numbered: float = 6.0
    #: A 小标题 parts texts that speak of one thing: its cost falls by the first, times the logarithm of the share of
    #: pairs of characters that the texts above and below have in common to the second, and by no more than the third.
    cohesion: float = 1.4
    cohesive: float = 0.08
    most_cohesion: float = 3.0
    #: A dump longer than this many lines or characters is several pages, whatever it says.
    page_lines: int = 2500
    page_characters: int = 250_000
    #: Most em of a 栏目 label.
    label_width: float = 8.0
    short_label_width: float = 6.0
    #: Numbered parts (元素一 … 元素十五) count as a series from this many.
    series_from: int = 3

    #: A caption speaks of the one article with which it shares so many character pairs that no other article has,
    #: and that are so great a share of the caption's own.
    telling_pairs: float = 5
    telling_share: float = 0.25

    def __post_init__(self) -> None:
        for each in fields(self):
            value = getattr(self, each.name)
            if each.name != "heading_score" and isinstance(value, (int, float)) and value < 0:
                raise ValueError(f"knob {each.name} is negative")
        if self.heading_line_width > self.heading_width:
            raise ValueError("knobs contradict each other")


DEFAULT = Knobs()
