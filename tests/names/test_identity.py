from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.names import MentionKind
from archive.names.identity import EVERYWHERE, Identities, Join, Sighting, Split, akin, bodies_of, proposals

NAMES = st.sampled_from(["张军", "张君", "李想"])
KEYS = st.sampled_from(["a1", "a2"])
SLUGS = st.sampled_from(["张军", "张军-2", "张君", "李想"])
DECISIONS = st.lists(
    st.one_of(st.builds(Split, NAMES, KEYS, st.integers(-1, 2), SLUGS), st.builds(Join, SLUGS, SLUGS)),
    max_size=8,
)


def everybody(decisions) -> dict[tuple[str, str, int], str]:
    who = Identities.of(decisions)
    return {
        (name, key, n): who.slug_of(name, key, n)
        for name in ("张军", "张君", "李想")
        for key in ("a1", "a2")
        for n in range(3)
    }


def test_without_a_decision_a_name_is_itself() -> None:
    assert Identities().slug_of("张军", "a1", 0) == "张军"


def test_a_split_of_one_place_goes_before_one_of_the_article() -> None:
    who = Identities.of([Split("张军", "a1", EVERYWHERE, "张军-2"), Split("张军", "a1", 1, "张军-3")])
    assert [who.slug_of("张军", "a1", n) for n in (0, 1)] == ["张军-2", "张军-3"]
    assert who.slug_of("张军", "a2", 0) == "张军"


def test_joins_are_followed_to_the_end() -> None:
    who = Identities.of([Join("张君", "张军"), Join("张军", "张军-1")])
    assert who.slug_of("张君", "a1", 0) == "张军-1"


@given(DECISIONS)
def test_somebody_is_found_even_when_joins_run_in_a_circle(decisions) -> None:
    assert all(everybody([*decisions, Join("张军", "张君"), Join("张君", "张军")]).values())


@given(
    DECISIONS,
    st.one_of(st.builds(Split, NAMES, KEYS, st.integers(-1, 2), SLUGS), st.builds(Join, SLUGS, SLUGS)),
)
def test_an_undone_decision_leaves_no_trace(decisions, undone) -> None:
    before = everybody(decisions)
    done = [*decisions, undone]
    assert everybody([one for one in done if one is not undone]) == before


@given(DECISIONS, st.integers(0, 5))
def test_decisions_outlive_other_articles_and_places(decisions, occurrence: int) -> None:
    """What is decided depends on the article and the occurrence alone, not on what else the recogniser finds."""
    who = Identities.of(decisions)
    first = who.slug_of("张军", "a1", occurrence)
    assert (
        Identities.of(
            [*decisions, Split("张军", "b9", occurrence, "别人"), Split("李四", "a1", occurrence, "别人")]
        ).slug_of("张军", "a1", occurrence)
        == first
    )


def sighting(key: str, office: str = "", date: str = "2021-10-21", kind: str = "subject") -> Sighting:
    return Sighting(key, MentionKind(kind), office, date)


def test_a_reporter_and_an_official_are_proposed_as_two() -> None:
    (proposal,) = proposals([sighting("a1", kind="reporter"), sighting("a2", "示范区审计局局长")])
    assert (proposal.reason, proposal.first, proposal.second) == ("writes-and-holds-office", ("a1",), ("a2",))


def test_two_bodies_at_one_time_are_proposed_as_two() -> None:
    (proposal,) = proposals(
        [sighting("a1", "孟州市公安局局长"), sighting("a2", "示范区审计局局长", "2021-10-02")]
    )
    assert proposal.reason == "two-bodies"
    assert set(proposal.first) | set(proposal.second) == {"a1", "a2"}


@pytest.mark.parametrize(
    "seen",
    [
        [sighting("a1", "孟州市公安局局长"), sighting("a2", "示范区审计局局长", "2022-03-02")],
        [sighting("a1", "区领导"), sighting("a2", "示范区审计局局长")],
        [sighting("a1", "示范区党工委书记"), sighting("a2", "示范区管委会主任")],
        [sighting("a1", "示范区审计局局长"), sighting("a2", "示范区审计局副局长")],
        [
            sighting("a1", "红星美凯龙集团总裁"),
            sighting("a2", "焦作市工商业协会会长"),
            sighting("a3", "红星美凯龙集团总裁、焦作市工商业协会会长", "2020"),
        ],
        [sighting("a1", "孟州市公安局局长", ""), sighting("a2", "示范区审计局局长", "2021")],
        [sighting("a1", kind="reporter"), sighting("a2", kind="photographer")],
    ],
)
def test_what_one_person_may_well_be_is_not_proposed(seen: list[Sighting]) -> None:
    assert proposals(seen) == []


@pytest.mark.parametrize(
    ("office", "bodies"),
    [
        ("焦作市市场监督管理局局长", ["焦作市市场监督管理局"]),
        ("示范区（高新区）党工委书记、管委会主任", ["示范区（高新区）党工委", "管委会"]),
        ("区领导", []),
        ("总书记", []),
    ],
)
def test_bodies(office: str, bodies: list[str]) -> None:
    assert bodies_of(office) == bodies


def test_party_and_government_of_one_place_are_akin() -> None:
    assert akin("示范区党工委", "示范区管委会")
    assert not akin("孟州市公安局", "示范区审计局")
